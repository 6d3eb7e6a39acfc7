"""Every indicator that is worked out here says what a slow and plain count of the rows says."""

import random
from collections import defaultdict
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from tests.conftest import DAY, make_world
from tests.factories import (
    DutyFactory,
    EmploymentFactory,
    MembershipFactory,
    ModuleFactory,
    PostFactory,
    RequirementFactory,
    RequirementVersionFactory,
    RoleGroupFactory,
    TermFactory,
    completion,
)
from tests.kept import kept
from tests.strategy.cases import reported
from training.ledger.models import Entry, StandingStep
from training.ledger.rebuild import rebuild_standings
from training.pathways.models import Module, PathwayVersion, SignUp
from training.pathways.selectors import live_on
from training.people.models import Agency, Duty, RoleGroup, RosterImport, Term
from training.strategy.coverage import Cell, Place
from training.strategy.indicators import place_of
from training.strategy.pack_reader import read_indicators
from training.strategy.selectors.board import TOPICS
from training.strategy.selectors.facts import agencies_on
from training.strategy.selectors.reports import counted

WHY = "test"
GROUPS = {
    "GP": "health",
    "MENTAL_HEALTH": "health",
    "HOUSING": "housing",
    "POLICE_RESPONSE": "police",
    "TEACHER": "education",
    "PROBATION": "justice",
    "PROSECUTOR_COURT": "justice",
}
FAMILIES = [
    "MANAGER",
    "CYP",
    "PERP",
    "MARAC",
    "INFO_SHARE",
    "EQUALITY",
    "TRAUMA",
    "ORDERS",
    "SUBSTANCE_MH",
    "VULNERABILITY",
    "BYSTANDER",
]
MEASURED = {each.code: each.measure.model_dump() for each in read_indicators() if each.measure and each.collected}


@pytest.fixture(scope="module")
def lively_once(django_db_setup, django_db_blocker):
    """Made once for the whole file."""
    with kept(django_db_blocker):
        yield make_lively(make_world(), DAY)


@pytest.fixture
def lively(lively_once, db):
    return deepcopy(lively_once)


def make_lively(world, day):
    """Two agencies that report and one that does not; sixty posts in seven role groups; modules of every family."""
    chance = random.Random(7)
    silent = Agency.objects.create(code="SIL", title="Silent", kind="charity")
    MembershipFactory(partnership=world.partnership, agency=silent)
    reported(world.agency, counts={"refused": 3})
    reported(world.neighbour, datetime(2026, 7, 10, 9, tzinfo=UTC))
    RoleGroupFactory(code="POLICE_RESPONSE").delete()
    modules = [
        ModuleFactory(code=f"DA-{'AB'[n % 2]}{n}", families=[family], topics=[list(TOPICS)[n % 5]])
        for n, family in enumerate(FAMILIES)
    ]
    for code, family in GROUPS.items():
        group = RoleGroupFactory(code=code, family=family)
        for module in chance.sample(modules, 5):
            RequirementVersionFactory(requirement=RequirementFactory(module=module, role_group=group))
    people = {}
    for number in range(60):
        agency = (world.agency, world.neighbour, silent)[number % 3]
        started = day - timedelta(days=chance.choice((20, 300, 900)))
        term = TermFactory(
            post__employment=EmploymentFactory(agency=agency),
            role_group=RoleGroupFactory(code=chance.choice(list(GROUPS))) if number % 11 else None,
            starts_on=started,
            status="maternity" if number % 13 == 5 else "active",
        )
        people[term.post.employment.person] = agency
        if number % 17 == 0:  # a second post of the same person
            TermFactory(post=PostFactory(employment=term.post.employment, assignment_ref="2"), role_group__code="GP")
    _train(people, modules, chance, day)
    _contacts(world, modules)
    rebuild_standings(at=datetime(2026, 11, 2, 9, tzinfo=UTC))
    return world


