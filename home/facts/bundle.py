"""A whole bundle: its tables as CSV, a README that says what each column is, and a sum of every file."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from django.db import connection, transaction

from training.ui.spreadsheet import csv_pieces

from . import learning, network, promises, rosters, rules
from .table import Asked, Column, Table


def _about(asked: Asked) -> Iterator[tuple[object, ...]]:
    yield asked.partnership.code, asked.as_at, asked.known_at, asked.at if asked.known_at is None else None


ABOUT = Table(
    "about",
    "One row: what this bundle is.",
    (
        Column("partnership", "code", "Whose facts"),
        Column("as_at", "day", "The last day on which they can be asked about"),
        Column("known_at", "moment", "As known at this moment; empty: as known when it was made"),
        Column("made_at", "moment", "When it was made, where it is as known then"),
    ),
    _about,
)
TABLES = (ABOUT, *rosters.TABLES, *rules.TABLES, *learning.TABLES, *promises.TABLES, *network.TABLES)

HEAD = """# Facts behind the figures of {partnership}

As at any day up to {as_at}, as known {known}. Rows, not results: nothing here is a standing, a coverage or a share.

Every file is CSV in UTF-8, with the names of its columns in the first row. Days are written 2026-03-31 and are
London's; moments have their distance from UTC; flags are 1 or 0; empty means that nothing is said. What was corrected
stands as it was corrected, and what was replaced is not here, save where a table says so.

There is no name, address, job title or anything that somebody wrote. Agencies, people, posts, places of work and the
like stand by a key, which is the same in every file of this bundle and in no other bundle. **It is personal data all
the same**: whoever knows a small agency may recognise somebody by a start date. Keep it as you would a payroll, send it
encrypted, delete it when the audit is over, and publish nothing from it that has not been through the rule for small
numbers.

To work the figures out: `python3 recompute FOLDER --on 2026-03-31` with the program that comes beside this product
(`scripts/recompute` and the folder `scripts/recomputing`; Python 3.11 alone).
"""


class NotWritten(Exception):
    """The bundle cannot be written; the text says why."""


@contextmanager
def bundle(asked: Asked, folder: Path) -> Iterator[int]:
    """A bundle in a new folder, which its owner alone can read: there at the end of the block, whole or not at all.

    How many rows it has is told before, to be put on record.
    """
    unfinished = folder.with_name(folder.name + ".unfinished")
    if folder.exists():
        raise NotWritten(f"{folder} is there already. Name a new folder.")
    if unfinished.exists():
        raise NotWritten(
            f"{unfinished} is left from an export that was stopped, or another is at work. Delete it first."
        )
    try:
        unfinished.mkdir(mode=0o700)
    except OSError as error:
        raise NotWritten(f"{folder} cannot be made: {error.strerror}.") from None
    try:
        with transaction.atomic():
            _as_of_one_moment()
            counts = {table.name: _write(table, asked, unfinished) for table in TABLES}
        _say(asked, counts, unfinished)
        yield sum(counts.values())
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished)
        raise


def _as_of_one_moment() -> None:
    """All tables as they stood when the first was read; SQLite's transactions are so by themselves."""
    if connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _write(table: Table, asked: Asked, folder: Path) -> int:
    """One file, row by row."""
    count = 0

    def counted(rows: Iterable[list[str]]) -> Iterator[list[str]]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    with _new(folder / f"{table.name}.csv") as file:
        for piece in csv_pieces(table.head, counted(table.rows(asked))):
            file.write(piece)
    return count


def _new(path: Path) -> TextIO:
    """A file that its owner alone can read."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return os.fdopen(handle, "w", encoding="utf-8", newline="")


def _say(asked: Asked, counts: dict[str, int], folder: Path) -> None:
    """What is in it, and the sums."""
    known = "now" if asked.known_at is None else f"at {asked.known_at.isoformat()}"
    with _new(folder / "README.md") as file:
        file.write(HEAD.format(partnership=asked.partnership.title, as_at=asked.as_at, known=known))
        for table in TABLES:
            file.write(
                f"\n## {table.name}.csv ({counts[table.name]:,} rows)\n\n{table.says}\n\n| Column | Says |\n|---|---|\n"
            )
            file.writelines(f"| `{column.name}` | {column.says} |\n" for column in table.columns)
    with _new(folder / "SHA256SUMS") as file:
        for path in sorted(folder.glob("*")):
            if path.name != "SHA256SUMS":
                with path.open("rb") as written:
                    file.write(f"{hashlib.file_digest(written, 'sha256').hexdigest()}  {path.name}\n")
