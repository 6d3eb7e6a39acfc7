"""A day's count as it is kept for packs: what the board's pages read of a report, in and out of JSON. Pure."""

import json
from dataclasses import asdict, astuple, fields
from datetime import date, datetime

from training.strategy.coverage import Cell, Place
from training.strategy.figures import INDICATOR, AgencyOnDay, Marks
from training.strategy.report import Report
from training.strategy.suppress import Audience

MARKS = tuple(each.name for each in fields(Marks))
PLACE = len(fields(Place))


def written_out(report: Report) -> str:
    """Its agencies, the cells that pages read, and by mark the numbers of the rows that it hides."""
    places = [place for place in sorted(report.cells) if _is_read(place)]
    marks = {
        name: [number for number, place in enumerate(places) if place in getattr(report.marks, name)] for name in MARKS
    }
    rows = [(*astuple(place), *astuple(report.cells[place])) for place in places]
    return json.dumps({"agencies": [asdict(each) for each in report.agencies], "cells": rows, "marks": marks})


def read_again(text: str, *, on: date, known_at: datetime) -> Report:
    """The same report, for the board. A mark that was not thought of when it was kept hides everything."""
    kept = json.loads(text)
    cells = {Place(*row[:PLACE]): Cell(*row[PLACE:]) for row in kept["cells"]}
    places = list(cells)
    every = range(len(places))
    gone = {name: frozenset(places[number] for number in kept["marks"].get(name, every)) for name in MARKS}
    return Report(
        on=on,
        known_at=known_at,
        worked_out_at=known_at,
        agencies=tuple(AgencyOnDay(**each) for each in kept["agencies"]),
        cells=cells,
        marks=Marks(**gone),
        audience=Audience.PARTNERSHIP,
    )


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
