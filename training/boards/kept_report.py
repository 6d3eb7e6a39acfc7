"""A day's count as it is kept for packs: what the board's pages read of a report, in and out of JSON. Pure."""

import json
from collections.abc import Iterable
from dataclasses import asdict, astuple, fields
from datetime import date, datetime
from typing import Any, TypeVar

from training.boards.errors import PackRefused
from training.strategy.coverage import Cell, Place
from training.strategy.figures import INDICATOR, AgencyOnDay, Marks
from training.strategy.report import Report
from training.strategy.suppress import Audience

T = TypeVar("T", Place, Cell, AgencyOnDay)
MARKS = tuple(each.name for each in fields(Marks))
PLACE, CELL, AGENCY = (tuple(each.name for each in fields(kind)) for kind in (Place, Cell, AgencyOnDay))
UNNAMED = (
    *("group_kind", "group", "scope_kind", "scope"),
    *("numerator", "denominator", "on_leave", "exempt", "in_induction", "value"),
)
"""The columns of what was kept before columns had names."""
OLDER = (
    "This day was counted by an earlier release, and what it kept cannot be read any more. Frozen packs stand; open a "
    "pack as at another day."
)


def written_out(report: Report) -> str:
    """Its agencies, the cells that pages read, and by mark the numbers of the rows that it hides."""
    places = [place for place in sorted(report.cells) if _is_read(place)]
    marks = {
        name: [number for number, place in enumerate(places) if place in getattr(report.marks, name)] for name in MARKS
    }
    rows = [(*astuple(place), *astuple(report.cells[place])) for place in places]
    agencies = [asdict(each) for each in report.agencies]
    return json.dumps({"agencies": agencies, "columns": (*PLACE, *CELL), "cells": rows, "marks": marks})


def read_again(text: str, *, on: date, known_at: datetime) -> Report:
    """The same report, for the board. A mark that was not thought of when it was kept hides everything.

    Raises PackRefused where a column is needed that was not kept.
    """
    kept = json.loads(text)
    named = [dict(zip(kept.get("columns", UNNAMED), row, strict=True)) for row in kept["cells"]]
    cells = {_made(Place, row, PLACE): _made(Cell, row, CELL) for row in named}
    places = list(cells)
    every = range(len(places))
    gone = {name: frozenset(places[number] for number in kept["marks"].get(name, every)) for name in MARKS}
    return Report(
        on=on,
        known_at=known_at,
        worked_out_at=known_at,
        agencies=tuple(_made(AgencyOnDay, each, AGENCY) for each in kept["agencies"]),
        cells=cells,
        marks=Marks(**gone),
        audience=Audience.PARTNERSHIP,
    )


def _made(kind: type[T], kept: dict[str, Any], names: Iterable[str]) -> T:
    """One of what was kept by name; what was not kept has its default."""
    try:
        return kind(**{name: kept[name] for name in names if name in kept})
    except TypeError as error:
        raise PackRefused(OLDER) from error


def _is_read(place: Place) -> bool:
    """Whether a page or a pack reads it: crossed tables are no part of either."""
    match place.group_kind:
        case _ if place.scope_kind == INDICATOR:
            return True
        case "":
            return place.scope_kind in {"", "tier", "topic", "family"}
        case "agency":
            return place.scope_kind in {"", "tier"}
        case _:
            return place.group_kind in {"role_family", "role_group"} and not place.scope_kind
