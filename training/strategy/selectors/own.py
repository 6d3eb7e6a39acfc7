"""What an agency may know: its own figures exactly, and of the partnership a total and a spread."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from training.people.models import Agency, Membership, Partnership
from training.strategy.coverage import Cell, Place
from training.strategy.report import Report
from training.strategy.suppress import HIDDEN, Audience, Count, Figure, is_small

from .board import report_for

FEWEST_AGENCIES = 3
"""With fewer, the spread would tell one agency what another's figure is."""


@dataclass(frozen=True, slots=True)
class OwnLine:
    """The agency's own figure for a tier, or for everything required of its staff ('')."""

    tier: str
    figure: Figure
    left_out: int


@dataclass(frozen=True, slots=True)
class OwnCoverage:
    """An agency's coverage in one partnership. `shown`: the percentages of the agencies that the board is shown."""

    partnership: Partnership
    has_reported: bool
    worked_out_at: datetime
    own: tuple[OwnLine, ...]
    whole: Figure
    shown: tuple[int, ...]


def own_coverage(agency: Agency, *, on: date, at: datetime) -> list[OwnCoverage]:
    """The agency's coverage on a day, in each partnership it is in then."""
    memberships = Membership.objects.known_now().filter(agency=agency).current_on(on)
    partnerships = Partnership.objects.filter(pk__in=memberships.values("partnership")).order_by("code")
    return [_in(partnership, agency, on, at) for partnership in partnerships]


def _in(partnership: Partnership, agency: Agency, on: date, at: datetime) -> OwnCoverage:
    board = report_for(partnership, on=on, today=on, at=at, audience=Audience.PARTNERSHIP)
    exact = replace(board, audience=Audience.OWN_AGENCY)
    places = sorted(
        place
        for place in board.cells
        if (place.group_kind, place.group) == ("agency", agency.code) and place.scope_kind in ("", "tier")
    )
    shown = [board.figure(Place("agency", each.code)).percent for each in board.agencies]
    percentages = tuple(percent for percent in shown if percent is not None)
    return OwnCoverage(
        partnership=partnership,
        has_reported=agency.code not in board.silent,
        worked_out_at=board.worked_out_at,
        own=tuple(OwnLine(place.scope, exact.figure(place), board.cells[place].excluded) for place in places),
        whole=_whole(board, agency),
        shown=percentages if len(percentages) >= FEWEST_AGENCIES else (),
    )


def _whole(board: Report, agency: Agency) -> Figure:
    """The partnership's total, unless taking its own figures away would tell the agency of a few people elsewhere."""
    total = board.cells.get(Place(), Cell(0, 0))
    own = board.cells.get(Place("agency", agency.code), Cell(0, 0))
    rest = Count(total.numerator - own.numerator, total.denominator - own.denominator)
    if any(is_small(abs(number), Audience.PARTNERSHIP) for number in rest.measures):
        return Figure(mark=HIDDEN)
    return board.figure(Place())
