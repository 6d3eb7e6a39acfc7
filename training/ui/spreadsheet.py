"""The one writer of files for spreadsheets: text and numbers, on visible sheets, and nothing else.

A cell that a spreadsheet could take for a formula is given an apostrophe in front, in CSV and XLSX alike. Small
numbers have passed `suppress` before they come here.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter import Workbook

Value = str | int
FORMULA = frozenset("=+-@\t\r\uff1d\uff0b\uff0d\uff20")  # the last four: full width
MARKS = frozenset({"-", "*", "n/a"})
LINES_A_PIECE = 2000
BOM = "\ufeff"


def csv_file(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """A CSV file in pieces, as a browser saves it: marked as Unicode, or Excel would misread every accent."""
    yield BOM
    yield from csv_pieces(head, rows)


def csv_text(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """A CSV file, the same bytes for the same values."""
    return "".join(csv_pieces(head, rows))


def csv_pieces(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """A CSV file in pieces, for files too long to hold."""
    left = iter(rows)
    piece: list[Sequence[Value]] = [head]
    while piece:
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerows(
            # Most values are harmless: to ask `neutral` of each of five million takes longer than writing them.
            [neutral(value) if isinstance(value, str) and value[:1] in FORMULA else value for value in row]
            for row in piece
        )
        yield out.getvalue()
        piece = list(islice(left, LINES_A_PIECE))


def xlsx_bytes(title: str, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A workbook with one visible sheet of values."""
    return xlsx_book([(title, head, rows)])


Sheet = tuple[str, Sequence[str], Iterable[Sequence[Value]]]
"""Its title, its head and its rows."""

MADE_AT = datetime(2000, 1, 1)  # not when it was made: the same values make the same bytes


def xlsx_book(sheets: Iterable[Sheet]) -> bytes:
    """A workbook with a visible sheet of values for each table, the same bytes for the same values."""
    out = io.BytesIO()
    options = {"constant_memory": True, "in_memory": False, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        book.set_properties({"created": MADE_AT})
        bold = book.add_format({"bold": True})
        for title, head, rows in sheets:
            sheet = book.add_worksheet(title[:31])
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(head) - 1, 18)
            for number, row in enumerate([head, *rows]):
                for column, value in enumerate(row):
                    _write(sheet, number, column, neutral(value), bold if number == 0 else None)
    return out.getvalue()


LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can tell: the same files make the same bytes


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Files in one, the same bytes for the same files."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as bundle:
        for name, content in files:
            about = ZipInfo(name, LONG_AGO)
            about.compress_type, about.external_attr = ZIP_DEFLATED, 0o644 << 16
            bundle.writestr(about, content)
    return out.getvalue()


def neutral(value: Value) -> Value:
    """The value, harmless to a spreadsheet; a mark of `suppress` is harmless already."""
    if isinstance(value, str) and value[:1] in FORMULA and value not in MARKS:
        return f"'{value}"
    return value


def _write(sheet, row: int, column: int, value: Value, look) -> None:  # type: ignore[no-untyped-def]
    if isinstance(value, int):
        sheet.write_number(row, column, value, look)
    else:
        sheet.write_string(row, column, value, look)
