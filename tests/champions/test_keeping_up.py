"""What a champion must keep up: conditions as dated versions, check-ins, and the rule against a slow model."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from champions.conditions import Attended, CheckIns, Conditions
from champions.errors import NotPossibleNow
from champions.models import CheckIn, NetworkConditions
from champions.selectors.conditions import conditions_on
from champions.selectors.facts import known
from champions.services.agreement import answer, ask_manager, check_in, confirm
from champions.services.conditions import set_conditions
from champions.services.meetings import Plan, plan_meeting
from champions.services.requests import block
from champions.status import Facts, Life, Status, status
from tests.champions.conftest import BY, post_of
from tests.factories import TermFactory
from training.access.clock import add_months, london_date
from training.people.models import Term

DAY = date(2026, 11, 2)
YEARLY = Conditions(check_in_months=12, warn_days=60)
TWO_OF_FOUR = Conditions(meetings_needed=2, meetings_of=4, warn_days=60)
AGREED = Facts(life=Life(agreed_on=date(2024, 1, 1)), has_duty=True)


def is_kept_slowly(conditions: Conditions, came: list[bool]) -> bool:
    """Whether enough were come to, were all those held before the agreement counted as come to."""
    last = ([True] * conditions.meetings_of + came)[-conditions.meetings_of :]
    return not conditions.meetings_needed or last.count(True) >= conditions.meetings_needed


@st.composite
def kept(draw):
    """Conditions, the meetings of some years, check-ins, and a day."""
    of = draw(st.integers(0, 5))
    months = draw(st.integers(0, 24))
    conditions = Conditions(draw(st.integers(0, of)), of, months, draw(st.integers(0, 90)), AGREED.life.agreed_on)
    days = st.dates(date(2024, 1, 2), date(2027, 1, 1))
    meetings = sorted(draw(st.dictionaries(days, st.booleans(), max_size=9)).items())
    on = draw(days)
    past = tuple(each for each in meetings if each[0] < on)
    ahead = next((each for each, _ in meetings if each >= on), None)
    ins = [draw(st.none() | st.dates(date(2024, 1, 1), on)) for _ in range(2)]
    return conditions, Attended(past, ahead), CheckIns(*ins), on


@given(kept())
def test_the_rule_is_what_counting_day_by_day_gives(facts):
    conditions, attended, check_ins, on = facts
    here = replace(AGREED, conditions=conditions, attended=attended, check_ins=check_ins)
    came = [it for _, it in attended.meetings]

    def holds(day: date, came: list[bool]) -> bool:
        lasts = [
            add_months(it or date(2024, 1, 1), conditions.check_in_months)
            for it in (check_ins.own_on, check_ins.manager_on)
        ]
        return is_kept_slowly(conditions, came) and (not conditions.check_in_months or day <= min(lasts))

    if not holds(on, came):
        expected = Status.LAPSED
    else:
        then = on + timedelta(days=conditions.warn_days)
        misses = attended.next_on is not None and attended.next_on <= then
        lasts = holds(then + timedelta(days=1), [*came, False] if misses else came)
        expected = Status.ACTIVE if lasts else Status.LAPSING
    assert status(here, on) == expected


def test_what_ends_says_what_to_do():
    here = replace(AGREED, conditions=replace(YEARLY, asks_since=DAY), check_ins=CheckIns(DAY, None))
    ending = here.next_ending(date(2027, 10, 1))
    assert (ending.on, ending.what, ending.do) == (
        date(2027, 11, 2),
        "the champion's check-in",
        "Check in: it takes a minute.",
    )
    come = Attended(((date(2026, 3, 1), False), (date(2026, 6, 1), False)), date(2026, 12, 1))
    here = replace(AGREED, conditions=TWO_OF_FOUR, attended=come)
    assert here.next_ending(DAY).do == "Come to the meeting on 1 December 2026."


def test_nobody_lapses_for_what_was_not_asked_then(pola, day, moment):
    later = day + timedelta(days=500)
    set_conditions(partnership=pola.partnership, starts_on=later, conditions=YEARLY, by=BY, at=moment)
    assert where(pola, later).status == Status.ACTIVE
    assert where(pola, add_months(later, 12)).status == Status.LAPSING
    assert where(pola, add_months(later, 12) + timedelta(days=1)).status == Status.LAPSED


def where(champion, on):
    """Where they stand."""
    (found,) = known(champion.partnership, on=on, people=[champion.person_id])
    return found


def test_both_check_in_and_it_goes_on(pola, day, moment):
    set_conditions(partnership=pola.partnership, starts_on=day, conditions=YEARLY, by=BY, at=moment)
    almost = moment + timedelta(days=360)
    check_in(champion=pola, side=CheckIn.Side.OWN, by=BY, at=almost)
    check_in(champion=pola, side=CheckIn.Side.OWN, by=BY, at=almost)
    assert [it.what for it in where(pola, day + timedelta(days=370)).lapsed] == ["the manager's check-in"]
    check_in(champion=pola, side=CheckIn.Side.MANAGER, by=BY, at=almost)
    assert where(pola, day + timedelta(days=370)).status == Status.ACTIVE
    assert CheckIn.objects.of(pola).count() == 2


def test_conditions_are_versions_and_what_held_before_stays(pola, day, moment):
    partnership = pola.partnership
    set_conditions(partnership=partnership, starts_on=day, conditions=YEARLY, by=BY, at=moment)
    later = day + timedelta(days=30)
    set_conditions(partnership=partnership, starts_on=later, conditions=TWO_OF_FOUR, by=BY, at=moment)
    set_conditions(partnership=partnership, starts_on=later, conditions=YEARLY, by=BY, at=moment + timedelta(hours=1))
    assert conditions_on(partnership, day - timedelta(days=1)) == Conditions()
    assert conditions_on(partnership, later) == replace(YEARLY, asks_since=day)
    assert NetworkConditions.objects.count() == 3
    with pytest.raises(NotPossibleNow):
        set_conditions(partnership=partnership, starts_on=day - timedelta(days=1), conditions=YEARLY, by=BY, at=moment)


def test_a_missed_meeting_too_many_is_a_lapse(pola, hana, day, moment, django_assert_num_queries):
    set_conditions(
        partnership=pola.partnership,
        starts_on=day,
        conditions=Conditions(meetings_needed=1, meetings_of=1),
        by=BY,
        at=moment,
    )
    starts_at = moment + timedelta(days=20)
    plan = Plan(
        title="Meeting", starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), agenda="", minutes=60, place=""
    )
    plan_meeting(partnership=pola.partnership, plan=plan, by=BY, at=moment)
    assert where(pola, day).status == Status.LAPSING
    with django_assert_num_queries(11):
        found = known(pola.partnership, on=day + timedelta(days=21))
    assert {each.status for each in found} == {Status.LAPSED}


def test_the_coordinator_sees_whom_it_hits_before_saving(sign_in, cy, pola):
    client, path = sign_in(cy), "/champions/network/severnshire/conditions/"
    assert "What is usual is filled in below" in client.get(path).content.decode()
    on = london_date(timezone.now()) + timedelta(days=1)
    form = {"starts_on_day": on.day, "starts_on_month": on.month, "starts_on_year": on.year}
    form |= {"meetings_needed": "2", "meetings_of": "4", "check_in_months": "1", "warn_days": "60"}
    page = client.post(path, form).content.decode()
    assert "Pola Roster: Active &rarr; Lapsing" in page
    assert not NetworkConditions.objects.exists()
    client.post(path, form | {"save": "1"})
    assert NetworkConditions.objects.get().check_in_months == 1
    wrong = client.post(path, form | {"meetings_needed": "5"}).content.decode()
    assert "Ask for no more meetings than there are" in wrong


def test_the_champion_checks_in_with_three_ticks(sign_in, pola):
    client, path = sign_in(pola.person), "/champions/me/check-in/"
    assert "Tick this if it is so" in client.post(path, {"has_time": "on"}).content.decode()
    client.post(path, {"has_time": "on", "is_shown_right": "on", "has_support": "on"})
    assert CheckIn.objects.of(pola).get().side == "own"


@pytest.fixture
def mags(network, world, pola):
    """Pola's manager, who signs in."""
    person = network.colleague(world.neighbour, "Mags", duty=False)
    Term.objects.everywhere(reason="test").filter(post=post_of(pola.person)).update(manager=post_of(person))
    return person