def _train(people, modules, chance, day):
    for person in list(people)[::2] * 2:
        for module in chance.sample(modules, 8):
            on = day - timedelta(days=chance.choice((5, 200, 280, 280, 700, 1500)))
            more = {"agency": people[person]} if person.pk % 5 else {}
            completion(person, module, on=on, method=chance.choice(("online", "evidence", "launch", "import")), **more)


def _contacts(world, modules):
    """One contact who holds what is asked, at the hospital; one at the police who does not."""
    sharing = modules[FAMILIES.index("INFO_SHARE")]
    for agency in (world.agency, world.neighbour):
        term = TermFactory(post__employment__agency=agency, role_group=None)
        duty = DutyFactory(post=term.post, designation__code="INFO_CONTACT")
        if agency == world.agency:
            rule = RequirementFactory(module=sharing, role_group=None, designation=duty.designation)
            RequirementVersionFactory(requirement=rule)
            completion(term.post.employment.person, sharing, on=date(2026, 9, 1))


def plain_rows(on: date) -> list[tuple[StandingStep, RoleGroup | None]]:
    """What is asked on the day at agencies that reported, each with the post's role group."""
    groups = {
        term.post_id: term.role_group for term in Term.objects.everywhere(reason=WHY).select_related("role_group")
    }
    heard = {each.agency_id for each in RosterImport.objects.all()}
    steps = StandingStep.objects.everywhere(reason=WHY).select_related("module__tier", "post__employment")
    return [
        (step, groups[step.post_id])
        for step in steps
        if step.post.employment.agency_id in heard and step.is_required
        if step.from_on <= on and (step.until_on is None or step.until_on >= on)
    ]


def plain_coverage(rows: list, measure: dict, topic: str) -> tuple[int, int]:
    """Of the people asked for any of it, counting neither leave nor induction: how many hold all that is asked."""
    asked = defaultdict(list)
    for step, group in rows:
        wanted = (
            (not measure["tier"] or step.module.tier.code == measure["tier"])
            and (not measure["module_family"] or measure["module_family"] in step.module.families)
            and (not topic or topic in step.module.topics)
            and (not measure["role_family"] or (group is not None and group.family == measure["role_family"]))
            and (not measure["role_group"] or (group is not None and group.code == measure["role_group"]))
        )
        if wanted and step.state not in ("paused", "exempt", "not_started", "in_progress"):
            asked[step.post.employment.person_id].append(step.is_valid)
    return sum(all(each) for each in asked.values()), len(asked)


def plain_year(on: date) -> list[Entry]:
    voided = set(Entry.objects.everywhere(reason=WHY).filter(kind="void").values_list("target", flat=True))
    entries = Entry.objects.everywhere(reason=WHY).filter(kind="completion")
    return [each for each in entries if each.pk not in voided and 0 <= (on - each.completed_on).days < 365]


def test_every_coverage_is_what_a_plain_count_finds(lively, day, moment):
    cells = counted(lively.partnership, on=day, at=moment).cells
    rows = plain_rows(day)
    assert len(MEASURED) == 21
    for code, measure in MEASURED.items():
        for topic in TOPICS if measure["each_topic"] else [""]:
            place = Place("", "", "topic", topic) if topic else place_of(measure)
            cell = cells.get(place, Cell(0, 0))
            assert (code, topic, cell.numerator, cell.denominator) == (
                code,
                topic,
                *plain_coverage(rows, measure, topic),
            )
    whole = cells[Place()]
    assert 0 < whole.numerator < whole.denominator


