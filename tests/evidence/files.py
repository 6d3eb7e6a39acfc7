"""Completion files made for tests."""

from typing import Any

from tests.people.roster import files

TEMPLATE = (
    "agency_code",
    "employee_ref",
    "course_code",
    "external_title",
    "completed_on",
    "expires_on",
    "provider",
    "score",
    "evidence_ref",
)
ESR = (
    "Competency Name",
    "Competence Level",
    "Min Requirement",
    "Essential",
    "Expiry Date",
    "Compliance Status",
    "Description",
    "Date Start",
    "Date Last Awarded",
    "Title",
    "Last Updated By",
    "VPD",
)
DONE = {"agency_code": "SVH", "employee_ref": "1", "course_code": "DA-A1", "completed_on": "2026-03-02"}
AWARDED = {
    "Competency Name": "457|LOCAL|Module title DA-A1 - 2 Years|",
    "Expiry Date": "02-Mar-2028",
    "Compliance Status": "GREEN",
    "Date Start": "2022/01/10 00:00:00",
    "Date Last Awarded": "02-Mar-2026",
    "Last Updated By": "1",
    "VPD": "457",
}


def done(**more: str) -> dict[str, str]:
    """A row of the template: employee 1 did DA-A1 on 2 March 2026."""
    return DONE | more


def awarded(**more: str) -> dict[str, str]:
    """A row of ESR's export that says the same of somebody."""
    return AWARDED | {name.replace("_", " "): value for name, value in more.items()}


def csv_file(*rows: dict[str, str], columns: tuple[str, ...] = TEMPLATE, **more: Any):
    """The rows as CSV."""
    return files.csv_file(*rows, columns=columns, **more)


def xlsx_file(*rows: dict[str, Any], columns: tuple[str, ...] = TEMPLATE, **more: Any):
    """The rows as a workbook."""
    return files.xlsx_file(*rows, columns=columns, **more)