def test_a_manager_checks_in_when_it_is_due_and_unasked(sign_in, mags, pola, world):
    soon = Conditions(check_in_months=1, warn_days=60)
    on = london_date(timezone.now())
    set_conditions(partnership=world.partnership, starts_on=on, conditions=soon, by=BY, at=timezone.now())
    assert "1 waits" in sign_in(mags).get("/team/").content.decode()
    page = sign_in(mags).get("/champions/team/").content.decode()
    path = re.search(r"/champions/team/check-in/[\w-]+/", page)[0]
    sign_in(mags).post(path, {"has_time": "on", "has_talked": "on"})
    assert CheckIn.objects.of(pola).get().side == "manager"


def test_no_manager_checks_in_for_another_post_or_who_keeps_them_away(sign_in, mags, pola, network, world):
    on, now = london_date(timezone.now()), timezone.now()
    soon = Conditions(check_in_months=1, warn_days=60)
    set_conditions(partnership=world.partnership, starts_on=on, conditions=soon, by=BY, at=now)
    boss = network.colleague(world.agency, "Boss", duty=False)
    TermFactory(post__employment__person=pola.person, post__employment__agency=world.agency, manager=post_of(boss))
    uid = f"/champions/team/check-in/{pola.uid}/"
    assert sign_in(mags).get(uid).status_code == 200
    assert sign_in(boss).get(uid).status_code == 404
    block(owner=pola.person, address=mags.user.email, by=BY, at=now)
    assert sign_in(mags).get(uid).status_code == 404


def test_the_page_says_what_comes_next_of_a_check_in(sign_in, mags, pola, world):
    now = timezone.now()
    then = now - timedelta(days=25)
    soon = Conditions(check_in_months=1, warn_days=20)
    set_conditions(partnership=world.partnership, starts_on=london_date(then), conditions=soon, by=BY, at=then)
    check_in(champion=pola, side=CheckIn.Side.OWN, by=BY, at=now)
    client = sign_in(pola.person)
    assert "Ask my manager" in client.get("/champions/me/").content.decode()
    page = client.post("/champions/me/manager/", {"ask": "1"}, follow=True).content.decode()
    assert "Wait for your manager" in page
    assert "Ask my manager" in client.post("/champions/me/manager/take-back/", follow=True).content.decode()


def test_a_check_in_by_a_link_that_no_roster_knows_is_confirmed_first(pola, moment):
    question = ask_manager(champion=pola, asks="check_in", address="boss@elsewhere.example", by=BY, at=moment)
    answer(question=question, says="yes", by=BY, at=moment)
    assert not CheckIn.objects.of(pola).exists()
    confirm(question=question, by=BY, at=moment)
    assert CheckIn.objects.of(pola).get().side == "manager"
