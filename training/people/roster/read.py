"""Reading a roster file: the bytes go to a confined child, plain rows come back."""

import hashlib
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from .headers import missing
from .limits import MOST_ROWS, WALL_SECONDS, Refused

ROOT = Path(__file__).resolve().parents[3]
START = """
import sys; from importlib import import_module
sys.path.insert(0, sys.argv[1]); import_module(sys.argv[2]).main()
"""
TOO_LONG = f"The file took more than {WALL_SECONDS} seconds to read. Leave out other sheets and empty rows."
DIED = f"The file could not be read within the limits of memory and time. The most is {MOST_ROWS:,} rows."


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as read: which fields it has, and its rows as (number in the file, text by field)."""

    sha256: str
    fields: tuple[str, ...]
    dropped: tuple[str, ...]
    ignored: tuple[str, ...]
    rows: list[tuple[int, dict[str, str]]]


def read_roster(file: IO[bytes]) -> Sheet:
    """What the file holds. Raises Refused, in words for the person, where it cannot be used at all."""
    sheet = read_sheet(file)
    if absent := missing(list(sheet.fields)):
        raise Refused(f"The file has no column for: {', '.join(absent)}.")
    return sheet


def read_sheet(file: IO[bytes], child: str = "training.people.roster.child") -> Sheet:
    """The rows of any file of a kind that a child recognises, `child` being its module."""
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as answer:
        digest = hashlib.sha256()
        while chunk := file.read(2**20):
            digest.update(chunk)
            source.write(chunk)
        source.seek(0)
        _run_child(source, answer, child)
        answer.seek(0)
        return _sheet(digest.hexdigest(), answer.read().decode())


def _run_child(source: IO[bytes], answer: IO[bytes], child: str) -> None:
    """Run the child to its end, in a clean environment, within its time."""
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own words; the file is on standard input
            [sys.executable, "-I", "-c", START, str(ROOT), child],
            stdin=source,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env={"LANG": "C.UTF-8"},
            cwd="/",
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refused(TOO_LONG) from None
    if done.returncode != 0:
        raise Refused(DIED)


def _sheet(sha256: str, text: str) -> Sheet:
    head, *lines = text.split("\n")
    said = json.loads(head)
    if "refused" in said:
        raise Refused(said["refused"])
    fields = said["fields"]
    if json.loads(lines.pop()) != {"rows": len(lines)}:
        raise Refused(DIED)
    rows = [(number, dict(zip(fields, values, strict=True))) for number, *values in map(json.loads, lines)]
    return Sheet(sha256, tuple(fields), tuple(said["dropped"]), tuple(said["ignored"]), rows)
