"""Periods are whole months, quarters and years, and nothing else."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.strategy.pack import Frequency
from training.strategy.periods import Period, compared_with, ended, is_period, kept_ends, month_ends, quarter_ends

DAYS = st.dates(date(2001, 1, 1), date(2090, 12, 31))


@given(st.sampled_from(Frequency), DAYS)
def test_what_has_ended_is_whole_and_over_and_the_latest_first(frequency, on):
    found = ended(frequency, on)
    assert len(found) == 13
    assert all(is_period(each, frequency) and each.last <= on for each in found)
    assert [each.last for each in found] == sorted((each.last for each in found), reverse=True)
    assert all(is_period(each.next, frequency) and each.next.first == each.last + timedelta(days=1) for each in found)
    if frequency is not Frequency.YEAR:
        assert found[0].next.last > on


@pytest.mark.parametrize(
    ("first", "last", "frequency", "words"),
    [
        (date(2026, 2, 1), date(2026, 2, 28), Frequency.MONTH, "February 2026"),
        (date(2026, 7, 1), date(2026, 9, 30), Frequency.QUARTER, "July to September 2026"),
        (date(2025, 4, 1), date(2026, 3, 31), Frequency.YEAR, "April 2025 to March 2026"),
        (date(2025, 1, 1), date(2025, 12, 31), Frequency.YEAR, "January to December 2025"),
    ],
)
def test_a_period_is_said_in_words(first, last, frequency, words):
    period = Period(first, last)
    assert str(period) == words
    assert [each for each in Frequency if is_period(period, each)] == [frequency]


def test_a_quarter_begins_with_a_quarter_and_a_month_ends_with_its_last_day():
    assert not is_period(Period(date(2026, 8, 1), date(2026, 10, 31)), Frequency.QUARTER)
    assert not is_period(Period(date(2026, 7, 1), date(2026, 9, 29)), Frequency.QUARTER)
    assert month_ends(date(2026, 3, 31))[:2] == [date(2026, 2, 28), date(2026, 1, 31)]


def test_the_last_days_of_all_time_are_whole_periods_too():
    assert is_period(Period(date(9999, 10, 1), date(9999, 12, 31)), Frequency.QUARTER)
    assert not is_period(Period(date(9999, 4, 1), date(9999, 12, 31)), Frequency.YEAR)


def test_the_ends_of_twelve_quarters_are_kept_beside_those_of_24_months():
    ends = quarter_ends(date(2026, 11, 2))
    assert (len(ends), ends[0], ends[-1]) == (12, date(2026, 9, 30), date(2023, 12, 31))
    kept = kept_ends(date(2026, 11, 2))
    assert len(kept) == 24 + 4
    assert kept[-4:] == ends[-4:]


@pytest.mark.parametrize(
    ("day", "quarter", "year"),
    [
        (date(2026, 11, 22), date(2026, 9, 30), date(2025, 10, 31)),
        (date(2026, 9, 30), date(2026, 6, 30), date(2025, 9, 30)),
        (date(2025, 2, 28), date(2024, 12, 31), date(2024, 2, 29)),
        (date(2026, 1, 1), date(2025, 12, 31), date(2024, 12, 31)),
    ],
)
def test_a_day_is_compared_with_the_quarter_before_and_a_month_a_year_before(day, quarter, year):
    assert compared_with(day) == (quarter, year)
