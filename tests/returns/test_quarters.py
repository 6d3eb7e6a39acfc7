"""Quarters, and what bounds a number."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.returns.limits import EVERYBODY, Declared, Limit, limit
from training.returns.quarters import Quarter, quarter_named, quarter_of, quarters_ended

SUMMER = Quarter(date(2026, 7, 1))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_every_day_lies_in_one_quarter_that_its_code_names(on):
    quarter = quarter_of(on)
    assert quarter.starts_on <= on <= quarter.ends_on
    assert quarter.opens_on == quarter.ends_on + timedelta(days=1) == quarter.back(-1).starts_on
    assert quarter_named(quarter.code) == quarter
    assert quarter.back().back(-1) == quarter


@pytest.mark.parametrize("code", ["", "2026", "2026-q5", "2026-q0", "26-q1", "2026-q1\n", "0026-q1"])
def test_what_is_no_quarter_names_none(code):
    assert quarter_named(code) is None


def test_a_quarter_is_said_in_words_and_due_after_its_end():
    assert SUMMER.title == "July to September 2026"
    assert SUMMER.due_on(28) == date(2026, 10, 28)


@pytest.mark.parametrize(
    ("on", "codes"),
    [
        (date(2026, 7, 1), ["2026-q2"]),
        (date(2026, 6, 30), []),
        (date(2026, 12, 31), ["2026-q3", "2026-q2"]),
        (date(2027, 1, 1), ["2026-q4", "2026-q3", "2026-q2"]),
    ],
)
def test_a_quarter_is_over_on_the_day_after_its_end(on, codes):
    assert [each.code for each in quarters_ended(Quarter(date(2026, 4, 1)), on)] == codes


GROUP, FAMILY = ("role_group", "MIDWIFE"), ("role_family", "health")


@pytest.mark.parametrize(
    ("declared", "roster", "found"),
    [
        # The group's own head-count, of the day nearest to the quarter's end; of two as near, the later
        (
            [Declared(date(2026, 9, 1), GROUP, 40), Declared(date(2026, 10, 1), GROUP, 44)],
            {GROUP: 30},
            Limit(44, GROUP, date(2026, 10, 1)),
        ),
        (
            [Declared(date(2026, 9, 29), GROUP, 40), Declared(date(2026, 10, 1), GROUP, 44)],
            {},
            Limit(44, GROUP, date(2026, 10, 1)),
        ),
        # Without one the roster's; then the family's, then everybody's
        ([Declared(date(2026, 9, 30), EVERYBODY, 100)], {GROUP: 30}, Limit(30, GROUP)),
        ([Declared(date(2026, 9, 30), FAMILY, 80)], {EVERYBODY: 90}, Limit(80, FAMILY, date(2026, 9, 30))),
        ([], {EVERYBODY: 90}, Limit(90, EVERYBODY)),
        # A declared nought is a nought; of nobody known, nothing bounds
        ([Declared(date(2026, 9, 30), GROUP, 0)], {GROUP: 30}, Limit(0, GROUP, date(2026, 9, 30))),
        ([], {}, None),
    ],
)
def test_a_number_is_bounded_by_the_nearest_group_of_which_something_is_known(declared, roster, found):
    assert limit("MIDWIFE", "health", SUMMER, declared, roster) == found
