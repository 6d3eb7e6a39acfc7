"""XLSX and ODS workbooks: the zip is looked over by hand before any parser sees it. For the confined child."""

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from training.people.roster.limits import MOST_COLUMNS, MOST_MEMBERS, MOST_ROWS, MOST_UNPACKED_BYTES, Refused

CHUNK = 2**20
OVERLAP = 1024
ROW = re.compile(rb"<(?:\w+:)?row[ >]")
ROW_NUMBER = re.compile(rb'<(?:\w+:)?row [^>]{0,40}?\br="([0-9]{1,9})"')
WIDE_CELL = re.compile(rb' r="([A-Z]{2,4})[0-9]+"')
# Repeated and not empty: a cell that holds something says what type of value it is.
FULL_ROW_REPEATED = re.compile(
    rb'<table:table-row [^>]{0,200}?number-rows-repeated="([0-9]{1,9})"[^>]{0,200}>\s*'
    rb"<table:table-cell [^>]{0,200}?value-type"
)
FULL_CELL_REPEATED = re.compile(
    rb'<table:table-cell (?=[^>]{0,300}?value-type)[^>]{0,300}?number-columns-repeated="([0-9]{1,9})"'
)
BROKEN = "The workbook is damaged. Open it, save it again as .xlsx and try once more."
TOO_MUCH = f"The workbook unpacks to more than {MOST_UNPACKED_BYTES // 2**20} MB. A roster is far smaller."


def look_over(data: bytes) -> None:
    """Refuse bombs, strange members and sheets that claim more cells than a roster has, without parsing."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _look_over(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise Refused(BROKEN) from None


def _look_over(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    names = [member.filename for member in members]
    if len(members) > MOST_MEMBERS:
        raise Refused(f"The workbook holds {len(members)} parts. A roster has a few.")
    if any(name.startswith("/") or ".." in name or "\\" in name for name in names):
        raise Refused("The workbook holds parts with strange names. Save the roster again as .xlsx.")
    if not ("xl/workbook.xml" in names or {"content.xml", "mimetype"} <= set(names)):
        raise Refused("This is a zip file, not a workbook. Save the roster as .xlsx or CSV.")
    if any(member.flag_bits & 1 for member in members):
        raise Refused("The workbook is locked with a password. Save it without one and try again.")
    if len(set(names)) != len(names):
        raise Refused(BROKEN)
    room = MOST_UNPACKED_BYTES
    for member in members:
        room -= _unpacked(archive, member, room)


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, room: int) -> int:
    """How many bytes a member holds, counted as it streams by; its rows and columns are counted on the way."""
    size = rows = 0
    tail = b""
    is_sheet = member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml")
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > room:
                raise Refused(TOO_MUCH)
            if member.filename == "content.xml":
                _check_repeats(tail + chunk)
                tail = chunk[-OVERLAP:]
            if is_sheet:
                seen = tail + chunk
                _check_places(seen)
                rows += len(ROW.findall(seen)) - len(ROW.findall(tail))
                _check_rows(rows)
                tail = seen[-OVERLAP:]
    return size


def _check_repeats(seen: bytes) -> None:
    """An ODS says 'this row, a million times': harmless for the empty rows at a sheet's end, a bomb for others."""
    _check_rows(max(map(int, FULL_ROW_REPEATED.findall(seen)), default=0))
    if max(map(int, FULL_CELL_REPEATED.findall(seen)), default=0) > MOST_COLUMNS:
        raise Refused(f"The sheet repeats a cell more often than there are columns. The most is {MOST_COLUMNS}.")


def _check_places(seen: bytes) -> None:
    """The places that cells and rows claim."""
    for letters in set(WIDE_CELL.findall(seen)):
        if column_number(letters.decode()) > MOST_COLUMNS:
            raise Refused(f"The sheet has a cell in column {letters.decode()}. The most is {MOST_COLUMNS} columns.")
    _check_rows(max(map(int, ROW_NUMBER.findall(seen)), default=0))


def _check_rows(rows: int) -> None:
    if rows > MOST_ROWS + 1:
        raise Refused(f"The sheet goes down to row {rows:,} or further. The most is {MOST_ROWS:,} rows.")


def column_number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def workbook_lines(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first visible sheet, every cell as text, numbered as the sheet shows them."""
    look_over(data)
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        shown = [each.name for each in book.sheets_metadata if each.visible == calamine.SheetVisibleEnum.Visible]
        sheet = book.get_sheet_by_name(shown[0]) if shown else book.get_sheet_by_index(0)
    except (calamine.CalamineError, IndexError):
        raise Refused(BROKEN) from None
    first = sheet.start[0] + 1 if sheet.start else 1
    for number, row in enumerate(sheet.to_python(skip_empty_area=True), start=first):
        yield number, [cell if type(cell) is str else as_text(cell) for cell in row]


def as_text(cell: Any) -> str:
    """A cell as its owner sees it: whole numbers without '.0', days in ISO form."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return str(cell)
