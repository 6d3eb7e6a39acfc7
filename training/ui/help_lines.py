"""The numbers we show to somebody who needs help now, each with the day it was checked.

One whose check is older than a year is shown no longer: a wrong number is worse than none. 999 needs no check.
"""

from dataclasses import dataclass
from datetime import date, timedelta

STALE_AFTER = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A number that was confirmed at its own source on a day; nothing unconfirmed is listed."""

    name: str
    number: str
    when: str
    checked_on: date

    @property
    def shown_until(self) -> date:
        """The last day on which the number is shown, unless it is checked again."""
        return self.checked_on + STALE_AFTER

    def is_stale(self, on: date) -> bool:
        """Whether the check is too old for the number to be shown on this day."""
        return on > self.shown_until


NATIONAL_HELPLINE = HelpLine(
    name="National Domestic Abuse Helpline",
    number="0808 2000 247",
    when="free, 24 hours a day",
    checked_on=date(2026, 11, 22),
)
