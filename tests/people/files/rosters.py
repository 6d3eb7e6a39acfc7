"""Bad and awkward roster files, each with what must come of it. `python -m tests.people.files.rosters FOLDER` makes them.

A file is refused whole, with words; or it has a preview, and then every row that is not plainly new says why.
"""

import io
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tests.people.roster.files import SAM, TEMPLATE, csv_file, row, workbook, xlsx_file

Made = Callable[[], io.BytesIO]
SHORT = ("employee_ref", "last_name", "start_date", "post_title")
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_NAMES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


@dataclass(frozen=True)
class Bad:
    """A file and what must come of it: `refused` begins the words for the whole file, `rows` those for single rows.

    `rows` by row number: its kind, and how its first reason begins.
    """

    make: Made
    refused: str = ""
    rows: dict[int, tuple[str, str]] = field(default_factory=dict)
    ending: str = "csv"


def raw(content: bytes) -> Made:
    return lambda: io.BytesIO(content)


def lines(*texts: str, header: str = ",".join(SHORT), encoding: str = "utf-8") -> Made:
    return raw("\r\n".join([header, *texts]).encode(encoding))


def zipped(**members: bytes) -> io.BytesIO:
    """A zip with these members."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    data.seek(0)
    return data


def bomb() -> io.BytesIO:
    """A small file that unpacks to 320 MB."""
    return zipped(**{"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b"0" * 320 * 2**20})


def far_cell(*, quietly: bool = False) -> io.BytesIO:
    """One cell at each end of the sheet; quietly, in quotes that the first look does not know."""
    plain = workbook({(0, 0): "Employee Number", (1048575, 16383): 1})
    if not quietly:
        return plain
    data = io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            text = old.read(name).replace(b'r="XFD1048576"', b"r='XFD1048576'").replace(b'r="1048576"', b"r='1048576'")
            new.writestr(name, text)
    data.seek(0)
    return data


def million_rows() -> io.BytesIO:
    """A sheet of 1,000,000 rows."""
    rows = b"".join(b"<row><c><v>1</v></c></row>" for _ in range(1000))
    sheet = b"<worksheet><sheetData>" + rows * 1000 + b"</sheetData></worksheet>"
    return zipped(**{"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": sheet})


def with_password() -> io.BytesIO:
    """A zip whose members say that they are locked."""
    data = bytearray(zipped(**{"xl/workbook.xml": b"<a/>"}).read())
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return io.BytesIO(bytes(data))


def laughing() -> io.BytesIO:
    """A workbook whose XML grows by entities."""
    dtd = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{dtd}]><workbook>&l9;</workbook>'
    return zipped(**{"xl/workbook.xml": text.encode(), "[Content_Types].xml": b"<Types/>"})


def ods_file(*rows: tuple[str, ...], more: str = "") -> io.BytesIO:
    """An OpenDocument sheet; a value that looks like a day in ISO form is a day."""
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>" for cells in rows)
    table = f'<table:table table:name="Roster">{body}{more}</table:table>'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{ODS_NAMES} office:version="1.2"><office:body>'
        f"<office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    members = {"mimetype": ODS_TYPE, "content.xml": content, "META-INF/manifest.xml": manifest}
    return zipped(**{name: text.encode() for name, text in members.items()})


def _ods_cell(text: str) -> str:
    if len(text) == 10 and text[4] == text[7] == "-":
        return f'<table:table-cell office:value-type="date" office:date-value="{text}"><text:p>x</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def ods_repeated() -> io.BytesIO:
    """A row that holds something, a million times."""
    return ods_file(
        SHORT,
        more='<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string">'
        "<text:p>1</text:p></table:table-cell></table:table-row>",
    )


def mac_workbook() -> io.BytesIO:
    """Days counted from 1904, one as a day and one as a bare number; the same day."""
    cells = {(0, place): name for place, name in enumerate(SHORT)}
    for down, day in ((1, date(2023, 4, 17)), (2, 43571)):
        cells |= {(down, place): value for place, value in enumerate((f"0{down}", "Example", day, "Midwife"))}
    return workbook(cells, date_1904=True)


NEW, REFUSED = "new", "refused"
WHOLE = {
    "empty": Bad(io.BytesIO, "The file is empty."),
    "blank lines": Bad(raw(b"\r\n \r\n"), "The file is empty."),
    "a PDF": Bad(raw(b"%PDF-1.7 ..."), "This is a PDF, not a roster.", ending="pdf"),
    "an image": Bad(raw(b"\x89PNG\r\n\x1a\n..."), "This is an image, not a roster.", ending="png"),
    "old Excel": Bad(raw(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "This is a file of an old Office version", ending="xls"),
    "a web page": Bad(raw(b"<html><body>Please sign in"), "This is a web page or XML, not a roster."),
    "a gzip": Bad(raw(b"\x1f\x8b\x08\x00"), "This is a compressed file, not a roster.", ending="gz"),
    "a program": Bad(raw(b"MZ\x90\x00\x03"), "This is a program, not a roster.", ending="exe"),
    "binary": Bad(raw(b"employee_ref\x00\x01"), "This is not a text file or a workbook."),
    "half of UTF-16": Bad(raw("employee_ref".encode("utf-16")[:-1]), "This is not a text file or a workbook."),
    "undefined in Windows-1252": Bad(raw(b"employee_ref\x81\xff,x"), "This is not a text file or a workbook."),
    "a zip": Bad(lambda: zipped(a=b"hello"), "This is a zip file, not a workbook.", ending="xlsx"),
    "half a workbook": Bad(
        lambda: io.BytesIO(xlsx_file(row()).read()[:900]), "The workbook is damaged.", ending="xlsx"
    ),
    "climbing member": Bad(
        lambda: zipped(**{"xl/workbook.xml": b"", "../x": b""}), "The workbook holds parts with strange", ending="xlsx"
    ),
    "locked": Bad(with_password, "The workbook is locked with a password.", ending="xlsx"),
    "zip bomb": Bad(bomb, "The workbook unpacks to more than 256 MB.", ending="xlsx"),
    "growing entities": Bad(laughing, "The workbook is damaged.", ending="xlsx"),
    "far cell": Bad(far_cell, "The sheet has a cell in column XFD.", ending="xlsx"),
    "far cell, quietly": Bad(
        lambda: far_cell(quietly=True), "The file could not be read within the limits", ending="xlsx"
    ),
    "million rows": Bad(million_rows, "The sheet goes down to row", ending="xlsx"),
    "a row repeated a million times": Bad(ods_repeated, "The sheet goes down to row", ending="ods"),
    "million lines": Bad(
        raw(b"employee_ref,last_name,start_date,role_group\n" + b"1,2,3,4\n" * 1_000_000),
        "The file has more than 150,000 rows.",
    ),
    "no rows": Bad(csv_file, "The file has column names and no rows."),
    "no header": Bad(lambda: csv_file(columns=("7", "Example")), "The first row does not hold the names of columns."),
    "missing columns": Bad(
        lambda: csv_file(row(), columns=("employee_ref",)),
        "The file has no column for: last_name, start_date, role_group or post_title.",
    ),
    "no reference": Bad(
        lines("Sam Example,2023-04-17,Volunteer", header="Name,Start,Role"),
        "The file has no column for: employee_ref. Give everybody a reference of your own",
    ),
    "too many columns": Bad(
        lambda: csv_file(row(), columns=(*TEMPLATE, *map(str, range(90)))), "The file has 109 columns."
    ),
    "endless cell": Bad(lambda: csv_file(row(team="x" * 200_000)), "The file cannot be read as CSV near line"),
    "a quote that never closes": Bad(
        raw(b'employee_ref,last_name,start_date,post_title\r\n1,"' + b"x\r\n" * 90_000),
        "The file cannot be read as CSV near line",
    ),
    "a quote that swallows the last rows": Bad(
        lines('1,"A,2024-01-01,Midwife', "2,B,2024-01-01,Midwife", "3,C,2024-01-01,Midwife"),
        "The file cannot be read as CSV near line 2: a quotation mark there is not closed",
    ),
    "a quote that swallows the rows up to another": Bad(
        lines("1,A,2024-01-01,Midwife", '2,"B,2024-01-01,Midwife', '3,"C",2024-01-01,Midwife'),
        "The file cannot be read as CSV near line 3: a quotation mark there is not closed",
    ),
    "a quote that swallows a row from the last cell to the first": Bad(
        lines('1,A,2024-01-01,"Midwife', '2",B,2024-01-01,Midwife'), "A value in line 2 goes on in the next line."
    ),
    "a quote that swallows rows and closes at a later separator": Bad(
        lines('1,"A,2024-01-01,Midwife', '2,B",2024-01-01,Midwife', "3,C,2024-01-01,Midwife"),
        "A value in line 2 goes on in the next line.",
    ),
    "all of another agency": Bad(lambda: csv_file(row(agency_code="SVP")), "No row of the file can be used."),
}
BY_ROW = {
    "an impossible day": Bad(
        lines("1,A,30/02/2024,Midwife", "2,B,2024-02-29,Midwife"),
        rows={2: (REFUSED, "start_date: '30/02/2024' is not a day of the calendar"), 3: (NEW, "")},
    ),
    "two orders of days": Bad(
        lines("1,A,13/04/2024,Midwife", "2,B,04/25/2024,Midwife", "3,C,03/04/2024,Midwife"),
        rows={
            2: (NEW, ""),
            3: (REFUSED, "start_date: '04/25/2024' puts the month before the day: write it as 2024-04-25"),
            4: (REFUSED, "start_date: '03/04/2024' could be 2024-04-03 or 2024-03-04"),
        },
    ),
    "all forms of days": Bad(
        lines(
            "1,A,30-Nov-2028,Midwife", "2,B,2025/12/02 00:00:00,Midwife", "3,C,17/04/2023,Midwife", "4,D,45033,Midwife"
        ),
        rows={2: (NEW, ""), 3: (NEW, ""), 4: (NEW, ""), 5: (NEW, "")},
    ),
    "days of words": Bad(
        lines("1,A,No expiry,Midwife", "2,B,soon,Midwife"),
        "No row of the file can be used.",
        rows={2: (REFUSED, "start_date: 'No expiry' is not a date"), 3: (REFUSED, "start_date: 'soon' is not a date")},
    ),
    "a day far away": Bad(
        lines("1,A,1023-04-17,Midwife", "2,B,2023-04-17,Midwife"),
        rows={2: (REFUSED, "start_date: '1023-04-17' is too far away"), 3: (NEW, "")},
    ),
    "the end before the start": Bad(
        lines("1,A,2024-01-01,Midwife,2023-01-01", "2,B,2024-01-01,Midwife,", header=",".join((*SHORT, "end_date"))),
        rows={2: (REFUSED, "end_date 2023-01-01 is before start_date 2024-01-01"), 3: (NEW, "")},
    ),
    "the same row twice": Bad(
        lines("1,A,2024-01-01,Midwife", "2,B,2024-01-01,Midwife", "1,A,2024-01-01,Midwife"),
        rows={2: (NEW, ""), 3: (NEW, ""), 4: ("unchanged", "says the same as row 2, which is used")},
    ),
    "the same person twice": Bad(
        lines("1,A,2024-01-01,Midwife", "2,B,2024-01-01,Midwife", "1,A,2024-02-01,Midwife"),
        rows={
            2: (REFUSED, "the same employee and assignment reference stand in row 4"),
            3: (NEW, ""),
            4: (REFUSED, "the same employee and assignment reference stand in row 2"),
        },
    ),
    "no reference in a row": Bad(
        lines(",A,2024-01-01,Midwife", "2,B,2024-01-01,Midwife"),
        rows={2: (REFUSED, "employee_ref is empty"), 3: (NEW, "")},
    ),
    "National Insurance numbers as references": Bad(
        lines("AB 12 34 56 C,A,2024-01-01,Midwife", "2,B,2024-01-01,Midwife"),
        rows={2: (REFUSED, "employee_ref is empty"), 3: (NEW, "")},
    ),
    "short rows and long rows": Bad(
        lines("1,A", "2,B,2024-01-01,Midwife,too,much"), rows={2: (REFUSED, "start_date is empty"), 3: (NEW, "")}
    ),
    "blank lines between": Bad(
        lines("1,A,2024-01-01,Midwife", "", ",,,", "2,B,2024-01-01,Midwife"), rows={2: (NEW, ""), 5: (NEW, "")}
    ),
    "line breaks in cells": Bad(
        lines('1,"A\r\nB",2024-01-01,Midwife', "2,B,2024-01-01,Midwife"), rows={2: (NEW, ""), 3: (NEW, "")}
    ),
    "letters of Windows-1252": Bad(lines("1,Ünal,2024-01-01,Midwife", encoding="cp1252"), rows={2: (NEW, "")}),
    "UTF-16": Bad(lines("1,Ünal,2024-01-01,Midwife", encoding="utf-16"), rows={2: (NEW, "")}),
    "an unknown status": Bad(
        lambda: csv_file(row(), row(employee_ref="2", status="gardening")),
        rows={2: (NEW, ""), 3: (REFUSED, "status 'gardening' is not known: use active")},
    ),
    "a formula": Bad(
        lines("1,=cmd|' /C calc'!A0,2024-01-01,Midwife", "2,B,2024-01-01,Midwife"), rows={2: (NEW, ""), 3: (NEW, "")}
    ),
    "a manager who is not there": Bad(
        lambda: csv_file(row(manager_ref="404"), row(employee_ref="2", manager_ref="00123")),
        rows={2: (NEW, "manager_ref '404' is not on the roster and was left out"), 3: (NEW, "")},
    ),
    "one's own manager": Bad(
        lambda: csv_file(row(manager_ref=SAM["employee_ref"])),
        rows={2: (NEW, "manager_ref is the person's own and was left out")},
    ),
    "an old Mac's days": Bad(mac_workbook, rows={2: (NEW, ""), 3: (NEW, "")}, ending="xlsx"),
    "OpenDocument": Bad(
        lambda: ods_file(SHORT, ("007", "Example", "2023-04-17", "Midwife")), rows={2: (NEW, "")}, ending="ods"
    ),
}
CASES = WHOLE | BY_ROW


def main(folder: Path) -> None:
    """Make them all, for trying out by hand."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, bad in CASES.items():
        (folder / f"{name}.{bad.ending}").write_bytes(bad.make().read())
    print(f"{len(CASES)} files in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
