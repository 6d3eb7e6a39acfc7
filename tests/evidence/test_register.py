"""The register of equivalences: decided once, for all who hold the course; whom it touches is shown before."""

from datetime import date, timedelta

import pytest

from tests.evidence.conftest import BY, recorded, waiting
from tests.evidence.files import csv_file, done
from tests.factories import AgencyFactory, EmploymentFactory, MembershipFactory, ModuleFactory, TermFactory
from training.audit.models import AuditEvent
from training.evidence.errors import EvidenceError, NotWaiting
from training.evidence.models import Evidence, RegisterProposal
from training.evidence.register import Terms, accept, decide_proposal, end, propose
from training.evidence.selectors import recorded_by_entry, suggestion
from training.evidence.services import Given, give_evidence
from training.evidence.touched import Effect, touched, touched_at
from training.ledger.models import Completion, StandingStep
from training.ledger.rebuild import refresh_stale
from training.pathways.models import Equivalence

OUTSIDE = {"course_code": "", "external_title": "Asking well", "provider": "Sea Training"}


@pytest.fixture
def terms(module):
    """'Asking well' of Sea Training counts for DA-A1."""

    def terms(**more) -> Terms:
        return Terms(**{"module": module, "external_title": "Asking well", "provider": "Sea Training"} | more)

    return terms


@pytest.fixture
def save(terms, day, moment):
    """Puts an entry into the register."""

    def save(*, replaces=None, at=moment, starts_on=day, **more):
        said = {"accepted_by": "Training group", "starts_on": starts_on, "by": BY, "on": day, "at": at}
        return accept(terms(**more), replaces=replaces, **said)

    return save


def standing_of(person, day, moment) -> StandingStep:
    """How somebody's only post stands with the module."""
    refresh_stale(at=moment)
    return StandingStep.objects.everywhere(reason="test").current_on(day).get(post__employment__person=person)


def test_saving_an_entry_records_all_that_waits_for_it(load, save, world, staff, day, moment):
    load(csv_file(done(**OUTSIDE), done(employee_ref="9", **OUTSIDE), done(**OUTSIDE | {"provider": "Others"})))
    give_evidence(
        staff["2"], world.agency, Given("asking WELL", "sea training", date(2026, 2, 1)), [], by=BY, at=moment
    )
    saved = save()
    assert saved.recorded == 1
    assert recorded() == [("1", "DA-A1", "2026-03-02", "equivalence")]
    assert {row[0:3:2] for row in waiting()} == {("9", "Sea Training"), ("1", "Others"), ("2", "sea training")}
    told = Evidence.objects.within(world.agency).get(origin="learner")
    assert suggestion(told, on=day).equivalence == saved.entry, "HR sees what the register says of a learner's own word"
    sources = set(Completion.objects.everywhere(reason="test").values_list("source", flat=True))
    assert sources == {f"equivalence:{saved.entry.pk}"}
    assert standing_of(staff["1"], day, moment).state == "in_date"
    assert AuditEvent.objects.get(verb="equivalence accepted").detail["recorded"] == 1


def test_saving_the_same_twice_writes_once(load, save):
    load(csv_file(done(**OUTSIDE)))
    first, second = save(), save()
    assert (first.entry, second.recorded) == (second.entry, 0)
    assert (Equivalence.objects.count(), len(recorded())) == (1, 1)


def test_training_older_than_the_maximum_is_kept_and_does_not_count(load, save, staff, day, moment):
    """Their post began on 1 June 2024: what was done by 31 May 2023 was over twelve months old then."""
    rows = done(completed_on="2023-05-31", **OUTSIDE), done(employee_ref="2", completed_on="2023-06-01", **OUTSIDE)
    load(csv_file(*rows))
    save(maximum_age_months=12)
    assert len(recorded()) == 2
    assert standing_of(staff["1"], day, moment).is_valid is False
    assert standing_of(staff["2"], date(2024, 7, 1), moment).is_valid is True


def test_the_preview_says_by_name_what_saving_will_do(load, terms, world, staff, day):
    load(
        csv_file(
            done(completed_on="2023-05-31", **OUTSIDE),
            done(employee_ref="2", **OUTSIDE),
            done(employee_ref="9", **OUTSIDE),
        )
    )
    seen = touched(terms(maximum_age_months=12), own={world.agency.pk}, on=day)
    assert [(each.name, each.employee_ref, each.effect) for each in seen.people] == [
        (staff["1"].name, "1", Effect.TOO_OLD),
        (staff["2"].name, "2", Effect.COUNTS),
        ("Not on the roster", "9", Effect.NOBODY),
    ]
    assert (seen.own[Effect.COUNTS], seen.elsewhere) == (1, "")


def test_a_module_that_is_not_asked_of_somebody_is_recorded_all_the_same(load, terms, module, world, day):
    load(csv_file(done(**OUTSIDE)))
    other = ModuleFactory(pathway=module.pathway, code="DA-B1")
    seen = touched(terms(module=other), own={world.agency.pk}, on=day)
    assert [each.effect for each in seen.people] == [Effect.NOT_ASKED]


def hand_in(agency, count, *, on, at):
    """A file says that so many of an agency's people did the course."""
    for _ in range(count):
        person = TermFactory(post__employment=EmploymentFactory(agency=agency)).post.employment.person
        give_evidence(person, agency, Given("Asking well", "Sea Training", on), [], by=BY, at=at)
    Evidence.objects.everywhere(reason="test").update(origin="file")


