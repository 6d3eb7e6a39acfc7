"""Calendar quarters: the periods that returns are for. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from training.access.clock import add_months

CODE = re.compile(r"([12]\d{3})-q([1-4])")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a year, by their first day."""

    starts_on: date

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return add_months(self.starts_on, 3) - timedelta(days=1)

    @property
    def opens_on(self) -> date:
        """From when a return for it can be filled in: the day after its end."""
        return add_months(self.starts_on, 3)

    def due_on(self, days: int) -> date:
        """The last day on which a return is on time, so many days after the end."""
        return self.ends_on + timedelta(days=days)

    @property
    def code(self) -> str:
        """As addresses and files name it: '2026-q3'."""
        return f"{self.starts_on.year}-q{(self.starts_on.month + 2) // 3}"

    @property
    def title(self) -> str:
        """'July to September 2026'."""
        return f"{self.starts_on:%B} to {self.ends_on:%B} {self.starts_on.year}"

    def back(self, quarters: int = 1) -> "Quarter":
        """So many quarters before; after, where it is less than nought."""
        return Quarter(add_months(self.starts_on, -3 * quarters))


def quarter_of(on: date) -> Quarter:
    """The quarter that a day falls into."""
    return Quarter(date(on.year, (on.month - 1) // 3 * 3 + 1, 1))


def quarter_named(code: str) -> Quarter | None:
    """The quarter that an address means; None where it means none."""
    found = CODE.fullmatch(code)
    return Quarter(date(int(found[1]), int(found[2]) * 3 - 2, 1)) if found else None


def quarters_ended(first: Quarter, on: date) -> list[Quarter]:
    """Every quarter from the first that is over on this day, the last first."""
    found = []
    last = quarter_of(on).back()
    while last >= first:
        found.append(last)
        last = last.back()
    return found
