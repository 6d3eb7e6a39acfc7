"""The periods that figures from outside are given for: whole months, quarters and years. Pure."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from training.access.clock import add_months

from .pack import Frequency

MONTHS = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.YEAR: 12}
STARTS = {Frequency.MONTH: tuple(range(1, 13)), Frequency.QUARTER: (1, 4, 7, 10), Frequency.YEAR: (1, 4)}
"""The months in which a period may begin; years are those of the calendar, or begin in April."""
GIVEN_WITHIN = timedelta(days=28)
"""How long after its end the figures of a period are owed."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From a day to a day, both included."""

    first: date
    last: date

    def __str__(self) -> str:
        if self.first.month == self.last.month and self.first.year == self.last.year:
            return f"{self.first:%B %Y}"
        if self.first.year == self.last.year:
            return f"{self.first:%B} to {self.last:%B %Y}"
        return f"{self.first:%B %Y} to {self.last:%B %Y}"

    @property
    def code(self) -> str:
        """'2026-07-01_2026-09-30', for a form."""
        return f"{self.first}_{self.last}"

    @property
    def next(self) -> "Period":
        """The period of the same length that follows."""
        first = self.last + timedelta(days=1)
        months = (first.year - self.first.year) * 12 + first.month - self.first.month
        return Period(first, add_months(first, months) - timedelta(days=1))

    @property
    def owed_by(self) -> date:
        """When its figures should have come."""
        return self.last + GIVEN_WITHIN


MONTHS_KEPT = 24


def month_ends(today: date) -> list[date]:
    """The last days of the 24 months before this one, the latest first: the days whose figures are offered and kept."""
    first = today.replace(day=1)
    return [add_months(first, -back) - timedelta(days=1) for back in range(MONTHS_KEPT)]


QUARTERS_KEPT = 12


def quarter_ends(today: date) -> list[date]:
    """The last days of the 12 quarters before this one, the latest first."""
    first = _quarter_of(today)
    return [add_months(first, -3 * back) - timedelta(days=1) for back in range(QUARTERS_KEPT)]


def kept_ends(today: date) -> list[date]:
    """The days whose figures are kept, the latest first: the ends of 24 months and of 12 quarters."""
    return sorted({*month_ends(today), *quarter_ends(today)}, reverse=True)


def compared_with(on: date) -> tuple[date, date]:
    """The end of the quarter before a day, and of the last month that was over a year before it."""
    month = (on + timedelta(days=1)).replace(day=1)
    return _quarter_of(on) - timedelta(days=1), add_months(month, -12) - timedelta(days=1)


def _quarter_of(on: date) -> date:
    """The first day of its quarter."""
    return on.replace(month=on.month - (on.month - 1) % 3, day=1)


def is_period(period: Period, frequency: Frequency) -> bool:
    """Whether these days are one whole period of the kind."""
    if period.first.day != 1 or period.first.month not in STARTS[frequency]:
        return False
    first, last = period.first, period.last
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return months == MONTHS[frequency] and last.day == monthrange(last.year, last.month)[1]


def ended(frequency: Frequency, on: date, count: int = 13) -> list[Period]:
    """The last so many periods that have ended by the day, the latest first."""
    found = _backwards(frequency, on, count)
    return sorted(found, key=lambda each: (each.last, each.first), reverse=True)[:count]


def _backwards(frequency: Frequency, on: date, count: int) -> Iterator[Period]:
    first = date(on.year + 1, 1, 1)
    for _ in range(12 * (count + 3)):
        first = add_months(first, -1)
        if first.month in STARTS[frequency]:
            period = Period(first, add_months(first, MONTHS[frequency]) - timedelta(days=1))
            if period.last <= on:
                yield period


def in_words(frequency: Frequency, on: date) -> str:
    """How such a period is written, by the example of the last one."""
    last = ended(frequency, on, 1)[0]
    return f"a whole {frequency.value}, such as from {last.first:%d/%m/%Y} to {last.last:%d/%m/%Y}"
