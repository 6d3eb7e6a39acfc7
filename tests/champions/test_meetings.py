"""Meetings: who they are for, who comes, and what coming completes."""

from datetime import date, timedelta

import pytest

from champions.errors import CodeDoesNotWork, MeetingIsFull, MeetingIsOver
from champions.models import Attendance, Meeting
from champions.selectors.facts import known
from champions.selectors.meetings import Belongs, attended, districts, module_of_meetings
from champions.services.attendance import answer, come_by_code, note_came, take_back
from champions.services.meetings import Plan, cancel_meeting, plan_meeting
from champions.services.network import nominate, record_agreement
from champions.status import Status
from tests.champions.conftest import BY, post_of
from tests.factories import DesignationFactory, ModuleFactory, RequirementFactory, RequirementVersionFactory
from training.ledger.models import Completion, Entry, StandingStep
from training.ledger.rebuild import rebuild_standings

SINCE = date(2026, 1, 1)
INDUCTION_DAYS = 182


def planned(partnership, starts_at, *, at, localities=(), title="Winter meeting", **more):
    """A meeting of two hours, planned the day before `at`."""
    plan = Plan(
        title=title,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        agenda="News.\n\nA talk.",
        minutes=120,
        localities=tuple(localities),
        **more,
    )
    return plan_meeting(partnership=partnership, plan=plan, by=BY, at=at)


def champions_attend(partnership, **more):
    """A rule: champions come to two meetings in twelve months."""
    module = ModuleFactory(code="DA-H2", pathway__partnership=partnership)
    rule = RequirementFactory(module=module, role_group=None, designation=DesignationFactory(code="CHAMPION"))
    often = {"kind": "attendance", "attendance_count": 2, "attendance_months": 12}
    RequirementVersionFactory(requirement=rule, induction_days=INDUCTION_DAYS, **often, **more)
    return module


@pytest.fixture
def tonight(world, moment):
    """A meeting in one hour."""
    return planned(world.partnership, moment + timedelta(hours=1), at=moment - timedelta(days=9))


def rows(**where):
    return Attendance.objects.everywhere(reason="test").filter(**where)


def test_a_code_checks_in_around_the_meeting_and_at_no_other_time(tonight, pola, moment):
    for at in (moment, moment + timedelta(days=1, hours=1), moment - timedelta(days=1)):
        with pytest.raises(CodeDoesNotWork):
            come_by_code(champion=pola, typed=tonight.code, by=BY, at=at)
    with pytest.raises(CodeDoesNotWork):
        come_by_code(champion=pola, typed="CDFHJK", by=BY, at=tonight.starts_at)
    come_by_code(champion=pola, typed=tonight.spaced_code.lower(), by=BY, at=tonight.starts_at)
    come_by_code(champion=pola, typed=tonight.code, by=BY, at=tonight.ends_at)
    assert rows().values_list("champion", "kind").get() == (pola.pk, "came")


def test_tomorrows_code_does_not_work_today(tonight, pola, world, moment):
    tomorrow = planned(world.partnership, tonight.starts_at + timedelta(days=1), at=moment)
    with pytest.raises(CodeDoesNotWork):
        come_by_code(champion=pola, typed=tomorrow.code, by=BY, at=tonight.starts_at)


def test_coming_completes_the_module_once_and_two_meetings_put_it_in_date(pola, world, moment, day):
    module = champions_attend(world.partnership)
    assert module_of_meetings(world.partnership, on=day) == module
    for number, days in enumerate((40, 5), 1):
        meeting = planned(world.partnership, moment - timedelta(days=days), at=moment - timedelta(days=60))
        for _ in range(2):
            note_came(meeting=meeting, champion=pola, by=BY, at=moment)
        found = Completion.objects.everywhere(reason="test").filter(person=pola.person, module=module)
        assert found.count() == number
    done = found.order_by("-completed_on").first()
    assert (done.completed_on, done.method, done.minutes) == (meeting.held_on, "event", 120)
    rebuild_standings(at=moment)
    steps = StandingStep.objects.everywhere(reason="test").current_on(day)
    assert steps.get(post=post_of(pola.person), module=module).is_valid


