"""The confined child that reads a completion file from standard input and writes plain JSON lines.

Its first line is {"fields": [...], "dropped": [...], "ignored": [...]}, then one [row number, value, ...] a row in
the order of `fields`, then {"rows": n}; or the single line {"refused": "why"}.
"""

import json
import sys
from collections.abc import Iterator

from training.evidence.columns import DAYS, recognise
from training.people.roster.child import (
    DAYS_TO_1904,
    LOOKS_LIKE_NI,
    NI_NUMBER,
    begins_in_1904,
    clean,
    confine,
    lines_of,
)
from training.people.roster.headers import stands_twice
from training.people.roster.limits import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Refused


def answer(data: bytes) -> Iterator[str]:
    """The lines to write."""
    lines = lines_of(data)
    _number, header = next(((number, cells) for number, cells in lines if any(cells)), (0, []))
    if len(header) > MOST_COLUMNS:
        raise Refused(f"The file has {len(header)} columns. The most is {MOST_COLUMNS}.")
    columns = recognise([clean(cell) for cell in header])
    if not columns.places:
        raise Refused("The first row does not hold the names of columns. Start from the template.")
    if columns.twice:
        raise Refused(stands_twice(columns.twice[0]))
    yield json.dumps({"fields": list(columns.places), "dropped": columns.dropped, "ignored": columns.ignored})
    later = DAYS_TO_1904 if begins_in_1904(data) else 0
    days = [place for place, name in enumerate(columns.places) if name in DAYS]
    count = 0
    for number, cells in lines:
        width = len(cells)
        values = [clean(cells[place][:LONGEST_CELL]) if place < width else "" for place in columns.places.values()]
        if not any(values):
            continue
        count += 1
        if count > MOST_ROWS:
            raise Refused(f"The file has more than {MOST_ROWS:,} rows. Split it, or leave out empty rows.")
        for place in days if later else ():
            values[place] = _moved(values[place], later)
        line = json.dumps([number, *values])
        yield json.dumps([number, *map(_without_ni_number, values)]) if LOOKS_LIKE_NI.search(line) else line
    if not count:
        raise Refused("The file has column names and no rows.")
    yield json.dumps({"rows": count})


def _moved(text: str, later: int) -> str:
    """The number of a day as workbooks count it that begin in 1900."""
    return str(int(text) + later) if text.isdecimal() and len(text) == 5 else text


def _without_ni_number(text: str) -> str:
    """The text, unless a National Insurance number stands in it."""
    return "" if NI_NUMBER.search(text) else text


def main() -> None:
    """Read, answer, and say in words why not."""
    confine()
    out: list[str] = []
    try:
        out = list(answer(sys.stdin.buffer.read()))
    except Refused as refusal:
        out = [json.dumps({"refused": str(refusal)})]
    sys.stdout.write("\n".join(out))
    sys.stdout.flush()
