"""The confined child that reads a completion file from standard input and writes plain JSON lines.

Its first line is {"fields": [...], "dropped": [...], "ignored": [...]}, then one [row number, value, ...] a row in
the order of `fields`, then {"rows": n}; or the single line {"refused": "why"}.
"""

import json
import sys
from collections.abc import Iterator

from training.evidence.columns import recognise
from training.people.roster.child import clean, confine, lines_of
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
    yield json.dumps({"fields": list(columns.places), "dropped": columns.dropped, "ignored": columns.ignored})
    count = 0
    for number, cells in lines:
        width = len(cells)
        values = [clean(cells[place][:LONGEST_CELL]) if place < width else "" for place in columns.places.values()]
        if any(values):
            count += 1
            if count > MOST_ROWS:
                raise Refused(f"The file has more than {MOST_ROWS:,} rows. Split it, or leave out empty rows.")
            yield json.dumps([number, *values])
    if not count:
        raise Refused("The file has column names and no rows.")
    yield json.dumps({"rows": count})


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
