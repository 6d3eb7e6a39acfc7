"""Values from outside as a CSV file: the template that is given out, and what comes back. Pure."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from .models import Indicator
from .pack import Frequency
from .periods import Period, ended
from .values import BadNumber, Said, Wrong, whole_number

HEAD = ("indicator", "title", "part", "from", "to", "how_many", "out_of", "what_it_means", "who_said_so", "why_changed")
NEEDED = tuple(name for name in HEAD if name not in ("title", "part", "why_changed"))
LARGEST_FILE = 1_000_000
MOST_ROWS = 2_000
DAYS = ("%d/%m/%Y", "%Y-%m-%d")


@dataclass(frozen=True, slots=True)
class Read:
    """What a file says: its values, what cannot be read, and how many rows were left empty."""

    said: tuple[Said, ...]
    wrong: tuple[Wrong, ...]
    empty: int


def template_rows(indicators: Sequence[Indicator], on: date) -> list[list[str]]:
    """A row for each indicator that takes values, for the last period that is over."""
    rows = []
    for each in indicators:
        period = ended(Frequency(each.frequency), on, 1)[0]
        days = [f"{day:%d/%m/%Y}" for day in (period.first, period.last)]
        rows.append([each.code, each.title, "", *days, "", "", "", "", ""])
    return rows


def read_values(content: bytes) -> Read:
    """The rows of a file. One without a number is left out, as it came in the template."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text:
        return _unreadable("This is not a CSV file. Save the sheet as CSV and give that.")
    separator = _separator(text)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        head, *rows = [*lines] or [[]]
    except csv.Error:
        return _unreadable("This file cannot be read as CSV. Save the sheet as CSV again.")
    names = [name.strip().lower().replace(" ", "_") for name in head]
    if missing := [name for name in NEEDED if name not in names]:
        return _unreadable(f"The file has no column '{missing[0]}'. Begin with the template.")
    if twice := [name for name in HEAD if names.count(name) > 1]:
        return _unreadable(f"The file has two columns '{twice[0]}'.")
    if len(rows) > MOST_ROWS:
        return _unreadable(f"The file has more than {MOST_ROWS:,} rows. Give it in parts.")
    return _read(names, rows, separator)


def _read(names: Sequence[str], rows: Sequence[Sequence[str]], separator: str) -> Read:
    said, wrong, empty = [], [], 0
    for number, cells in enumerate(rows, start=2):
        if words := _misshapen(names, cells, separator):
            wrong.append(Wrong(number, "row", words))
            continue
        row = dict.fromkeys(HEAD, "") | dict(zip(names, (cell.strip() for cell in cells), strict=False))
        if not row["how_many"]:
            empty += 1
            continue
        mistakes = list(_mistakes(number, row))
        wrong += mistakes
        if not mistakes:
            said.append(_said(number, row))
    return Read(tuple(said), tuple(wrong), empty)


def _misshapen(names: Sequence[str], cells: Sequence[str], separator: str) -> str:
    """Why what came as one row is none: nothing that was written may be lost without a word."""
    if len(cells) > len(names):
        sign = "a tab" if separator == "\t" else f"'{separator}'"
        return f"It has more values than the first row. Put a value that holds {sign} between quotation marks."
    places = [names.index("from"), names.index("to")]
    later = (line.split(separator) for cell in cells for line in cell.splitlines()[1:])
    if any(len(parts) > max(places) and all(_day(parts[place].strip()) for place in places) for parts in later):
        return "It runs on into the next row. Take away the quotation mark that was opened in it by mistake."
    return ""


def _separator(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _unreadable(words: str) -> Read:
    return Read((), (Wrong(0, "file", words),), 0)


def _mistakes(number: int, row: Mapping[str, str]) -> Iterator[Wrong]:
    for name in ("from", "to"):
        if _day(row[name]) is None:
            yield Wrong(number, name, f"'{row[name][:40]}' in '{name}' is not a day. Write it as 30/09/2026.")
    for name in ("how_many", "out_of"):
        if row[name]:
            try:
                whole_number(row[name])
            except BadNumber as error:
                yield Wrong(number, name, str(error))


def _said(number: int, row: Mapping[str, str]) -> Said:
    first, last = _day(row["from"]), _day(row["to"])
    assert first is not None and last is not None, "mistakes in days were told before"
    return Said(
        code=row["indicator"].upper(),
        part=row["part"],
        period=Period(first, last),
        numerator=whole_number(row["how_many"]),
        denominator=whole_number(row["out_of"]) if row["out_of"] else None,
        narrative=row["what_it_means"],
        said_by=row["who_said_so"],
        why=row["why_changed"],
        row=number,
    )


def _day(text: str) -> date | None:
    for shape in DAYS:
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None
