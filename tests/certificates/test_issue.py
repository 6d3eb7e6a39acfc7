"""A certificate is issued once of every completion, and never changes."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from certificates.code import new_code
from certificates.models import Certificate
from certificates.services import NothingToCertify, issue
from tests.factories import ModuleFactory, completion
from training.access.actor import Actor
from training.audit.models import AuditEvent
from training.ledger import services as ledger
from training.ledger.models import Method
from training.ledger.services import announce

ALL = Certificate.objects.everywhere(reason="test")


@pytest.mark.parametrize("method", Method.values)
def test_every_completion_brings_its_certificate(amira, module, method):
    done = completion(amira, module, method=method)
    announce()
    certificate = ALL.all().get(completion=done)
    assert certificate.words.method == Method(method).label
    assert certificate.issued_at == done.recorded_at


def test_issuing_again_answers_with_the_first(completed, moment):
    first = issue(completed, at=completed.recorded_at)
    assert issue(completed, at=moment) == first
    assert ALL.all().count() == 1
    assert AuditEvent.objects.filter(verb="certificate issued").count() == 1


def test_of_two_at_once_one_issues_and_both_get_it(completed, monkeypatch):
    """The other one issues between our look and our writing."""
    from certificates import services

    real = services._issue
    others = []

    def late(done, at):
        others.append(real(done, at))
        return real(done, at)

    monkeypatch.setattr(services, "_issue", late)
    assert issue(completed, at=completed.recorded_at) == others[0]
    assert ALL.all().count() == 1


def test_the_database_keeps_one_certificate_of_a_completion(certificate, moment):
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(
            completion=certificate.completion, code=new_code(), snapshot=certificate.snapshot, issued_at=moment
        )


@pytest.mark.parametrize(
    "sql", ["UPDATE certificates_certificate SET code = 'x'", "DELETE FROM certificates_certificate"]
)
def test_the_database_refuses_to_change_or_delete(certificate, sql):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_it_says_what_was_done_and_how(certificate, world):
    words = certificate.words
    assert words.name == "Amira Learner"
    assert (words.module_code, words.module_title) == ("DA-A1", "Domestic abuse: what everyone needs to know")
    assert (words.completed_on, words.valid_until) == (date(2026, 3, 2), date(2029, 3, 2))
    assert (words.minutes, words.nice_level, words.method) == (45, 1, "Online course")
    assert words.outcomes == ("listen, believe and reassure", "tell when to call 999")
    assert (words.partnership, words.issued_on) == ("Severnshire", date(2026, 3, 2))


def test_it_stays_as_it_was_when_module_and_name_change(certificate, module, amira):
    before = certificate.words
    module.title, module.outcomes, module.minutes = "Another title", ["another"], 5
    module.save()
    amira.last_name = "Married"
    amira.save()
    assert ALL.all().get().words == before


def test_names_are_made_fit_to_print(amira, module):
    amira.preferred_name, amira.last_name = "Ame\u0301lie\x07", "  O\u2019Brien \u202egnihton "
    amira.save()
    assert (
        issue(completion(amira, module), at=completion(amira, module).recorded_at).words.name
        == "Amélie O’Brien gnihton"
    )


def test_nothing_is_issued_of_a_voided_completion(completed, moment):
    ledger.void_completion(completed, reason="Wrong person", by=Actor.system("test"), at=moment)
    with pytest.raises(NothingToCertify):
        issue(completed, at=moment)
    assert not ALL.all().exists()


def test_another_module_gets_another_code(amira, certificate):
    done = completion(amira, ModuleFactory(code="DA-B1"))
    assert issue(done, at=done.recorded_at).code != certificate.code
