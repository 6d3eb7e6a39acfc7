"""London days, and calendar months added to them."""

import calendar
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.access.clock import add_months, london_date, today

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def test_in_winter_london_keeps_utc():
    assert london_date(datetime(2026, 1, 31, 23, 59, 59, tzinfo=UTC)) == date(2026, 1, 31)
    assert london_date(datetime(2026, 2, 1, 0, 0, tzinfo=UTC)) == date(2026, 2, 1)


def test_in_summer_the_london_day_begins_an_hour_before_the_utc_day():
    assert london_date(datetime(2026, 6, 30, 22, 59, 59, tzinfo=UTC)) == date(2026, 6, 30)
    assert london_date(datetime(2026, 6, 30, 23, 0, tzinfo=UTC)) == date(2026, 7, 1)


def test_the_day_the_clocks_go_forward_is_23_hours_long():
    begins, ends = datetime(2026, 3, 29, 0, 0, tzinfo=UTC), datetime(2026, 3, 29, 23, 0, tzinfo=UTC)
    assert london_date(begins - timedelta(seconds=1)) == date(2026, 3, 28)
    assert london_date(begins) == london_date(ends - timedelta(seconds=1)) == date(2026, 3, 29)
    assert london_date(ends) == date(2026, 3, 30)


def test_the_day_the_clocks_go_back_is_25_hours_long():
    begins, ends = datetime(2026, 10, 24, 23, 0, tzinfo=UTC), datetime(2026, 10, 26, 0, 0, tzinfo=UTC)
    assert london_date(begins - timedelta(seconds=1)) == date(2026, 10, 24)
    assert london_date(begins) == london_date(ends - timedelta(seconds=1)) == date(2026, 10, 25)
    assert london_date(ends) == date(2026, 10, 26)


def test_a_moment_from_elsewhere_is_the_day_it_was_in_london():
    assert london_date(datetime(2026, 1, 2, 1, 0, tzinfo=timezone(timedelta(hours=9)))) == date(2026, 1, 1)


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="names no time zone"):
        london_date(datetime(2026, 1, 1, 12, 0))


def test_today_is_the_london_day_now():
    before = london_date(datetime.now(UTC))
    assert before <= today() <= london_date(datetime.now(UTC))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-03-01", 24, "2028-03-01"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2023-02-28", 12, "2024-02-28"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2026-03-29", 7, "2026-10-29"),
        ("2026-05-05", 0, "2026-05-05"),
    ],
)
def test_months_are_calendar_months_clamped_at_the_month_end(start, months, end):
    assert add_months(date.fromisoformat(start), months) == date.fromisoformat(end)


def test_months_add_across_a_century_that_is_no_leap_year():
    assert add_months(date(2096, 2, 29), 48) == date(2100, 2, 28)


def walked(day: date, months: int) -> date:
    """The same, by walking month by month over the calendar."""
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        if month == 0:
            year, month = year - 1, 12
    return max(
        each for each in calendar.Calendar().itermonthdates(year, month) if each.month == month and each.day <= day.day
    )


@given(DAYS, st.integers(-240, 240))
def test_months_agree_with_walking_over_the_calendar(day, months):
    assert add_months(day, months) == walked(day, months)


@given(DAYS, DAYS, st.integers(0, 240))
def test_a_later_start_never_ends_earlier(one, other, months):
    first, second = sorted([one, other])
    assert add_months(first, months) <= add_months(second, months)