@pytest.mark.parametrize(
    ("there", "at_large", "shown"),
    [(0, 0, ""), (4, 0, "fewer than five people"), (4, 3, "about 5 people"), (4, 4, "about 10 people")],
)
def test_elsewhere_there_is_one_number_and_never_one_by_agency(
    world, terms, staff, save, day, moment, there, at_large, shown
):
    """Before and after saving alike: what one hides the other does not tell."""
    large = AgencyFactory(code="LRG", title="Large")
    MembershipFactory(partnership=world.partnership, agency=large)
    for agency, count in ((world.neighbour, there), (large, at_large), (AgencyFactory(code="OUT"), 6)):
        hand_in(agency, count, on=day, at=moment)
    seen = touched(terms(), own={world.agency.pk}, on=day)
    assert (seen.people, seen.elsewhere) == ([], shown)
    assert recorded_by_entry(save().entry, own={world.agency.pk}) == shown


def test_one_person_twice_is_one_of_few(world, terms, staff, day, moment):
    person = TermFactory(post__employment=EmploymentFactory(agency=world.neighbour)).post.employment.person
    for number in range(6):
        given = Given("Asking well", "Sea Training", day - timedelta(days=number))
        give_evidence(person, world.neighbour, given, [], by=BY, at=moment)
    assert touched(terms(), own=(), on=day).is_nobody, "what learners say is not recorded by an entry"
    Evidence.objects.everywhere(reason="test").update(origin="file")
    assert touched(terms(), own=(), on=day).elsewhere == "fewer than five people"


def test_an_agencys_hr_sees_its_own_alone(world, terms, staff, day, moment):
    hand_in(world.neighbour, 9, on=day, at=moment)
    hand_in(world.agency, 1, on=day, at=moment)
    seen = touched_at(world.agency, terms(), on=day)
    assert (len(seen.people), seen.elsewhere) == (1, "")


def test_a_protected_name_is_withheld(load, terms, world, staff, day):
    staff["1"].is_protected = True
    staff["1"].save()
    load(csv_file(done(**OUTSIDE)))
    assert staff["1"].last_name not in touched(terms(), own={world.agency.pk}, on=day).people[0].name


def test_a_title_counts_for_one_module_alone(save, module):
    save()
    with pytest.raises(EvidenceError, match="count for DA-A1 already"):
        save(module=ModuleFactory(pathway=module.pathway, code="DA-B1"))


def test_a_changed_entry_keeps_what_was_decided_by_the_earlier_version(load, save, day, moment, staff):
    load(csv_file(done(completed_on="2023-05-31", **OUTSIDE)))
    first = save().entry
    later = moment + timedelta(days=1)
    second = save(replaces=first, at=later, maximum_age_months=12).entry
    first.refresh_from_db()
    assert (first.replaced_at, second.recorded_at) == (later, later)
    assert Completion.objects.everywhere(reason="test").get().source == f"equivalence:{first.pk}"
    assert standing_of(staff["1"], date(2024, 7, 1), moment).is_valid is True
    with pytest.raises(NotWaiting):
        save(replaces=first, at=later, maximum_age_months=6)


def test_an_entry_that_ends_keeps_the_past(load, save, day, moment):
    load(csv_file(done(**OUTSIDE)))
    entry = save().entry
    ended = end(entry, ends_on=day, by=BY, on=day, at=moment + timedelta(hours=1))
    assert (ended.ends_on, len(recorded())) == (day, 1)
    assert end(ended, ends_on=day, by=BY, on=day, at=moment + timedelta(hours=2)) == ended
    with pytest.raises(NotWaiting):
        end(entry, ends_on=day, by=BY, on=day, at=moment)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"external_title": " - "}, "Give the title"),
        ({"maximum_age_months": 0}, "would accept nothing"),
        ({"starts_on": date(2026, 11, 3)}, "decides from the day it is saved"),
    ],
)
def test_strange_entries_are_refused(save, more, words):
    with pytest.raises(EvidenceError, match=words):
        save(**more)
    assert not Equivalence.objects.exists()


def test_an_end_before_yesterday_is_refused(save, day, moment):
    entry = save(starts_on=date(2026, 1, 1)).entry
    with pytest.raises(EvidenceError, match="earlier than yesterday"):
        end(entry, ends_on=date(2026, 10, 1), by=BY, on=day, at=moment)


def test_hr_proposes_and_the_partnership_decides(world, terms, save, moment):
    first = propose(world.agency, terms(evidence="Its syllabus"), by=BY, at=moment)
    assert propose(world.agency, terms(), by=BY, at=moment) == first
    saved = save()
    decided = decide_proposal(first, entry=saved.entry, by=BY, at=moment)
    assert (decided.state, decided.equivalence) == (RegisterProposal.State.ACCEPTED, saved.entry)
    assert decide_proposal(first, entry=None, said="No", by=BY, at=moment).state == RegisterProposal.State.ACCEPTED


def test_declining_a_proposal_needs_a_reason(world, terms, moment):
    proposal = propose(world.agency, terms(), by=BY, at=moment)
    with pytest.raises(EvidenceError, match="Say why"):
        decide_proposal(proposal, entry=None, said=" ", by=BY, at=moment)
    assert decide_proposal(proposal, entry=None, said="Too short", by=BY, at=moment).said == "Too short"


def test_evidence_of_agencies_outside_the_partnership_is_left_alone(save, day, moment):
    outsider = AgencyFactory(code="OUT")
    person = TermFactory(post__employment=EmploymentFactory(agency=outsider)).post.employment.person
    give_evidence(person, outsider, Given("Asking well", "Sea Training", day), [], by=BY, at=moment)
    assert save().recorded == 0
    assert Evidence.objects.everywhere(reason="test").get().state == "waiting"
