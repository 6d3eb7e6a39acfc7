"""The years that a pack tells of, each by its last day. Pure.

Financial years, to 31 March: the public bodies of a partnership plan, report and are inspected by them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from training.access.clock import add_months
from training.strategy.periods import quarter_ends

MOST = 5


@dataclass(frozen=True, slots=True, order=True)
class Year:
    """A financial year as at its last day, or the running one as at the end of its last quarter."""

    as_at: date

    @property
    def is_over(self) -> bool:
        """Whether it is the whole of it."""
        return self.as_at.month == 3

    @property
    def title(self) -> str:
        """'2025-26', or '2026-27 to September'."""
        began = self.as_at.year if self.as_at.month > 3 else self.as_at.year - 1
        years = f"{began}-{(began + 1) % 100:02}"
        return years if self.is_over else f"{years} to {self.as_at:%B}"


def years_told(on: date) -> tuple[Year, ...]:
    """The running year and those before it, five in all, the latest first.

    The running one only by the end of a quarter: two days close together could tell of one person.
    """
    return tuple(sorted((Year(day) for day in _ends(on)), reverse=True))[:MOST]


def _ends(on: date) -> Iterator[date]:
    last = quarter_ends(on)[0]
    march = date(last.year if last.month >= 3 else last.year - 1, 3, 31)
    yield from {last, *(add_months(march, -12 * back) for back in range(MOST))}
