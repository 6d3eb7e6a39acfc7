"""A messy file in the shape of an ESR extract, 12,000 rows by default, with every awkwardness that real ones have.

`python -m tests.people.files.messy FILE [ROWS]` writes it, for HR's pages.
"""

import csv
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

HEADER = (
    *("VPD", "Employee Number", "Assignment No.", "Title", "First Name", "Last Name", "Preferred Name", "Work Email"),
    *("Org L3", "Org L4", "Position Title", "Staff Group", "Job Role", "Area of Work", "Pay Band", "FTE"),
    *("Contracted Hours", "Assignment Category", "Assignment Status", "Start Date in Position", "Latest Start Date"),
    *("Actual Termination Date", "Supervisor Employee Number", "Location", "Cost Centre", "NI Number", "Date of Birth"),
    *("Ethnic Origin", "Home Address", "Religious Belief", "Lanyard"),
)
ASSIGNMENT = "Assignment No."
TITLES = ("Midwife", "Comm Midwife B6", "Staff Nurse - ED", "Ward Sister", "HCA", "Admin Asst", "Zookeeper")
STATUSES = (
    "Active Assignment",
    "Active",
    "Maternity & Adoption",
    "Career Break",
    "Suspend With Pay",
    "Bank Assignment",
)
CATEGORIES = ("Permanent", "Fixed Term Temp", "Bank", "Honorary", "Secondment", "permanent ")
CANARY = "canary-that-must-not-be-held"
DAY = date(2026, 11, 2)


@dataclass(frozen=True)
class Messy:
    """The file, how many of its rows can be used, and how many must be refused."""

    content: bytes
    usable: int
    refused: int


def messy_file(rows: int = 12_000, *, agency_code: str = "SVH", shuffled: bool = False) -> Messy:
    """Semicolons, Windows-1252, blank lines, several forms of days, second assignments, managers further down."""
    made = list(_rows(rows, agency_code))
    refused = sum(row["Lanyard"] == "bad" for row in made)
    if shuffled:
        made = [*made[1::2], *made[::2]]
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER, delimiter=";", restval="")
    writer.writeheader()
    for number, row in enumerate(made):
        writer.writerow(row)
        if number % 1000 == 999:
            text.write("\r\n;;;\r\n")
    return Messy(text.getvalue().encode("cp1252"), len(made) - refused, refused)


def _rows(rows: int, agency_code: str) -> Iterator[dict[str, str]]:
    for number in range(rows):
        is_second = number % 10 == 9
        holder = number - 1 if is_second else number
        row = _row(holder, agency_code)
        row[ASSIGNMENT] = f"{row['Employee Number']}-2" if is_second else row["Employee Number"]
        row["Position Title"] = TITLES[number % len(TITLES)]
        row["Assignment Category"] = CATEGORIES[number % len(CATEGORIES)]
        row["Assignment Status"] = STATUSES[number % len(STATUSES)]
        row |= _days(number)
        row["Lanyard"] = "green"
        yield row | _badly(number)


def _row(holder: int, agency_code: str) -> dict[str, str]:
    return {
        "VPD": agency_code if holder % 2 else "",
        "Employee Number": f"{holder:08}",
        "First Name": f"Zoë{holder}" if holder % 7 == 0 else f"Sam{holder}",
        "Last Name": f"O’Example-{holder}" if holder % 5 == 0 else f"Example{holder}",
        "Work Email": f"STAFF{holder}@svh.example" if holder % 3 else "none yet",
        "Org L3": "Acute",
        "Org L4": f"Ward {holder % 90}",
        "FTE": ("1", "0.80", "", "50%")[holder % 4],
        "Supervisor Employee Number": f"{(holder // 12 + 1) * 10:08}" if holder % 11 else "99999999",
        "Location": f"SITE {holder % 20}",
        "NI Number": CANARY,
        "Date of Birth": CANARY,
        "Ethnic Origin": CANARY,
        "Home Address": CANARY,
        "Religious Belief": CANARY,
    }


def _days(number: int) -> dict[str, str]:
    start = DAY - timedelta(days=30 + number % 4000)
    forms = ("%d-%b-%Y", "%Y-%m-%d", "%d/%m/%Y", "%Y/%m/%d 00:00:00", "%d %B %Y")
    ends = DAY + timedelta(days=400)
    return {
        "Start Date in Position": start.strftime(forms[number % len(forms)]),
        "Actual Termination Date": ("31-Dec-4712", "", ends.strftime("%d-%b-%Y"))[number % 3],
    }


def _badly(number: int) -> dict[str, str]:
    """Some rows that cannot be used: 'bad' in the last column counts them."""
    wrong = {
        101: {"Start Date in Position": "30/02/2024"},
        202: {"Assignment Status": "Gardening leave?"},
        303: {"Start Date in Position": ""},
        404: {"VPD": "OTHER"},
        505: {"FTE": "lots"},
        606: {"First Name": "", "Last Name": ""},
    }.get(number % 1000)
    return {} if wrong is None else wrong | {"Lanyard": "bad"}


if __name__ == "__main__":
    made = messy_file(int(sys.argv[2]) if len(sys.argv) > 2 else 12_000)
    Path(sys.argv[1]).write_bytes(made.content)
    print(f"{made.usable} rows can be used, {made.refused} must be refused")
