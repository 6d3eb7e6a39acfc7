"""Bad completion files, made here: of each, what is said of it, and of which row. `python -m tests.evidence.bad_files
FOLDER` writes them out, to be tried by hand."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

from tests.evidence.files import ESR, TEMPLATE, awarded, csv_file, done, xlsx_file
from tests.people.files.rosters import bomb, far_cell, million_rows, zipped
from tests.people.roster.files import workbook

Made = Callable[[], io.BytesIO]


def raw(content: bytes) -> Made:
    """A file of these bytes."""
    return lambda: io.BytesIO(content)


def titled() -> io.BytesIO:
    """A workbook whose first sheet is a title page."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        book.add_worksheet("About").write(0, 0, "Training report of the trust")
        book.add_worksheet("Data").write(0, 0, "employee_ref")
    data.seek(0)
    return data


# The whole file is refused: what is said begins so.
REFUSED: dict[str, tuple[Made, str]] = {
    "empty": (raw(b""), "The file is empty."),
    "blank lines": (raw(b"\r\n \r\n"), "The file is empty."),
    "PDF": (raw(b"%PDF-1.7 ..."), "This is a PDF, not a completion file."),
    "picture": (raw(b"\x89PNG\r\n\x1a\n..."), "This is an image, not a completion file."),
    "web page": (raw(b"<html><table><tr><td>1</td></tr></table>"), "This is a web page or XML, not a completion file."),
    "old Excel": (raw(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "This is a file of an old Office version"),
    "binary": (raw(b"employee_ref\x00\x01"), "This is not a text file or a workbook."),
    "other zip": (lambda: zipped(a=b"hello"), "This is a zip file"),
    "half a workbook": (lambda: io.BytesIO(xlsx_file(done()).read()[:900]), "The workbook is damaged."),
    "zip bomb": (bomb, "The workbook unpacks to more than 256 MB."),
    "far cell": (far_cell, "The sheet has a cell in column XFD."),
    "a million rows": (million_rows, "The sheet goes down to row"),
    "a million lines": (
        raw(b"employee_ref,course_code,completed_on\n" + b"1,DA-A1,2026-03-02\n" * 1_000_000),
        "The file has more than ",
    ),
    "endless cell": (lambda: csv_file(done(evidence_ref="x" * 200_000)), "The file cannot be read as CSV near line"),
    "too many columns": (
        lambda: csv_file(done(), columns=(*TEMPLATE, *map(str, range(99)))),
        "The file has 108 columns.",
    ),
    "two columns of one name": (
        lambda: csv_file(done(), columns=(*TEMPLATE, "Employee ref")),
        'The column "employee_ref" stands twice. Keep one.',
    ),
    "no rows": (csv_file, "The file has column names and no rows."),
    "no header": (lambda: csv_file(columns=("7", "Example")), "The first row does not hold the names of columns."),
    "title page": (titled, "The first row does not hold the names of columns."),
    "no course": (
        lambda: csv_file(done(), columns=("employee_ref", "completed_on")),
        "The file has no column for: course_code or external_title.",
    ),
    "no day": (
        lambda: csv_file(done(), columns=("employee_ref", "course_code")),
        "The file has no column for: completed_on.",
    ),
    "nobody named": (lambda: csv_file(awarded(), columns=ESR), "The file does not say whose training it is"),
    "a roster": (
        raw(b"employee_ref,last_name,start_date,job_title\n1,Example,2024-06-01,Porter\n"),
        "The file has no column for: course_code or external_title.",
    ),
}

# One row is bad, in row 3 of the file: its kind and what is said of it. Row 2 is good and is recorded.
ROWS: dict[str, tuple[dict[str, str], str, str]] = {
    "no reference": ({"employee_ref": ""}, "refused", "employee_ref is empty"),
    "endless reference": ({"employee_ref": "9" * 61}, "refused", "employee_ref is longer than 60 characters"),
    "no course": ({"course_code": ""}, "refused", "course_code and external_title are both empty"),
    "no words in the title": (
        {"course_code": "", "external_title": "|||"},
        "refused",
        "course_code and external_title are both empty",
    ),
    "no day": ({"completed_on": ""}, "refused", "completed_on is empty"),
    "not a day": (
        {"completed_on": "last spring"},
        "refused",
        "completed_on 'last spring' is not a date: write it as 2024-03-31",
    ),
    "no such day": (
        {"completed_on": "2026-02-30"},
        "refused",
        "completed_on '2026-02-30' is not a day of the calendar",
    ),
    "the future": ({"completed_on": "2027-01-01"}, "refused", "completed_on 2027-01-01 is yet to come"),
    "too long ago": (
        {"completed_on": "1066-10-14"},
        "refused",
        "completed_on '1066-10-14' is too far away: a year from 1940 to 2100 is meant",
    ),
    "ends before it begins": (
        {"expires_on": "2026-03-01"},
        "refused",
        "expires_on 2026-03-01 is before completed_on 2026-03-02",
    ),
    "strange end": (
        {"expires_on": "some day"},
        "refused",
        "expires_on 'some day' is not a date: write it as 2024-03-31",
    ),
    "another agency": ({"agency_code": "SVP"}, "refused", "the row is about another agency: 'SVP'"),
    "unknown person": ({"employee_ref": "404"}, "waiting", "nobody on your roster has this employee reference"),
    "unknown course": (
        {"course_code": "", "external_title": "Juggling"},
        "waiting",
        "no module and no entry of the register has this title",
    ),
    "unknown code": ({"course_code": "XX-1"}, "waiting", "no module has this code"),
    "the same again": ({"employee_ref": "1"}, "unchanged", "row 2 says the same"),
}


def row_file(name: str) -> io.BytesIO:
    """A good row, and the bad one after it, of somebody else unless it says whose."""
    return csv_file(done(), done(**{"employee_ref": "2"} | ROWS[name][0]))


def workbook_of_numbers(*, day: int = 46083, **options: bool) -> io.BytesIO:
    """References as numbers and days as Excel counts them: read as they look."""
    cells = {(0, 0): "employee_ref", (0, 1): "course_code", (0, 2): "completed_on"}
    return workbook({**cells, (1, 0): 1, (1, 1): "DA-A1", (1, 2): day}, **options)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for kind, (make, _said) in REFUSED.items():
        (folder / f"{kind.replace(' ', '-')}.bin").write_bytes(make().read())
    for kind in ROWS:
        (folder / f"row-{kind.replace(' ', '-')}.csv").write_bytes(row_file(kind).read())
