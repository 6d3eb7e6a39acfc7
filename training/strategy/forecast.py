"""How many places training will need in the twelve months after a day. Pure.

A place is one person's in one module. Known are the places of those overdue on the day, and of those who are here and
whose training ends, or whose induction runs out, in the year. Reckoned are two things that nobody can know: how many of
the latter will have left by then, at the rate of the last year; and how many will start, as many as in the last year in
roles that ask for the module. Starters are taken to bring none of it with them.

Who stays and who comes is left to chance, one by one: a figure is a range in which eight out of ten such years would
lie. A range is reckoned from the numbers beside it alone: where one of them is not shown, it is as many as the others
come to at least.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor, sqrt

from training.access.clock import add_months

from .periods import Period

A_YEAR = 365
EIGHT_OF_TEN = 1.2816
"""So many standard deviations either way."""
LARGE = 200
"""From here on ranges are told in tens."""


@dataclass(frozen=True, slots=True)
class Needs:
    """Numbers of places of one module, or of all: None where it is not shown.

    `overdue` on the day; `due` in each of the months to come, and `in_year` in all of them; `starters` in the year
    before the day, in roles that ask for it.
    """

    overdue: int | None
    due: tuple[int | None, ...]
    in_year: int | None
    starters: int | None


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a forecast is reckoned from, by module and in all.

    `people` are those behind the places: overdue, then month by month, then in all. `leavers` in the year, and `staff`
    now, are those of agencies that have sent rosters for a year; `short` the codes of those that have not.
    """

    modules: Mapping[str, Needs]
    whole: Needs
    people: tuple[int, ...]
    leavers: int
    staff: int
    short: tuple[str, ...]

    @property
    def leaving(self) -> float | None:
        """Of those here now and those who left in the year, the share who left; unknown without a year's rosters."""
        return self.leavers / (self.staff + self.leavers) if self.staff else None


@dataclass(frozen=True, slots=True)
class Basis:
    """What somebody may see of it, and reckon with: the share of staff who leave in a year, where it is known."""

    modules: Mapping[str, Needs]
    whole: Needs
    leaving: float | None
    short: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """From so many to so many, `likely` between; without the last two where something is not shown."""

    low: int
    likely: float | None
    high: int | None

    @property
    def text(self) -> str:
        """'38 to 51', or the one number, or 'at least 38'."""
        if self.high is None:
            return f"at least {self.low:,}"
        return f"{self.low:,}" if self.low == self.high else f"{self.low:,} to {self.high:,}"


@dataclass(frozen=True, slots=True)
class Forecast:
    """Of one module, or of all: places in each month, and in the year with those overdue now."""

    needs: Needs
    months: tuple[Places | None, ...]
    year: Places | None


def months_ahead(on: date) -> tuple[Period, ...]:
    """The twelve months after a day, by the calendar: where it is no month's end, thirteen, two of them cut."""
    return tuple(_months(on + timedelta(days=1), add_months(on, 12)))


def _months(first: date, last: date) -> Iterator[Period]:
    while first <= last:
        ends = add_months(first.replace(day=1), 1) - timedelta(days=1)
        yield Period(first, min(ends, last))
        first = ends + timedelta(days=1)


def in_words(month: Period) -> str:
    """'December 2026', or '3 to 30 November 2026' where it is cut."""
    is_cut = month.first.day != 1 or (month.last + timedelta(days=1)).day != 1
    return f"{month.first.day} to {month.last.day} {month}" if is_cut else str(month)


def forecast(needs: Needs, months: Sequence[Period], leaving: float | None) -> Forecast:
    """What these numbers come to, when this share of staff leaves in a year; None stands for nobody."""
    begins = months[0].first
    stay = [_stay(leaving, (each.first - begins).days + _days(each) / 2) for each in months]
    parts = [
        _places(0, due, here, needs.starters, _days(each) / A_YEAR)
        for each, due, here in zip(months, needs.due, stay, strict=True)
    ]
    in_all = sum(map(_days, months))
    on_average = sum(here * _days(each) for each, here in zip(months, stay, strict=True)) / in_all
    year = _places(needs.overdue, needs.in_year, on_average, needs.starters, in_all / A_YEAR)
    return Forecast(needs, tuple(parts), year)


def _days(month: Period) -> int:
    return (month.last - month.first).days + 1


def _stay(leaving: float | None, days: float) -> float:
    """The chance that somebody is still here after so many days."""
    return float((1 - (leaving or 0)) ** (days / A_YEAR))


def _places(overdue: int | None, due: int | None, here: float, starters: int | None, share: float) -> Places | None:
    """Those overdue, those due who are still here, and starters of this share of a year.

    The number of starters varies by chance, and so did the one year by which it is reckoned.
    """
    coming = (starters or 0) * share
    stays = (due or 0) * here
    likely = (overdue or 0) + stays + coming
    spread = EIGHT_OF_TEN * sqrt(stays * (1 - here) + coming * (1 + share))
    step = 10 if spread and likely + spread >= LARGE else 1
    low = max(overdue or 0, step * floor((likely - spread) / step))
    if None not in (overdue, due, starters):
        return Places(low, likely, step * ceil((likely + spread) / step))
    return Places(low, None, None) if low else None
