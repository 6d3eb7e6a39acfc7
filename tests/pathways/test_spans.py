"""Runs of days, both ends counted."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from training.pathways.spans import FOR_GOOD, Span, joined, overlap, span

MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
SPANS = st.builds(
    lambda first, days: Span(MARCH + timedelta(days=first), MARCH + timedelta(days=first + days)),
    st.integers(0, 30),
    st.integers(0, 12),
)


def days(spans):
    """Every day of the spans."""
    return {
        each.first + timedelta(days=number) for each in spans for number in range((each.last - each.first).days + 1)
    }


def test_a_row_without_a_last_day_lasts_for_good():
    assert span(MARCH, None) == Span(MARCH, FOR_GOOD)
    assert span(MARCH, APRIL) == Span(MARCH, APRIL)


def test_both_ends_lie_in_the_span():
    run = Span(MARCH, APRIL)
    assert [day in run for day in (date(2026, 2, 28), MARCH, APRIL, date(2026, 4, 2))] == [False, True, True, False]


def test_spans_that_touch_on_one_day_overlap_on_it():
    assert overlap(Span(MARCH, APRIL), Span(APRIL, MAY)) == Span(APRIL, APRIL)
    assert overlap(Span(MARCH, date(2026, 3, 31)), Span(APRIL, MAY)) is None


def test_spans_that_follow_on_become_one_and_those_with_a_day_between_do_not():
    assert joined([Span(APRIL, MAY), Span(MARCH, date(2026, 3, 31))]) == (Span(MARCH, MAY),)
    apart = (Span(MARCH, date(2026, 3, 30)), Span(APRIL, MAY))
    assert joined(apart) == apart


def test_a_span_inside_another_does_not_shorten_it():
    assert joined([Span(MARCH, MAY), Span(date(2026, 3, 10), APRIL)]) == (Span(MARCH, MAY),)


def test_whatever_follows_an_open_span_is_part_of_it():
    assert joined([Span(MARCH, FOR_GOOD), Span(APRIL, MAY)]) == (Span(MARCH, FOR_GOOD),)


@given(st.lists(SPANS, max_size=6))
def test_joined_spans_hold_the_same_days_and_never_touch(spans):
    found = joined(spans)
    assert days(found) == days(spans)
    assert all(after.first - before.last > timedelta(days=1) for before, after in zip(found, found[1:], strict=False))


@given(SPANS, SPANS)
def test_an_overlap_is_the_days_that_both_have(one, other):
    shared = overlap(one, other)
    assert days([shared] if shared else []) == days([one]) & days([other])
