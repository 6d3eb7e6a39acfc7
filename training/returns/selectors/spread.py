"""What an agency may know of the others: how far their figures lie apart, where there are enough of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from training.people.models import Agency, Partnership
from training.returns.quarters import Quarter

from .agency import Standing
from .partnership import staff_of, trained

FEWEST_AGENCIES = 3
"""With fewer others, the spread would tell what one of them declared."""
SMALLEST_AGENCY = 10
FEWEST_TRAINED = 5
"""Of fewer, the rate and the agency's head-count would tell how many; the board sees no fewer either."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Training declared for every 100 staff in a quarter: one's own, and the least and most of the others."""

    quarter: Quarter
    own: int
    least: int
    most: int
    others: int


def spread(agency: Agency, partnership: Partnership, own: Iterable[Standing]) -> Spread | None:
    """Of the last quarter for which the agency's own return holds; None where it, or too many others, tell nothing."""
    quarter = next((each.quarter for each in own if each.holding), None)
    if quarter is None:
        return None
    counts = trained(partnership, [quarter])[quarter]
    staff = staff_of(partnership, on=quarter.opens_on)
    rates = {
        code: round(100 * counts[code] / count.people)
        for code, count in staff.items()
        if count.people >= SMALLEST_AGENCY and code in counts and _is_told(code, counts[code], agency)
    }
    mine = rates.pop(agency.code, None)
    if mine is None or len(rates) < FEWEST_AGENCIES:
        return None
    return Spread(quarter, mine, min(rates.values()), max(rates.values()), len(rates))


def _is_told(code: str, trained: int, agency: Agency) -> bool:
    """One's own number always; of another agency none and many, and never few."""
    return code == agency.code or trained == 0 or trained >= FEWEST_TRAINED