def test_what_is_no_coverage_is_what_a_plain_count_finds(lively, day, moment):
    cells = counted(lively.partnership, on=day, at=moment).cells

    def told(code):
        cell = cells[Place("", "", "indicator", code)]
        return cell.numerator, cell.denominator

    year = plain_year(day)
    agencies = {each.agency_id for each in year if each.agency_id}
    assert told("AGENCIES_REACHED") == (len(agencies), 3)
    by_kind = defaultdict(list)
    for agency in Agency.objects.all():
        by_kind[agency.kind].append(agency.pk in agencies)
    for kind, reached in by_kind.items():
        assert cells[Place("agency_kind", kind, "indicator", "AGENCIES_REACHED")] == Cell(sum(reached), len(reached))
    outside = sum(each.method in ("evidence", "launch", "equivalence") for each in year)
    assert told("EXTERNAL_COMPLETIONS") == (outside, outside)
    terms = list(Term.objects.everywhere(reason=WHY).select_related("post__employment"))
    fresh = [each for each in terms if each.post.employment.agency == lively.agency and each.role_group_id]
    assert told("ROSTER_QUALITY") == (len(fresh), len(terms) + 3)
    assert Duty.objects.everywhere(reason=WHY).count() == 2
    assert told("DESIGNATED_CONTACTS") == (1, 2)
    assert Module.objects.count() == len(FAMILIES)


def plain_inductions(on: date, heard: set[int]) -> list[bool]:
    """Of each post and module whose last induction ran out in the year before the day: whether it was done by then."""
    steps = StandingStep.objects.everywhere(reason=WHY).filter(is_required=True).select_related("post__employment")
    of = defaultdict(list)
    for step in steps.order_by("from_on"):
        if step.post.employment.agency_id in heard:
            of[step.post_id, step.module_id].append(step)
    found = []
    for theirs in of.values():
        asking = [step for step in theirs if step.state in ("not_started", "in_progress") and step.due_on]
        runs = [one for one, other in pairwise([*asking, None]) if not (other and follows(one, other))]
        over = [step.due_on for step in runs if on - timedelta(days=365) <= step.due_on < on]
        if over:
            found += [
                step.is_valid
                for step in theirs
                if step.from_on <= over[-1] and (step.until_on is None or step.until_on >= over[-1])
                if step.state not in ("exempt", "paused", "overdue")
            ]
    return found


def follows(one: StandingStep, other: StandingStep) -> bool:
    return one.until_on is not None and other.from_on == one.until_on + timedelta(days=1)


def test_inductions_and_agencies_are_what_a_plain_count_finds(lively, day, moment):
    report = counted(lively.partnership, on=day, at=moment)
    on_time = plain_inductions(day, {lively.agency.pk, lively.neighbour.pk})
    cell = report.cells[Place("", "", "indicator", "INDUCTION_ON_TIME")]
    assert (cell.numerator, cell.denominator) == (sum(on_time), len(on_time))
    assert 0 < sum(on_time) < len(on_time)
    SignUp.objects.create(
        agency=lively.agency,
        version=PathwayVersion.objects.create(pathway=Module.objects.first().pathway, number=1, status="live"),
        signed_on=day,
        state="confirmed",
        signatory_post="Chief officer",
        recorded_at=moment,
        recorded_by="system:test",
    )
    agencies = counted(lively.partnership, on=day, at=moment).agencies
    assert {each.code: each.is_signed_up for each in agencies} == {"SVH": True, "SVP": False, "SIL": False}


def test_a_sign_up_counts_for_the_version_that_was_live_on_the_day(lively, day, moment):
    pathway = Module.objects.first().pathway
    begun = (("superseded", day - timedelta(days=400)), ("superseded", day), ("live", day + timedelta(days=1)))
    versions = [
        PathwayVersion.objects.create(pathway=pathway, number=number, status=status, live_from=live_from)
        for number, (status, live_from) in enumerate(begun, 1)
    ]
    said = {"signed_on": day - timedelta(days=30), "state": "confirmed", "signatory_post": "Chief officer"}
    known = {"recorded_at": moment, "recorded_by": "system:test"}
    for agency, version in zip((lively.agency, lively.neighbour), versions, strict=False):
        SignUp.objects.create(agency=agency, version=version, **said, **known)
    ends = (day - timedelta(days=500), day - timedelta(days=1), day, day + timedelta(days=1))
    assert [[each.number for each in live_on(lively.partnership, end)] for end in ends] == [[1], [1], [2], [3]]
    agencies = agencies_on(lively.partnership, on=day, known_at=None).values()
    assert {each.code: each.is_signed_up for each in agencies} == {"SVH": False, "SVP": True, "SIL": False}
