"""A share as a range, where not everybody is known: what is sure, and what it could be at most. Pure.

What is assumed, in words for a page, stands in ASSUMED.
"""

from dataclasses import dataclass

from .suppress import whole_percent

ASSUMED = (
    "Whoever is on the roster is in the head-count, too.",
    "The lowest share: only those in date by name are in date. Declared training may be of the same people, of people "
    "who have left, or out of date by now.",
    "The highest share: everybody in the head-count who is not on the roster is asked and in date; and each person "
    "whom the agency declared as trained in the last three years is another one of those overdue by name.",
)


@dataclass(frozen=True, slots=True)
class Possible:
    """From so many to so many of so many people."""

    least: int
    most: int
    of: int

    @property
    def text(self) -> str:
        """'71% to 76%'; one figure where both are the same."""
        if not self.of:
            return ""
        low, high = whole_percent(self.least, self.of), whole_percent(self.most, self.of)
        return f"{low}%" if low == high else f"{low}% to {high}%"


def possible(*, in_date: int, counted: int, left_out: int, staff: int, declared: int) -> Possible:
    """The lowest and highest number in date.

    `counted` people of the roster are asked, `in_date` of them in date by name; `left_out` are on leave, exempt or in
    induction. `staff` is the head-count, `declared` how many were declared as trained. A head-count below the roster
    says nothing more than the roster.
    """
    unlisted = max(0, staff - counted - left_out)
    others = min(declared, counted - in_date)
    return Possible(in_date, in_date + others + unlisted, counted + unlisted)
