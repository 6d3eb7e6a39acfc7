"""Which tables a partnership's coverage is told in: fewer where people are few. Pure.

Statistical offices make tables smaller before they hide cells. Each further way of dividing people makes more cells of
few people, and to guard these others must be hidden, in the end what a board reads first: how its agencies stand. So
the richest design is taken in which at least half of the agencies are shown that could be; where there is none, the one
in which most are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .coverage import GROUPS, SCOPES, Cell, Place
from .suppress import Audience, Count, is_small


@dataclass(frozen=True, slots=True)
class Design:
    """By which kinds of scope each kind of group is told ('' is everything required); everybody is told by all."""

    scopes_by_group: Mapping[str, tuple[str, ...]]

    def has(self, group_kind: str, scope_kind: str = "") -> bool:
        """Whether there is a table of these groups by these scopes."""
        return not group_kind or scope_kind in self.scopes_by_group.get(group_kind, ())

    def untold(self, cells: Iterable[Place]) -> frozenset[Place]:
        """Those that stand in no table."""
        return frozenset(place for place in cells if not self.has(place.group_kind, place.scope_kind))


EVERY_TABLE = Design(dict.fromkeys(GROUPS, ("", *SCOPES)))
EVERYTHING_ALONE = Design(dict.fromkeys(("agency", "agency_kind", "locality"), ("",)))
DESIGNS = (EVERY_TABLE, EVERYTHING_ALONE)
"""From the richest to the plainest."""


def agencies_to_show(cells: Mapping[Place, Cell]) -> frozenset[Place]:
    """Each agency's share in everything, where it is not few itself: what the board is to see in any design."""
    return frozenset(
        place
        for place, cell in cells.items()
        if (place.group_kind, place.scope_kind) == ("agency", "") and not _is_few(cell)
    )


def _is_few(cell: Cell) -> bool:
    numbers = Count(cell.numerator, cell.denominator).measures
    return any(is_small(number, Audience.PARTNERSHIP) for number in numbers)
