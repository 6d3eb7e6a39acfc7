"""How long a paper of forty pages takes, and how much memory: `run()` for `make bench`."""

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from time import monotonic

import pikepdf

from training.press import children
from training.press.paper import Bars, Paper, Part, Picture, Table, Words, as_long_pdf
from training.press.press import PATIENT
from training.ui.charts import matrix, trend

PARTS, ROWS = 10, 95
MOST_SECONDS, MOST_MB = 20.0, 1024.0
HEAD = ("Agency", *(f"Module {number}" for number in range(1, 6)))


@dataclass(frozen=True, slots=True)
class Took:
    """One figure, and the most it may be."""

    name: str
    value: float
    unit: str
    most: float | None = None


def run() -> Iterator[Took]:
    """Draw it as the worker does, the start of a child included."""
    started, used = monotonic(), used_by_children()
    pages = _pages_of(as_long_pdf(paper()))
    name = f"A paper of {pages} pages, {PARTS * ROWS:,} rows and {PARTS * 3} charts"
    yield Took(name, monotonic() - started, "s", MOST_SECONDS)
    yield Took(name, used_by_children() - used, "s CPU", MOST_SECONDS)
    yield Took(name, _most_memory(), "MB", MOST_MB)


def paper() -> Paper:
    """Tables and charts, part after part."""
    parts = [Part(f"Part {number} of the pack", _blocks(number)) for number in range(1, PARTS + 1)]
    return Paper("Learning report", "A pack", "Severnshire", date(2026, 11, 2), parts, mark="Draft", has_contents=True)


def _blocks(number: int) -> tuple[Words | Table | Picture, ...]:
    def share(row: int, column: int) -> int:
        return (row * 7 + column * 13 + number) % 101

    rows = tuple((f"Agency {row} with a name", *(f"{share(row, at)}%" for at in range(5))) for row in range(ROWS))
    grid = [(f"Kind {row}", [(str(share(row, at)), share(row, at)) for at in range(5)]) for row in range(6)]
    return (
        Words(("What stands below in a few sentences. " * 12,)),
        Table("By agency", HEAD, rows),
        Picture("A line.", trend([(f"Month {at}", f"{at}", at) for at in range(13)], target=10), "Over time"),
        Picture("Squares.", matrix("Kind", HEAD[1:], grid), "By kind"),
        Picture("Bars.", Bars(tuple((f"Kind {row}", str(row), row) for row in range(8))), "In bars"),
    )


def used_by_children() -> float:
    """Seconds of processor time that our living children have used."""
    ticks = 0
    for child in children.living():
        with open(f"/proc/{child}/stat") as file:
            ticks += sum(map(int, file.read().rpartition(")")[2].split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _most_memory() -> float:
    """What the child that drew it took at its largest, in MB."""
    child = children.press(PATIENT).waiting.queue[-1].process.pid
    with open(f"/proc/{child}/status") as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmHWM"))


def _pages_of(pdf: bytes) -> int:
    """How many it has."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)
