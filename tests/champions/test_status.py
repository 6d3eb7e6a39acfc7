"""Where a champion stands follows from dated facts, and a day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from champions.conditions import Ending
from champions.status import Facts, Life, Status, Turn, Way, life, status

DAY = date(2026, 11, 2)
FULL = Facts(life=Life(agreed_on=date(2026, 1, 5)), has_duty=True)


def test_duty_agreement_and_training_make_a_champion_active():
    assert status(FULL, DAY) == Status.ACTIVE


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (replace(FULL, life=Life(nominated_on=DAY)), Status.NOMINATED),
        (replace(FULL, life=Life(DAY, DAY, awaits_own_yes=True)), Status.NOMINATED),
        (replace(FULL, has_duty=False), Status.NOMINATED),
        (replace(FULL, missing=("Module B1",)), Status.IN_TRAINING),
    ],
)
def test_without_one_of_them_a_champion_is_not_active_yet(facts, expected):
    assert status(facts, DAY) == expected


@pytest.mark.parametrize(("days", "expected"), [(0, Status.LAPSING), (60, Status.LAPSING), (61, Status.ACTIVE)])
def test_a_champion_lapses_when_something_ends_within_sixty_days(days, expected):
    ending = Ending(DAY + timedelta(days=days), "Module B1")
    assert status(replace(FULL, endings=(ending,)), DAY) == expected


def test_one_who_leaves_the_roster_has_stood_down():
    assert status(replace(FULL, has_duty=False, duty_ended_on=date(2026, 10, 31)), DAY) == Status.STOOD_DOWN


def test_one_who_returns_needs_a_new_agreement():
    turns = [
        (Turn.NOMINATED, date(2025, 1, 1), Way.OWN),
        (Turn.AGREED, date(2025, 2, 1), Way.SITE),
        (Turn.STOOD_DOWN, date(2026, 3, 1), ""),
        (Turn.NOMINATED, date(2026, 9, 1), Way.COORDINATOR),
        (Turn.ACCEPTED, DAY, Way.OWN),
    ]
    assert life(turns, date(2025, 3, 1)) == Life(date(2025, 1, 1), date(2025, 2, 1), is_own=True)
    assert life(turns, date(2026, 4, 1)) == Life(stood_down_on=date(2026, 3, 1), is_own=True)
    assert life(turns, date(2026, 10, 1)) == Life(date(2026, 9, 1), awaits_own_yes=True)
    assert life(turns, DAY) == Life(date(2026, 9, 1), is_own=True)


@pytest.mark.parametrize("way", ["", Way.COORDINATOR])
def test_a_standing_down_taken_back_is_as_before_from_that_day_and_asks_who_had_wished_it(way):
    before = [(Turn.NOMINATED, date(2025, 1, 1), Way.OWN), (Turn.AGREED, date(2025, 2, 1), Way.SITE)]
    turns = [*before, (Turn.STOOD_DOWN, date(2026, 3, 1), ""), (Turn.TAKEN_BACK, date(2026, 3, 9), way)]
    assert life(turns, date(2026, 3, 8)) == Life(stood_down_on=date(2026, 3, 1), is_own=True)
    assert life(turns, DAY) == replace(life(before, DAY), awaits_own_yes=bool(way))


def test_a_no_leaves_nothing_but_its_day():
    turns = [(Turn.NOMINATED, date(2025, 1, 1), Way.OWN), (Turn.DECLINED, DAY, "")]
    assert life(turns, DAY) == Life(declined_on=DAY, is_own=True)
    assert life(turns, DAY).is_empty
