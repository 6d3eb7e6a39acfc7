"""The confined child: reads one roster file from standard input and writes plain JSON lines.

Hostile bytes are parsed here and nowhere else: `read.py` starts it in a process of its own with an empty
environment. It takes its limits before it looks at a byte. Its first line is
{"fields": [...], "dropped": [...], "ignored": [...]}, then one [row number, value, ...] a row in the order of
`fields`, then {"rows": n}; or the single line {"refused": "why"}.
"""

import json
import resource
import sys
from collections.abc import Callable, Iterator

from training.people.roster.headers import Columns, recognise
from training.people.roster.limits import (
    CPU_SECONDS,
    LONGEST_CELL,
    MEMORY_BYTES,
    MOST_COLUMNS,
    MOST_OUTPUT_BYTES,
    MOST_ROWS,
    Refused,
)

Line = tuple[int, list[str]]
Recognise = Callable[[list[str]], Columns]


def confine() -> None:
    """Take the limits: memory, processor time, size of the answer, no children, no core dump."""
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, MOST_OUTPUT_BYTES),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (limit, limit))


def lines_of(data: bytes) -> Iterator[Line]:
    """The rows of the file, whatever its kind, each with its number in the file."""
    if not data.strip():
        raise Refused("The file is empty.")
    if data[:4] == b"PK\x03\x04":
        from training.people.roster.workbook import workbook_lines

        return workbook_lines(data)
    from training.people.roster.delimited import text_lines

    return text_lines(data)


def clean(value: str) -> str:
    """A cell's text on one line, without control characters."""
    if value.isprintable():
        return value.strip()
    return " ".join("".join(char if char.isprintable() else " " for char in value).split())


def answer(data: bytes, recognise: Recognise = recognise) -> Iterator[str]:
    """The lines to write; another kind of file than a roster has its own columns to recognise."""
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


def main(recognise: Recognise = recognise) -> None:
    """Read, answer, and say in words why not."""
    confine()
    out: list[str] = []
    try:
        out = list(answer(sys.stdin.buffer.read(), recognise))
    except Refused as refusal:
        out = [json.dumps({"refused": str(refusal)})]
    sys.stdout.write("\n".join(out))
    sys.stdout.flush()
