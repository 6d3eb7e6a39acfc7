"""The confined child: reads one roster file from standard input and writes plain JSON lines.

Hostile bytes are parsed here and nowhere else: `read.py` starts it in a process of its own with an empty
environment. It takes its limits before it looks at a byte. Its first line says what the file is (see `Sheet.head`),
then comes one [row number, value, ...] a row; or the single line {"refused": "why"}.
"""

import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

from training.people.roster.dates import SERIAL, order_of
from training.people.roster.headers import DAYS, Columns, recognise, stands_twice
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
# National Insurance numbers, wherever they stand: 'QQ 12 34 56 C'.
NI_NUMBER = re.compile(r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]\b", re.IGNORECASE)
IN_1904 = re.compile(rb"""date1904=["'](?:1|true)["']""")
DAYS_TO_1904 = 1462
LOOKS_LIKE_NI = re.compile(r"[A-Za-z]{2} ?\d\d ?\d\d ?\d\d ?[A-Da-d]")


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


def begins_in_1904(data: bytes) -> bool:
    """Whether it is a workbook that counts its days from 1904, as those made on an old Mac do."""
    if data[:4] != b"PK\x03\x04":
        return False
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            return False
        return IN_1904.search(archive.read("xl/workbook.xml")) is not None


def clean(value: str) -> str:
    """A cell's text on one line, without control characters."""
    if value.isprintable():
        return value.strip()
    return " ".join("".join(char if char.isprintable() else " " for char in value).split())


class Reading:
    """One file on its way through: its columns, its rows as lines of JSON, and what was seen on the way."""

    def __init__(self, data: bytes, meanings: dict[str, str], *, asks: bool) -> None:
        self.lines = lines_of(data)
        _number, header = next(((number, cells) for number, cells in self.lines if any(cells)), (0, []))
        if len(header) > MOST_COLUMNS:
            raise Refused(f"The file has {len(header)} columns. The most is {MOST_COLUMNS}.")
        self.header = [clean(cell) for cell in header]
        self.columns: Columns = recognise(self.header, meanings)
        if not self.columns.places:
            raise Refused("The first row does not hold the names of columns. Start from the template.")
        if self.columns.twice:
            raise Refused(stands_twice(self.columns.twice[0]))
        self.unknown = self.columns.unknown if asks else {}
        self.places = [*self.columns.places.values(), *self.unknown.values()]
        self.days: dict[str, set[str]] = {name: set() for name in self.columns.places if name in DAYS}
        self.blanked = 0
        self.later = DAYS_TO_1904 if begins_in_1904(data) else 0

    def rows(self) -> list[str]:
        """Every row that holds anything."""
        found: list[str] = []
        fields = list(self.columns.places)
        days = [(fields.index(name), texts) for name, texts in self.days.items()]
        dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
        for number, cells in self.lines:
            width = len(cells)
            values = [clean(cells[place][:LONGEST_CELL]) if place < width else "" for place in self.places]
            if not any(values):
                continue
            for place, texts in days:
                if self.later and SERIAL.fullmatch(values[place]):
                    values[place] = str(int(values[place]) + self.later)
                texts.add(values[place])
            line = dumps([number, *values])
            if LOOKS_LIKE_NI.search(line):
                line = dumps([number, *map(self._without_ni_number, values)])
            found.append(line)
            if len(found) > MOST_ROWS:
                raise Refused(f"The file has more than {MOST_ROWS:,} rows. Split it, or leave out empty rows.")
        if not found:
            raise Refused("The file has column names and no rows.")
        return found

    def _without_ni_number(self, value: str) -> str:
        if NI_NUMBER.search(value) is None:
            return value
        self.blanked += 1
        return ""

    def head(self, count: int) -> dict[str, Any]:
        """What the file is."""
        places, unknown, ignored = self.columns.places, self.unknown, list(self.columns.ignored)
        for header in unknown:
            ignored.remove(header)  # once: the second of that name stays among the ignored
        return {
            "fields": list(places),
            "headers": {name: self.header[place] for name, place in places.items()},
            "dropped": self.columns.dropped,
            "ignored": ignored,
            "spare": self.columns.spare,
            "unknown": list(unknown),
            "days": {name: order_of(texts) for name, texts in self.days.items()},
            "blanked": self.blanked,
            "rows": count,
        }


def main(wishes: str) -> None:
    """Read, answer, and say in words why not."""
    confine()
    out: list[str] = []
    try:
        said = json.loads(wishes)
        reading = Reading(sys.stdin.buffer.read(), said["meanings"], asks=said["asks"])
        rows = reading.rows()
        out = [json.dumps(reading.head(len(rows))), *rows]
    except Refused as refusal:
        out = [json.dumps({"refused": str(refusal)})]
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.stdout.write("\n".join(out))
    sys.stdout.flush()
