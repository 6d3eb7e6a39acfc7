"""Reading a roster file: the bytes go to a confined child, plain rows come back, packed.

Packed, because the rows of a large file wait for the worker and for HR's answers, and are never held as text here.
"""

import hashlib
import json
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from .confined import run_child
from .headers import missing
from .limits import MOST_ROWS, WALL_SECONDS, Refused

CHILD = "training.people.roster.child"
TOO_LONG = (
    f"The file took more than {WALL_SECONDS} seconds to read. Leave out empty rows, and in a workbook other sheets."
)
DIED = f"The file could not be read within the limits of memory and time. The most is {MOST_ROWS:,} rows."
NO_REFERENCE = (
    " Give everybody a reference of your own that stays theirs, such as 001, 002, 003, in a column employee_ref: "
    "names and e-mail addresses change and are shared, so nobody is recognised by them."
)
CHUNK = 2**18


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as read. `head` says which columns there are; `packed` holds a compressed line of JSON a row.

    `head`: fields, headers (field to the file's own name of it), dropped, ignored, spare (field and
    header of columns that stand aside for a better name), unknown (columns that HR may still
    give a meaning; their values stand behind those of the fields), days (for each column of days, what its own order
    proves), blanked (how many cells looked like NI numbers), rows.
    """

    sha256: str
    head: dict[str, Any]
    packed: bytes

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that the file has, in the order of a line's values."""
        return tuple(self.head["fields"])

    @property
    def dropped(self) -> tuple[str, ...]:
        """Columns that must not be held."""
        return tuple(self.head["dropped"])

    @property
    def ignored(self) -> tuple[str, ...]:
        """Columns without a meaning here."""
        return tuple(self.head["ignored"])

    @property
    def spare(self) -> list[tuple[str, str, str]]:
        """Columns that are not used because another says the same: (header, field, the header that is used)."""
        return [(header, name, self.head["headers"][name]) for name, header in self.head.get("spare", ())]

    @property
    def rows(self) -> list[tuple[int, dict[str, str]]]:
        """Every row as (number in the file, text by field). For small files: it holds them all."""
        return [(number, dict(zip(self.fields, values, strict=False))) for number, *values in self.lines()]

    def lines(self) -> Iterator[list[Any]]:
        """Every row as [number in the file, value, ...], one after the other."""
        unpacker, rest = zlib.decompressobj(), b""
        view = memoryview(self.packed)
        for start in range(0, len(view), CHUNK):
            *whole, rest = (rest + unpacker.decompress(view[start : start + CHUNK])).split(b"\n")
            yield from json.loads(b"[" + b",".join(whole) + b"]")
        if rest:
            yield json.loads(rest)


def pack(lines: Iterable[bytes]) -> bytes:
    """Lines, compressed."""
    packer = zlib.compressobj(1)
    parts = []
    waiting: list[bytes] = []
    for line in lines:
        waiting.append(line)
        if len(waiting) == 1000:
            parts.append(packer.compress(b"\n".join(waiting) + b"\n"))
            waiting = []
    return b"".join([*parts, packer.compress(b"\n".join(waiting)), packer.flush()])


def read_roster(file: IO[bytes], meanings: Mapping[str, str] | None = None, *, asks: bool = False) -> Sheet:
    """What the file holds. Raises Refused, in words for the person, where it cannot be used at all.

    `meanings` is what HR has said of columns before: header in plain letters to field, '' for none. With `asks` the
    columns that are still unknown are read too, so that HR can say what they are.
    """
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as answer:
        digest = hashlib.sha256()
        while chunk := file.read(2**20):
            digest.update(chunk)
            source.write(chunk)
        source.seek(0)
        wishes = json.dumps({"meanings": dict(meanings or {}), "asks": asks})
        run_child(CHILD, wishes, source=source, answer=answer, too_long=TOO_LONG, died=DIED)
        answer.seek(0)
        return _sheet(digest.hexdigest(), answer)


def _sheet(sha256: str, answer: IO[bytes]) -> Sheet:
    """The first line says what the file is, the others are rows."""
    try:
        said = json.loads(answer.readline())
    except ValueError:
        raise Refused(DIED) from None
    if "refused" in said:
        raise Refused(said["refused"])
    if not said["unknown"]:
        insist(said["fields"])
    packed = pack(line.rstrip(b"\n") for line in answer)
    return Sheet(sha256, said, packed)


def insist(fields: Sequence[str]) -> None:
    """Refuse a file that lacks a column which every roster needs."""
    if absent := missing(list(fields)):
        raise Refused(
            f"The file has no column for: {', '.join(absent)}.{NO_REFERENCE if 'employee_ref' in absent else ''}"
        )
