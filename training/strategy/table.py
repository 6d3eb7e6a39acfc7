"""Coverage as a table: one kind of group, one kind of scope, each with its totals. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from .coverage import GROUPS, SCOPES, Place
from .report import Report
from .suppress import Figure

ALL = "all"
NONE = "none"


class BadTable(ValueError):
    """A table that cannot be drawn; the text can be shown to a person."""


@dataclass(frozen=True, slots=True)
class Dimensions:
    """What a table is divided by; '' for not at all."""

    group: str = ""
    scope: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The heads of its first columns."""
        return tuple(name for name in (self.group, self.scope) if name)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line: codes for the dimensions, the figure, and who was left out."""

    codes: tuple[str, ...]
    place: Place
    figure: Figure
    excluded: Figure


def dimensions(text: str) -> Dimensions:
    """'agency,tier' understood; raises BadTable.

    People can be divided in one way at a time. Crossing two ways would make so many small cells that what is hidden
    in one table could be worked out from another.
    """
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in (*GROUPS, *SCOPES)]
    if unknown:
        raise BadTable(f"Coverage is not divided by {unknown[0]}. Choose from {', '.join((*GROUPS, *SCOPES))}.")
    found: dict[str, str] = {}
    for kind, known in (("people", GROUPS), ("modules", SCOPES)):
        chosen = [name for name in names if name in known]
        if len(chosen) > 1:
            raise BadTable(f"Divide {kind} in one way at a time: {' or '.join(chosen)}, not both.")
        found[kind] = chosen[0] if chosen else ""
    return Dimensions(found["people"], found["modules"])


def table(report: Report, by: Dimensions) -> list[TableRow]:
    """Every row, in the order of the codes, each total last."""
    return [
        TableRow(_codes(place, by), place, report.figure(place), report.excluded(place))
        for place in _places(report, by)
    ]


def _places(report: Report, by: Dimensions) -> list[Place]:
    found = report.cells
    groups = {place.group for place in found if by.group and place.group_kind == by.group and not _is_other(place)}
    if by.group == "agency":
        groups |= {agency.code for agency in report.agencies}
    scopes = {place.scope for place in found if by.scope and place.scope_kind == by.scope}
    return [
        Place(by.group if group is not None else "", group or "", by.scope if scope is not None else "", scope or "")
        for group in _with_total(groups)
        for scope in _with_total(scopes)
    ]


def _is_other(place: Place) -> bool:
    return place.scope_kind not in ("", *SCOPES)


def _with_total(codes: Iterable[str]) -> list[str | None]:
    return [*sorted(codes), None]


def _codes(place: Place, by: Dimensions) -> tuple[str, ...]:
    codes = []
    if by.group:
        codes.append((place.group or NONE) if place.group_kind else ALL)
    if by.scope:
        codes.append((place.scope or NONE) if place.scope_kind else ALL)
    return tuple(codes)