def test_a_new_champion_has_time_to_come_to_the_meetings_that_are_asked(network, world, moment, day):
    champions_attend(world.partnership)
    new = network.colleague(world.agency, "New", duty=False)
    champion = nominate(person=new, partnership=world.partnership, on=day, by=BY, at=moment)
    record_agreement(champion=champion, agreed_on=day, by=BY, at=moment)
    rebuild_standings(at=moment)

    def stands(on):
        return known(world.partnership, on=on, people=[new.pk])[0].status

    last_day = day + timedelta(days=INDUCTION_DAYS)
    assert [stands(on) for on in (last_day - timedelta(days=61), last_day, last_day + timedelta(days=1))] == [
        Status.ACTIVE,
        Status.LAPSING,
        Status.LAPSED,
    ]


def test_what_was_noted_by_mistake_is_taken_back_with_both_dates_and_may_be_noted_again(pola, world, moment):
    champions_attend(world.partnership)
    meeting = planned(world.partnership, moment - timedelta(days=3), at=moment - timedelta(days=9))
    note_came(meeting=meeting, champion=pola, by=BY, at=moment)
    take_back(attendance=rows().get(), by=BY, at=moment)
    note_came(meeting=meeting, champion=pola, by=BY, at=moment)
    assert [row.voided_at for row in rows()] == [moment, None]
    kinds = Entry.objects.everywhere(reason="test").filter(person=pola.person).values_list("kind", flat=True)
    assert list(kinds.order_by("pk")) == ["completion", "void", "completion"]


def test_the_later_answer_stands_and_the_earlier_is_kept(tonight, pola, moment):
    for kind in ("coming", "coming", "sorry"):
        answer(meeting=tonight, champion=pola, kind=kind, by=BY, at=moment)
    assert list(rows().values_list("kind", "voided_at")) == [("coming", moment), ("sorry", None)]
    with pytest.raises(MeetingIsOver):
        answer(meeting=tonight, champion=pola, kind="coming", by=BY, at=tonight.starts_at)


def test_a_full_meeting_takes_nobody_more_until_somebody_is_sorry(world, pola, hana, moment):
    meeting = planned(world.partnership, moment + timedelta(days=3), at=moment, capacity=1)
    answer(meeting=meeting, champion=pola, kind="coming", by=BY, at=moment)
    with pytest.raises(MeetingIsFull):
        answer(meeting=meeting, champion=hana, kind="coming", by=BY, at=moment)
    answer(meeting=meeting, champion=pola, kind="sorry", by=BY, at=moment)
    answer(meeting=meeting, champion=hana, kind="coming", by=BY, at=moment)


def test_only_meetings_that_were_for_somebody_count_and_none_of_today_as_missed(
    world, network, pola, hana, moment, day, django_assert_num_queries
):
    def held(days, *localities):
        at = moment - timedelta(days=days)
        return planned(world.partnership, at, at=at - timedelta(days=1), localities=localities)

    everybody, north, south, today = held(90), held(60, network.north), held(30, network.south), held(0)
    cancelled = planned(world.partnership, moment + timedelta(hours=1), at=moment)
    cancel_meeting(meeting=cancelled, by=BY, at=moment)
    note_came(meeting=south, champion=pola, by=BY, at=moment)
    note_came(meeting=today, champion=hana, by=BY, at=moment)
    people = {
        pola.person_id: Belongs(SINCE, network.north.pk),
        hana.person_id: Belongs(north.held_on, network.south.pk),
        0: Belongs(SINCE),
    }
    with django_assert_num_queries(3):  # meetings, who came, districts
        found = attended(world.partnership, people, on=day)
    assert found[pola.person_id].meetings == (
        (everybody.held_on, False),
        (north.held_on, False),
        (south.held_on, True),
    )
    assert found[hana.person_id].meetings == ((south.held_on, False), (today.held_on, True))
    assert found[0].meetings == ((everybody.held_on, False),)
    assert [each.next_on for each in found.values()] == [day, None, day]


def test_the_district_longest_without_a_meeting_and_without_a_plan_comes_first(world, network, moment, day):
    planned(world.partnership, moment + timedelta(days=9), at=moment, localities=[network.south])
    rows = districts(world.partnership, on=day)
    assert [(row.title, row.is_waiting) for row in rows] == [("Northdale", True), ("Southmere", False)]


def test_a_meeting_is_planned_before_it_begins_and_cancelled_before_too(world, tonight, moment):
    with pytest.raises(MeetingIsOver):
        planned(world.partnership, moment, at=moment)
    with pytest.raises(MeetingIsOver):
        cancel_meeting(meeting=tonight, by=BY, at=tonight.starts_at)
    assert Meeting.objects.taking_place().count() == 1
