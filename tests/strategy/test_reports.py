"""What the board reads is what the facts say, as known then, with silent agencies missing and never nought."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    DutyFactory,
    LocalityFactory,
    RequirementFactory,
    RequirementVersionFactory,
    TermFactory,
)
from tests.strategy.cases import BY, asked, done, reported, staff
from training.ledger.rebuild import rebuild_standings
from training.pathways.services import exempt
from training.people.models import Post, Term
from training.strategy.coverage import Cell, Place
from training.strategy.figures import CHAMPIONS, COMMUNITY_CHAMPIONS, INDUCTION, WORKPLACES
from training.strategy.models import CoverageBuild, CoverageCell
from training.strategy.rebuild import is_rested, rebuild_coverage, refresh_coverage
from training.strategy.selectors.reports import counted, own_counted, report_of
from training.strategy.suppress import Audience
from training.strategy.told import Told


@pytest.fixture
def awareness(world):
    return asked("DA-A1")


@pytest.fixture
def at_work(world, awareness):
    """Twenty at the hospital, twelve of them in date; thirty at the police, all of them."""
    reported(world.agency)
    reported(world.neighbour)
    hospital, police = staff(world.agency, 20), staff(world.neighbour, 30)
    done(hospital[:12] + police, awareness)
    return hospital, police


@pytest.fixture
def count(world, day, moment):
    def counting(**more):
        return counted(world.partnership, **{"on": day, "at": moment} | more)

    return counting


def test_the_board_sees_what_the_facts_say(at_work, count):
    report = count()
    assert report.cells[Place()] == Cell(42, 50)
    assert report.figure(Place("agency", "SVH")).percent_text == "60%"
    assert report.figure(Place("agency", "SVP", "tier", "A")).percent_text == "100%"


def test_an_agency_without_a_roster_is_missing_and_left_out_of_the_total(world, awareness, count):
    reported(world.agency)
    staff(world.agency, 20)
    staff(world.neighbour, 30)
    report = count()
    assert report.figure(Place("agency", "SVP")).percent_text == "-"
    assert report.figure(Place("agency", "SVH")).percent_text == "0%"
    assert report.cells[Place()] == Cell(0, 20)
    assert [each.code for each in report.silent_agencies] == ["SVP"]


@pytest.mark.parametrize(("days", "is_silent"), [(120, False), (121, True)])
def test_a_roster_older_than_120_days_is_no_report(world, awareness, count, day, days, is_silent):
    reported(world.agency, datetime.combine(day - timedelta(days=days), datetime.min.time(), UTC).replace(hour=12))
    staff(world.agency, 20)
    assert [each.is_silent for each in count().agencies if each.code == "SVH"] == [is_silent]


def test_an_import_that_was_undone_is_no_report(world, awareness, count, moment):
    reported(world.agency, state="undone", undone_at=moment)
    assert {each.code for each in count().silent_agencies} == {"SVH", "SVP"}
    before = count(known_at=moment - timedelta(seconds=1))
    assert {each.code for each in before.silent_agencies} == {"SVP"}


def test_leave_is_listed_and_not_counted(world, awareness, count):
    reported(world.agency)
    staff(world.agency, 10)
    staff(world.agency, 6, status="maternity")
    report = count()
    assert report.cells[Place()] == Cell(0, 10, on_leave=6)
    assert report.excluded(Place()).numerator_text == "6"


def test_starters_inside_induction_are_not_counted_until_it_is_over_or_done(world, awareness, count, day):
    reported(world.agency)
    starters = staff(world.agency, 12, starts_on=day - timedelta(days=56))
    staff(world.agency, 8, starts_on=day - timedelta(days=57))
    done(starters[:2], awareness, on=day - timedelta(days=1))
    assert count().cells[Place()] == Cell(2, 10, in_induction=10)


def test_a_figure_as_known_then_is_the_same_after_a_correction(at_work, count, day, moment):
    known_at = moment - timedelta(days=1)
    before = count(known_at=known_at).cells
    done(at_work[0][12:], asked_module(at_work[0][0]), on=date(2026, 10, 1), at=moment)
    assert count(known_at=known_at).cells == before
    assert count(known_at=moment).cells[Place()] == Cell(50, 50)


def asked_module(person):
    term = Term.objects.everywhere(reason="test").filter(post__employment__person=person).first()
    return term.role_group.requirements.get().module


def test_a_person_with_posts_at_two_agencies_counts_once_in_the_partnership(world, at_work, count):
    nurse = at_work[0][0]
    post = Post.objects.everywhere(reason="test").get(employment__person=nurse)
    TermFactory(post__employment__person=nurse, post__employment__agency=world.neighbour, role_group__code="OFFICE")
    assert post.employment.agency == world.agency
    cells = count().cells
    assert (cells[Place()], cells[Place("agency", "SVP")]) == (Cell(42, 50), Cell(31, 31))


@pytest.fixture
def tells(monkeypatch):
    """Let the network tell these numbers."""

    def telling(*, active, by_locality, community=0, covered=0, workplaces=0):
        found = [
            Told("CHAMP_ACTIVE", active),
            *(Told("CHAMP_LOCALITY", count, None, "locality", code) for code, count in by_locality.items()),
            Told("CHAMP_COMMUNITY", community),
            Told("CHAMP_SITE_COVER", covered, workplaces),
        ]
        monkeypatch.setattr("training.strategy.selectors.reports.told", lambda asked: found)

    return telling


def test_champions_stand_beside_the_people_of_their_locality(world, awareness, count, tells):
    reported(world.agency)
    staff(world.agency, 14, locality=LocalityFactory(partnership=world.partnership, code="OAK"))
    tells(active=7, by_locality={"OAK": 7}, community=6, covered=3, workplaces=4)
    cells = count().cells
    assert (cells[CHAMPIONS], cells[COMMUNITY_CHAMPIONS], cells[WORKPLACES]) == (Cell(7, 7), Cell(6, 6), Cell(3, 4))
    assert cells[Place("locality", "OAK", "indicator", "CHAMP_LOCALITY")] == Cell(7, 14)


def test_what_was_known_then_says_nothing_of_champions(at_work, count, tells, moment):
    tells(active=7, by_locality={})
    assert CHAMPIONS not in count(known_at=moment).cells


def test_a_champion_without_a_locality_is_weighed_with_the_others(world, awareness, count, tells):
    """Else the difference between all champions and those of the localities would tell of one."""
    reported(world.agency)
    oak = LocalityFactory(partnership=world.partnership, code="OAK")
    done(staff(world.agency, 8, locality=oak) + staff(world.agency, 6), awareness)
    tells(active=9, by_locality={"OAK": 8, "": 1})
    report = count()
    there = {place.group for place in report.cells if place.scope == "CHAMP_LOCALITY"}
    assert there == {"", "OAK"}
    assert {place.group for place in report.marks.board if place.scope == "CHAMP_LOCALITY"} == {"", "OAK"}


def test_the_build_is_what_counting_live_finds(world, at_work, count, day, moment):
    report = report_of(rebuild_coverage(world.partnership, on=day, at=moment), Audience.PARTNERSHIP, Q())
    live = count()
    assert (report.cells, report.marks, report.agencies) == (live.cells, live.marks, live.agencies)


def test_a_build_comes_back_the_same_after_it_was_dropped(world, at_work, day, moment):
    def rows():
        return list(CoverageCell.objects.order_by("group_kind", "group", "scope_kind", "scope").values_list(*names))

    names = [field.name for field in CoverageCell._meta.fields if field.name not in ("id", "build")]
    rebuild_coverage(world.partnership, on=day, at=moment)
    before = rows()
    CoverageBuild.objects.all().delete()
    rebuild_coverage(world.partnership, on=day, at=moment + timedelta(days=1))
    assert rows() == before != []


def test_the_worker_counts_again_when_something_has_changed_and_not_otherwise(world, at_work, moment):
    assert refresh_coverage(at=moment) == 1
    assert refresh_coverage(at=moment + timedelta(hours=1)) == 0
    done(at_work[0][12:], asked_module(at_work[0][0]), at=moment + timedelta(hours=2))
    assert refresh_coverage(at=moment + timedelta(hours=3)) == 1
    assert CoverageCell.objects.get(group_kind="", scope_kind="").numerator == 50


def test_the_worker_counts_each_day_and_forgets_old_ones(world, at_work, moment):
    for days in range(10):
        refresh_coverage(at=moment + timedelta(days=days))
    assert CoverageBuild.objects.count() == 8


def test_the_worker_rests_in_proportion(moment):
    build = CoverageBuild(worked_out_at=moment, milliseconds=3000)
    assert not is_rested(build, moment + timedelta(seconds=59))
    assert is_rested(build, moment + timedelta(seconds=60))


def test_an_agencys_own_figures_are_exact_and_hold_nothing_of_its_neighbour(world, at_work, day, moment):
    report = own_counted(world.agency, world.partnership, on=day, at=moment)
    assert report.cells[Place()] == Cell(12, 20)
    assert {place.group for place in report.cells if place.group_kind == "agency"} == {"SVH"}
    assert report.marks.board == frozenset()


def test_counting_takes_the_same_queries_however_many(world, at_work, count):
    count()  # brings the champions' table up to date
    with CaptureQueriesContext(connection) as few:
        report = count()
    staff(world.agency, 5)
    with CaptureQueriesContext(connection) as more:
        count()
    assert len(few) == len(more)
    assert INDUCTION in report.cells


@pytest.mark.parametrize("share", [200_000, 5])
def test_inductions_that_ran_out_in_the_last_year_are_on_time_or_late(
    world, awareness, count, day, moment, monkeypatch, share
):
    monkeypatch.setattr("training.strategy.selectors.counts.SHARE", share)
    reported(world.agency)
    late = staff(world.agency, 6, starts_on=day - timedelta(days=100))
    in_time = staff(world.agency, 8, starts_on=day - timedelta(days=100))
    staff(world.agency, 3, starts_on=day - timedelta(days=56))
    staff(world.agency, 3, starts_on=day - timedelta(days=57 + 366))
    left = staff(world.agency, 2, starts_on=day - timedelta(days=100), ends_on=day - timedelta(days=50))
    done(in_time, awareness, on=day - timedelta(days=44))
    done(late[:2], awareness, on=day - timedelta(days=43))
    rebuild_standings(at=moment)
    assert count().cells[INDUCTION] == Cell(8, 14)
    assert len(left) == 2


def also_asked(post, module, designation: str, *, since: date, days: int) -> None:
    """By a duty, with an induction of its own."""
    duty = DutyFactory(post=post, designation__code=designation, starts_on=since)
    rule = RequirementFactory(module=module, role_group=None, designation=duty.designation)
    RequirementVersionFactory(requirement=rule, induction_days=days)


def test_an_induction_is_not_put_off_by_another_that_began_with_it(world, awareness, count, day, moment):
    """Asked by the job until a month ago and by a duty for longer: the job's deadline was missed all the same."""
    reported(world.agency)
    began = day - timedelta(days=100)
    staff(world.agency, 1, starts_on=began, ends_on=day - timedelta(days=30))
    post = Post.objects.everywhere(reason="test").get()
    TermFactory(post=post, role_group=None, starts_on=day - timedelta(days=29))
    also_asked(post, awareness, "MARAC_REP", since=began, days=400)
    rebuild_standings(at=moment)
    assert count().cells[INDUCTION] == Cell(0, 1)


def test_an_induction_counts_in_the_year_in_which_it_was_missed_and_not_where_it_was_excused(
    world, awareness, count, day, moment
):
    reported(world.agency)
    (missed,) = staff(world.agency, 1, starts_on=day - timedelta(days=420))
    (excused,) = staff(world.agency, 1, starts_on=day - timedelta(days=100))
    post = Post.objects.everywhere(reason="test")
    exempt(
        post=post.get(employment__person=excused),
        module=awareness,
        starts_on=day - timedelta(days=60),
        by=BY,
        at=moment,
    )
    rebuild_standings(at=moment)
    assert count().cells[INDUCTION] == Cell(0, 1)  # 364 days ago
    early = post.get(employment__person=missed)
    also_asked(early, awareness, "MARAC_REP", since=day - timedelta(days=420), days=10)
    rebuild_standings(at=moment)
    assert count().cells[INDUCTION] == Cell(0, 0)  # 410 days ago
