"""The one writer of figures into files: values that have passed `suppress`, as text and numbers, and nothing else.

A cell that a spreadsheet could take for a formula is given an apostrophe in front, in CSV and XLSX alike.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from xlsxwriter import Workbook

from .table import Dimensions, TableRow

Value = str | int
FORMULA = ("=", "+", "-", "@", "\t", "\r")
MARKS = frozenset({"-", "*", "n/a"})


def coverage_head(by: Dimensions) -> list[str]:
    """The heads of the columns."""
    return [*by.names, "in_date", "asked", "percent", "left_out"]


def coverage_rows(rows: Iterable[TableRow], titles: Sequence[Mapping[str, str]] = ()) -> list[list[Value]]:
    """The table as values: numbers where they are shown, marks where not.

    `titles` may say, for each dimension, what its codes are called; a code without a title stands as it is.
    """
    return [
        [
            *_titled(row.codes, titles),
            _number(row.figure.numerator_text),
            _number(row.figure.denominator_text),
            _number(row.figure.percent_text.removesuffix("%")),
            _number(row.excluded.numerator_text),
        ]
        for row in rows
    ]


def _titled(codes: Sequence[str], titles: Sequence[Mapping[str, str]]) -> list[str]:
    if not titles:
        return list(codes)
    return [names.get(code, code) for code, names in zip(codes, titles, strict=True)]


def csv_text(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """A CSV file, the same bytes for the same values."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(neutral(value) for value in head)
    writer.writerows([neutral(value) for value in row] for row in rows)
    return out.getvalue()


def xlsx_bytes(title: str, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A workbook with one visible sheet of values."""
    out = io.BytesIO()
    options = {"constant_memory": True, "in_memory": False, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(head) - 1, 18)
        for number, row in enumerate([head, *rows]):
            for column, value in enumerate(row):
                _write(sheet, number, column, neutral(value), bold if number == 0 else None)
    return out.getvalue()


def neutral(value: Value) -> Value:
    """The value, harmless to a spreadsheet; a mark of `suppress` is harmless already."""
    if isinstance(value, str) and value not in MARKS and value.startswith(FORMULA):
        return f"'{value}"
    return value


def _number(text: str) -> Value:
    return int(text) if text.isdecimal() else text


def _write(sheet, row: int, column: int, value: Value, look) -> None:  # type: ignore[no-untyped-def]
    if isinstance(value, int):
        sheet.write_number(row, column, value, look)
    else:
        sheet.write_string(row, column, value, look)
