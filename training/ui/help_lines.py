"""The numbers we show to somebody who needs help now, each with the day it was checked."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A number that was confirmed at its own source on a day; nothing unconfirmed is listed."""

    name: str
    number: str
    when: str
    checked_on: date


NATIONAL_HELPLINE = HelpLine(
    name="National Domestic Abuse Helpline",
    number="0808 2000 247",
    when="free, 24 hours a day",
    checked_on=date(2026, 11, 22),
)
