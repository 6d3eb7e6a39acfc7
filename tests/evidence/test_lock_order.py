"""Writers of evidence, ledger and standings lock in one order, so that none waits for another in a circle.

On PostgreSQL alone: SQLite has one writer at a time. Two threads are brought to where each holds what the other would
want next; had one of them gone the other way round, the database would end it with 'deadlock detected'.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Event, current_thread

import pytest
from django.db import connection

from tests.evidence.conftest import BY
from tests.evidence.files import csv_file, done
from tests.factories import (
    AgencyFactory,
    EmploymentFactory,
    MembershipFactory,
    ModuleFactory,
    PartnershipFactory,
    PersonFactory,
    RequirementFactory,
    RequirementVersionFactory,
    RoleGroupFactory,
    TermFactory,
    completion,
)
from tests.scratch import scratch_database
from training.evidence import apply, passport, services
from training.evidence.errors import EvidenceError, RecordsMoved
from training.evidence.models import Evidence, Mode
from training.evidence.register import Terms, accept
from training.evidence.services import accept_evidence, decline_evidence
from training.evidence.stage import stage_import
from training.evidence.undo import undo_import
from training.ledger import services as ledger
from training.ledger.models import Completion
from training.people.models import Employment
from training.people.services import mark_stale

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
DAY = date(2026, 11, 2)
AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
AS_LONG_AS_IT_TAKES = 0.3
OUTSIDE = {"course_code": "", "external_title": "Asking well"}


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """In place of the usual one, which is never committed to: a copy."""
    with django_db_blocker.unblock(), scratch_database("locks"):
        yield


@pytest.fixture
def module(db):
    """A module that midwives of two agencies need."""
    module = ModuleFactory(pathway__partnership=PartnershipFactory())
    group = RoleGroupFactory(code="MIDWIFE")
    RequirementVersionFactory(requirement=RequirementFactory(module=module, role_group=group))
    return module


@pytest.fixture
def agency(module):
    """One of them, with employee 1, a midwife."""
    return an_agency(module)


def an_agency(module):
    agency = AgencyFactory()
    MembershipFactory(partnership=module.pathway.partnership, agency=agency)
    hire(agency, "1")
    return agency


def hire(agency, ref: str):
    employment = EmploymentFactory(agency=agency, employee_ref=ref)
    term = TermFactory(post__employment=employment, role_group=RoleGroupFactory(code="MIDWIFE"))
    mark_stale([term.post_id], at=AT)
    return employment.person


def staged(agency, *rows, mode=Mode.HISTORY, at=AT):
    rows = [row | {"agency_code": agency.code} for row in rows]
    return stage_import(agency, csv_file(*rows), mode=mode, on=DAY, by=BY, at=at)


def waits(agency, **more) -> Evidence:
    """What a file left waiting."""
    apply.apply_import(staged(agency, done(**more)), by=BY, at=AT)
    return Evidence.objects.within(agency).waiting().get()


def together(*work) -> list[object]:
    """Both at once, each in its thread; what came of each, an error of ours being an answer."""

    def run(each):
        try:
            return each()
        except (RecordsMoved, services.NotWaiting) as error:
            return type(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(run, work))


@pytest.fixture
def ledger_held(monkeypatch):
    """Set once a thread called 'file' holds the end of the chain."""
    held, mark = Event(), ledger.mark_people_stale

    def marking(*args, **said):
        if current_thread().name == "file":
            held.set()
        mark(*args, **said)

    monkeypatch.setattr(ledger, "mark_people_stale", marking)
    return held


@pytest.fixture
def hr_decides(ledger_held, monkeypatch):
    """HR accepts evidence and, holding it, gives the other thread the time to come as far as it can."""
    record, evidence_held = services.record_completion, Event()

    def recording(*args, **said):
        evidence_held.set()
        ledger_held.wait(AS_LONG_AS_IT_TAKES)
        return record(*args, **said)

    monkeypatch.setattr(services, "record_completion", recording)

    def against(evidence, module, person, other):
        def go_second():
            current_thread().name = "file"
            assert evidence_held.wait(5)
            return other()

        return together(lambda: accept_evidence(evidence, module=module, person=person, by=BY, at=LATER), go_second)

    return against


def test_a_file_that_asks_what_is_open_and_a_learner_who_finishes(agency, module, monkeypatch):
    file = staged(agency, done(course_code=module.code), mode=Mode.OPEN)
    learner = hire(agency, "2")
    planned, chain_held = Event(), Event()
    record, mark = apply.record_completions, ledger.mark_people_stale

    def recording(*args, **said):
        planned.set()
        chain_held.wait(AS_LONG_AS_IT_TAKES)
        return record(*args, **said)

    def marking(*args, **said):
        chain_held.set()
        mark(*args, **said)

    def finish():
        assert planned.wait(5)
        new = ledger.NewCompletion(learner, module, DAY, "online", f"locks:{learner.uid}", agency=agency)
        return ledger.record_completion(new, by=BY, at=LATER).kind

    monkeypatch.setattr(apply, "record_completions", recording)
    monkeypatch.setattr(ledger, "mark_people_stale", marking)
    applied, kind = together(lambda: apply.apply_import(file, by=BY, at=LATER), finish)
    assert (applied.state, applied.counts["new"], kind) == ("applied", 1, "completion")
    assert Completion.objects.everywhere(reason="test").filter(module=module).count() == 2


def test_a_file_that_settles_what_hr_is_accepting(agency, module, hr_decides):
    evidence = waits(agency, employee_ref="9", course_code=module.code)
    person = hire(agency, "9")
    file = staged(agency, done(employee_ref="9", course_code=module.code), at=LATER)
    accepted, came = hr_decides(evidence, module, person, lambda: apply.apply_import(file, by=BY, at=LATER))
    assert (accepted.state, came) == ("accepted", RecordsMoved)
    assert Completion.objects.everywhere(reason="test").filter(module=module).count() == 1


def test_the_register_settles_two_agencies_while_one_of_them_decides(agency, module, hr_decides):
    neighbour = an_agency(module)
    evidence = [waits(each, **OUTSIDE) for each in (agency, neighbour)]
    person = Employment.objects.within(neighbour).get().person

    def save():
        terms = Terms(module=module, external_title="Asking well")
        return accept(terms, accepted_by="The board", starts_on=DAY, by=BY, on=DAY, at=LATER).recorded

    accepted, recorded = hr_decides(evidence[1], module, person, save)
    assert (accepted.state, recorded) == ("accepted", 1)
    assert {Evidence.objects.within(each).get().state for each in (agency, neighbour)} == {"accepted"}


def test_undoing_the_file_whose_evidence_hr_is_accepting(agency, module, hr_decides):
    file = staged(agency, done(course_code=module.code), done(completed_on="2026-03-01", **OUTSIDE))
    apply.apply_import(file, by=BY, at=AT)
    evidence, person = Evidence.objects.within(agency).get(), Employment.objects.within(agency).get().person
    accepted, undone = hr_decides(evidence, module, person, lambda: undo_import(file, by=BY, at=LATER))
    assert (accepted.state, undone.state) == ("accepted", "undone")
    assert undone.unrestored == ["Asking well of 1 was accepted since, so that stays."]


def test_two_of_hr_take_one_certificate_for_two_people_and_one_is_refused(agency, module, monkeypatch):
    people = [Employment.objects.within(agency).get().person, hire(agency, "2")]
    holder, looked = PersonFactory(), passport._taken_for_others
    done_there = completion(holder, module, on=date(2026, 3, 1))
    shown = [passport.Shown(module.title, "", date(2026, 3, 1), None, done_there.pk)]

    def slowly(*args):
        answer = looked(*args)
        Event().wait(AS_LONG_AS_IT_TAKES)
        return answer

    def take(person):
        said = {"shown_of": holder, "as_other": False, "by": BY, "at": LATER}
        try:
            return passport.take_passport(agency, person, shown, **said).recorded
        except EvidenceError as refusal:
            return str(refusal)

    monkeypatch.setattr(passport, "_taken_for_others", slowly)
    assert sorted(together(*[lambda it=it: take(it) for it in people]), key=str) == [1, passport.TAKEN]
    assert Completion.objects.everywhere(reason="test").filter(module=module).exclude(person=holder).count() == 1


def test_what_hr_declines_while_a_file_is_applied_stays_declined(agency, module, monkeypatch):
    evidence = waits(agency, employee_ref="9", course_code=module.code)
    hire(agency, "9")
    file = staged(agency, done(employee_ref="9", course_code=module.code), at=LATER)
    declining, decided = Event(), services._decided

    def slowly(*args, **said):
        declining.set()
        Event().wait(AS_LONG_AS_IT_TAKES)
        return decided(*args, **said)

    def load():
        assert declining.wait(5)
        return apply.apply_import(file, by=BY, at=LATER).state

    monkeypatch.setattr(services, "_decided", slowly)
    together(lambda: decline_evidence(evidence, said="Not theirs", by=BY, at=LATER), load)
    evidence.refresh_from_db()
    assert (evidence.state, evidence.said, evidence.entry) == ("declined", "Not theirs", None)
