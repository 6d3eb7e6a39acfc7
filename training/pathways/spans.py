"""Runs of days: from a day, until a day or for good, both ends counted."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

ONE_DAY = timedelta(days=1)
FOR_GOOD = date.max


class Span(NamedTuple):
    """Days from the first to the last, both counted. A last day of FOR_GOOD means that no end is known."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


def span(starts_on: date, ends_on: date | None) -> Span:
    """The span of a row whose end may be open."""
    return Span(starts_on, FOR_GOOD if ends_on is None else ends_on)


def overlap(*spans: Span) -> Span | None:
    """The days that all of them share; None where there are none."""
    first = max(each.first for each in spans)
    last = min(each.last for each in spans)
    return Span(first, last) if first <= last else None


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same days in as few spans as can be: those that overlap or follow on from one another become one."""
    runs: list[Span] = []
    for each in sorted(spans):
        if runs and (runs[-1].last == FOR_GOOD or each.first <= runs[-1].last + ONE_DAY):
            runs[-1] = Span(runs[-1].first, max(runs[-1].last, each.last))
        else:
            runs.append(each)
    return tuple(runs)


def outside(days: Span, covered: Iterable[Span]) -> Iterator[Span]:
    """What is left of some days when others, in order and apart from one another, are taken out."""
    first = days.first
    for taken in covered:
        if not overlap(taken, days):
            continue
        if first < taken.first:
            yield Span(first, taken.first - ONE_DAY)
        if taken.last == FOR_GOOD:
            return
        first = max(first, taken.last + ONE_DAY)
    if first <= days.last:
        yield Span(first, days.last)
