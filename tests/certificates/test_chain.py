"""Certificates follow each other: renewals, a corrected name, a corrected day; older ones stay what they were."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from certificates import checking, choices
from certificates.answer import Kind
from certificates.chain import in_order
from certificates.code import new_code
from certificates.models import Certificate, Showing
from certificates.services import issue
from certificates.snapshot import Snapshot
from tests.factories import completion
from training.access.actor import Actor
from training.ledger.correcting import NotTheirDay, correct_day
from training.ledger.models import Method
from training.ledger.services import void_completion
from training.ledger.wrong import NotTheirEntry
from training.pathways.models import Equivalence

ALL = Certificate.objects.everywhere(reason="test")
BY = Actor.system("test")
# As the first format wrote it: it has no provider, trainer or design.
FIRST_FORMAT = {
    "name": "Amira Learner",
    "module_code": "DA-A1",
    "module_title": "What everyone needs to know",
    "edition": "2026.1",
    "outcomes": ["listen"],
    "tier": "Aware",
    "nice_level": 1,
    "standards": "",
    "minutes": 45,
    "method": "Online course",
    "completed_on": "2026-03-02",
    "valid_until": None,
    "rule": "module",
    "partnership": "Severnshire",
    "issued_on": "2026-03-02",
    "template": "1",
    "is_recorded_only": False,
}


@pytest.fixture
def declared(amira, module):
    """What her agency says: amira completed it on 2 March 2026."""
    return completion(amira, module, on=date(2026, 3, 2), method=Method.IMPORT)


def test_a_snapshot_of_the_first_format_is_read_as_it_was_written():
    words = Snapshot.from_json(FIRST_FORMAT)
    assert (words.provider, words.trainer, words.design, words.template) == ("", "", "", "1")
    assert {name: words.as_json()[name] for name in FIRST_FORMAT} == FIRST_FORMAT | {"outcomes": ("listen",)}


def test_what_it_took_and_who_taught_it_are_kept(amira, module, moment):
    here = completion(amira, module, minutes=50)
    words = issue(here, at=here.recorded_at).words
    assert (words.minutes, words.provider) == (50, "Severnshire")
    said = {"external_title": "A course", "provider": "Another provider", "accepted_by": "The partnership"}
    elsewhere = Equivalence.objects.create(module=module, starts_on=here.completed_on, recorded_at=moment, **said)
    done = completion(amira, module, method=Method.EQUIVALENCE, source=f"equivalence:{elsewhere.pk}")
    assert issue(done, at=done.recorded_at).words.provider == "Another provider"
    shown = completion(amira, module, method=Method.EVIDENCE, evidence="A course at Severn Vale Hospitals")
    assert issue(shown, at=shown.recorded_at).words.provider == ""


def test_a_corrected_day_brings_one_that_takes_the_place_of_the_old(declared, world, moment):
    old = issue(declared, at=declared.recorded_at)
    right = correct_day(declared, date(2026, 2, 20), agency=world.agency, own=(), by=BY, at=moment)
    new = issue(right, at=moment)
    assert (new.supersedes, new.correction) == (old, "day")
    assert (new.words.completed_on, old.words.completed_on) == (date(2026, 2, 20), date(2026, 3, 2))
    assert old.superseded_by == new
    answers = [checking.checked(each.code, on=date(2026, 4, 1)).answer.kind for each in (old, new)]
    assert answers == [Kind.REPLACED, Kind.IN_DATE]


def test_what_the_holder_hid_stays_hidden_when_hr_corrects_the_day(declared, world, moment):
    old = issue(declared, at=declared.recorded_at)
    Showing.objects.create(certificate=old, is_masked=True, is_paused=True, shows_agency=True, points_forward=True)
    new = issue(correct_day(declared, date(2026, 2, 20), agency=world.agency, own=(), by=BY, at=moment), at=moment)
    assert choices.chosen(new) == {
        "is_masked": True,
        "shows_agency": False,
        "points_forward": False,
        "is_paused": True,
    }


def test_what_was_corrected_and_then_withdrawn_is_withdrawn(declared, world, moment):
    issue(declared, at=declared.recorded_at)
    right = correct_day(declared, date(2026, 2, 20), agency=world.agency, own=(), by=BY, at=moment)
    new = issue(right, at=moment)
    void_completion(right, reason="Wrong person", by=BY, at=moment)
    assert checking.checked(new.code, on=date(2026, 4, 1)).answer.kind is Kind.WITHDRAWN


def test_the_day_of_what_this_site_saw_is_not_for_one_to_correct(completed, world, moment):
    with pytest.raises(NotTheirDay):
        correct_day(completed, date(2026, 2, 20), agency=world.agency, own=(), by=BY, at=moment)


def test_another_agencys_entry_and_ones_own_are_not_for_hr_to_correct(declared, world, amira, moment):
    with pytest.raises(NotTheirEntry):
        correct_day(declared, date(2026, 2, 20), agency=world.neighbour, own=(), by=BY, at=moment)
    with pytest.raises(NotTheirEntry):
        correct_day(declared, date(2026, 2, 20), agency=world.agency, own=(amira.pk,), by=BY, at=moment)


@pytest.mark.parametrize("values", [{"correction": ""}, {"supersedes": None}])
def test_the_database_wants_to_know_why_one_supersedes_another(certificate, moment, values):
    said = {"supersedes": certificate, "correction": "name"} | values
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(
            completion=certificate.completion,
            code=new_code(),
            snapshot=certificate.snapshot,
            issued_at=moment + timedelta(1),
            **said,
        )


def test_renewals_stand_in_the_order_of_their_days_each_before_what_corrects_it(amira, module, world, moment):
    days = [date(2025, 3, 2), date(2024, 3, 2), date(2026, 3, 2)]
    done = [completion(amira, module, on=day, method=Method.IMPORT, agency=world.agency) for day in days]
    for each in done:
        issue(each, at=each.recorded_at)
    right = correct_day(done[1], date(2024, 5, 1), agency=world.agency, own=(), by=BY, at=moment)
    issue(right, at=moment)
    found = [row.words.completed_on for row in in_order(list(ALL.all()))]
    assert found == [date(2024, 3, 2), date(2024, 5, 1), date(2025, 3, 2), date(2026, 3, 2)]
