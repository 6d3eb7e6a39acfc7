"""Roster files made for tests."""

import csv
import io
from typing import Any

import xlsxwriter

TEMPLATE = (
    "agency_code",
    "employee_ref",
    "assignment_ref",
    "first_name",
    "last_name",
    "preferred_name",
    "work_email",
    "post_title",
    "team",
    "site_code",
    "locality_code",
    "role_group",
    "designations",
    "employment_type",
    "start_date",
    "end_date",
    "status",
    "fte",
    "manager_ref",
)
SAM = {
    "agency_code": "SVH",
    "employee_ref": "00123",
    "assignment_ref": "00123",
    "first_name": "Sam",
    "last_name": "Example",
    "work_email": "Sam.Example@svh.example",
    "post_title": "Midwife - community",
    "team": "Community",
    "site_code": "RTE03",
    "role_group": "MIDWIFE",
    "employment_type": "permanent",
    "start_date": "2023-04-17",
    "status": "active",
    "fte": "1.0",
}


def row(**more: str) -> dict[str, str]:
    """Sam's row, with other values; another employee's assignment is called as the employee is."""
    ref = more.get("employee_ref", SAM["employee_ref"])
    return SAM | {"assignment_ref": ref} | more


def csv_file(*rows: dict[str, str], columns: tuple[str, ...] = TEMPLATE, encoding="utf-8", sign=",") -> io.BytesIO:
    """The rows as CSV."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore", delimiter=sign)
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode(encoding))


def workbook(cells: dict[tuple[int, int], Any], **options: Any) -> io.BytesIO:
    """A workbook with these cells on its first sheet."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, **options}) as book:
        sheet = book.add_worksheet()
        days = book.add_format({"num_format": "dd/mm/yyyy"})
        for (down, across), value in sorted(cells.items()):
            if hasattr(value, "isoformat"):
                sheet.write_datetime(down, across, value, days)
            else:
                sheet.write(down, across, value)
    data.seek(0)
    return data


def xlsx_file(*rows: dict[str, Any], columns: tuple[str, ...] = TEMPLATE, first: int = 0) -> io.BytesIO:
    """The rows as a workbook, beginning on a row of the sheet."""
    cells: dict[tuple[int, int], Any] = {(first, across): name for across, name in enumerate(columns)}
    for down, values in enumerate(rows, start=first + 1):
        cells |= {(down, across): values[name] for across, name in enumerate(columns) if values.get(name, "") != ""}
    return workbook(cells)
