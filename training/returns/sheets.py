"""The files that agencies download, fill in and upload: rows of text, read strictly. Pure.

A row that cannot be taken refuses the whole file, with what to do about each.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from training.people.roster.delimited import decoded
from training.people.roster.limits import Refused
from training.ui.spreadsheet import FORMULA
from training.ui.text import digits_in

from .errors import BadFile
from .models import LARGEST

MOST_BYTES = 1_000_000
MOST_ERRORS = 50
LINES_HEAD = ("role_group", "role_group_title", "module", "module_title", "people_trained", "how", "evidence")
COUNTS_HEAD = ("kind", "group", "title", "on_roster", "people")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet shows it, and its cells by the names of their columns."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells[name]


def read_rows(data: bytes, head: Sequence[str], needed: Sequence[str]) -> list[Row]:
    """The rows that say something, by column; columns may stand in any order. BadFile."""
    if len(data) > MOST_BYTES:
        raise BadFile("The file is larger than 1 MB. Download the template again and fill that in.")
    rows = _cells(data)
    names = [name.strip().lower().replace(" ", "_") for name in next(rows, (0, []))[1]]
    missing = [name for name in needed if name not in names]
    if missing:
        raise BadFile(f"The first line has no column called {' or '.join(missing)}. Start from the template.")
    if len(set(names) & set(head)) != len([name for name in names if name in head]):
        raise BadFile("The first line names a column twice. Start from the template.")
    found = []
    for number, cells in rows:
        padded = [cell.strip() for cell in cells] + [""] * len(names)
        said = dict.fromkeys(head, "") | dict(zip(names, padded, strict=False))
        if any(padded):
            found.append(Row(number, said))
    return found


def _cells(data: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = decoded(data)
    except Refused:
        raise BadFile("This is not a CSV file. Save the template as CSV and try again.") from None
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        for number, row in enumerate(reader, start=1):
            if reader.line_num > number:
                raise BadFile(
                    f"A value in line {number} goes on in the next line. Perhaps a quotation mark was opened there by "
                    "mistake: take it away, or write the value on one line."
                )
            yield number, row
    except csv.Error:
        raise BadFile(
            f"The file cannot be read near line {reader.line_num}. Perhaps a quotation mark is opened there or "
            "before, and not closed. Save it as CSV and try again."
        ) from None


def people_in(text: str) -> int:
    """A number of people as typed into a cell; ValueError with what is wrong, for a person."""
    if text[:1] in FORMULA:
        raise ValueError(f"'{text[:20]}' is a formula or no number of people. Type the number itself")
    plain = digits_in(text)
    if not plain:
        raise ValueError(f"'{text[:20]}' is not a whole number")
    if len(plain) > len(str(LARGEST)) or int(plain) > LARGEST:
        raise ValueError(f"{text[:20]} people is more than one agency can have")
    return int(plain)


def plain_words(text: str, most: int) -> str:
    """Words as typed into a cell; ValueError where they are a formula, or too long."""
    if text[:1] in FORMULA:
        raise ValueError(f"'{text[:20]}' begins like a formula. Use words")
    if len(text) > most or not text.isprintable():
        raise ValueError(f"the words are longer than {most} characters, or on several lines")
    return text


def refuse(errors: Sequence[str]) -> None:
    """BadFile where there are any."""
    if not errors:
        return
    more = len(errors) - MOST_ERRORS
    said = (*errors[:MOST_ERRORS], *([f"And {more} more."] if more > 0 else []))
    raise BadFile("Nothing has been saved. Put these rows right and upload the file again.", said)
