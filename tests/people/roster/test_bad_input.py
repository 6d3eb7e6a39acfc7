"""Hostile and broken files: a clear message, the same process, nothing written."""

import io
import os
import zipfile

import pytest

from tests.people.roster.files import TEMPLATE, csv_file, row, workbook, xlsx_file
from training.people.models import Person, RosterImport, RosterRow
from training.people.roster import read
from training.people.roster.limits import Refused


def zipped(**members: bytes) -> io.BytesIO:
    """A zip with these members."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    data.seek(0)
    return data


def bomb() -> io.BytesIO:
    """A small file that unpacks to 600 MB."""
    return zipped(**{"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b"0" * 600 * 2**20})


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


BAD = {
    "empty": (io.BytesIO, "The file is empty."),
    "blank lines": (lambda: io.BytesIO(b"\r\n \r\n"), "The file is empty."),
    "PDF": (lambda: io.BytesIO(b"%PDF-1.7 ..."), "This is a PDF, not a roster."),
    "image": (lambda: io.BytesIO(b"\x89PNG\r\n\x1a\n..."), "This is an image, not a roster."),
    "old Excel": (lambda: io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "This is a file of an old Office version"),
    "binary": (lambda: io.BytesIO(b"employee_ref\x00\x01"), "This is not a text file or a workbook."),
    "zip": (lambda: zipped(a=b"hello"), "This is a zip file, not a workbook."),
    "half a workbook": (lambda: io.BytesIO(xlsx_file(row()).read()[:900]), "The workbook is damaged."),
    "climbing member": (
        lambda: zipped(**{"xl/workbook.xml": b"", "../x": b""}),
        "The workbook holds parts with strange",
    ),
    "zip bomb": (bomb, "The workbook unpacks to more than 256 MB."),
    "far cell": (far_cell, "The sheet has a cell in column XFD."),
    "far cell, quietly": (lambda: far_cell(quietly=True), "The file could not be read within the limits"),
    "million rows": (million_rows, "The sheet goes down to row"),
    "million lines": (
        lambda: io.BytesIO(b"employee_ref,last_name,start_date,role_group\n" + b"1,2,3,4\n" * 1_000_000),
        "The file has more than 150,000 rows.",
    ),
    "no rows": (csv_file, "The file has column names and no rows."),
    "no header": (lambda: csv_file(columns=("7", "Example")), "The first row does not hold the names of columns."),
    "missing columns": (lambda: csv_file(row(), columns=("employee_ref",)), "The file has no column for: last_name"),
    "too many columns": (
        lambda: csv_file(row(), columns=(*TEMPLATE, *map(str, range(90)))),
        "The file has 109 columns.",
    ),
    "endless cell": (lambda: csv_file(row(team="x" * 200_000)), "The file cannot be read as CSV near line"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_words_and_nothing_is_written(look, name):
    make, message = BAD[name]
    process = os.getpid()
    with pytest.raises(Refused) as refusal:
        look(make())
    assert str(refusal.value).startswith(message)
    assert os.getpid() == process
    assert [RosterImport.objects.count(), RosterRow.objects.everywhere(reason="test").count()] == [0, 0]
    assert Person.objects.everywhere(reason="test").count() == 0


def test_a_file_that_takes_too_long_is_given_up(look, monkeypatch):
    monkeypatch.setattr(read, "WALL_SECONDS", 0.5)
    monkeypatch.setattr(read, "START", "import time; time.sleep(60)")
    with pytest.raises(Refused, match="took more than"):
        look(csv_file(row()))


def test_the_child_sees_nothing_of_our_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "canary")
    tell = 'import json, os; print(json.dumps({"refused": " ".join(sorted(os.environ.values()))}), end="")'
    monkeypatch.setattr(read, "START", tell)
    with pytest.raises(Refused) as refusal:
        read.read_roster(csv_file(row()))
    assert "canary" not in str(refusal.value)


def test_the_child_is_confined(monkeypatch):
    """It runs out of memory where the machine would not."""
    greedy = "import sys; sys.path.insert(0, sys.argv[1]); from training.people.roster import child; "
    monkeypatch.setattr(read, "START", greedy + "child.confine(); bytearray(2**31)")
    with pytest.raises(Refused, match="limits of memory and time"):
        read.read_roster(csv_file(row()))
