"""Which column of a file holds what, and which columns must never be held here.

The names are those of the roster template and of the NHS's Electronic Staff Record extracts, with the usual
words of councils, schools and charities. Data only: the confined child reads it, so nothing of Django is imported.
"""

import re
from dataclasses import dataclass

# Field -> the headers that may hold it, the best first.
ALIASES: dict[str, tuple[str, ...]] = {
    "agency_code": ("agency code", "agency", "employer code", "vpd"),
    "employee_ref": (
        "employee ref",
        "employee reference",
        "employee number",
        "employee no",
        "employee id",
        "payroll number",
        "payroll no",
        "person id",
        "person ref",
        "staff id",
        "staff number",
        "staff ref",
        "collar number",
        "shoulder number",
    ),
    "assignment_ref": (
        "assignment ref",
        "assignment reference",
        "assignment number",
        "assignment no",
        "position number",
        "post ref",
        "post number",
    ),
    "first_name": ("first name", "forename", "given name"),
    "last_name": ("last name", "surname", "family name"),
    "preferred_name": ("preferred name", "known as"),
    "work_email": ("work email", "work e mail", "work email address", "email", "e mail", "email address"),
    "post_title": ("post title", "position title", "job title", "job role", "rank grade", "role"),
    "team": ("team", "department", "ward", "service", "directorate", "org l5", "org l4", "org l3", "department bcu"),
    "site_code": ("site code", "site", "location", "workplace", "location code"),
    "locality_code": ("locality code", "locality", "district code", "district"),
    "role_group": ("role group", "role group code"),
    "designations": ("designations", "designation", "duties"),
    "employment_type": ("employment type", "assignment category", "contract type", "contract"),
    "start_date": (
        "start date",
        "start date in position",
        "position start date",
        "latest start date",
        "date started",
        "start",
    ),
    "end_date": ("end date", "actual termination date", "termination date", "leaving date", "date left", "end"),
    "status": ("status", "assignment status", "post status"),
    "fte": ("fte", "full time equivalent", "wte"),
    "manager_ref": (
        "manager ref",
        "manager reference",
        "supervisor employee number",
        "manager employee number",
        "manager number",
        "manager no",
        "line manager number",
    ),
}
TEMPLATE = tuple(ALIASES)  # the columns of the roster template, in its order
NEEDED = ("employee_ref", "last_name", "start_date")
NEEDED_ONE_OF = ("role_group", "post_title")

# Any header that holds one of these words or phrases is dropped unread.
FORBIDDEN = (
    "ni number",
    "ni no",
    "nino",
    "national insurance",
    "date of birth",
    "birth date",
    "birth",
    "dob",
    "age",
    "address",
    "home phone",
    "home telephone",
    "home email",
    "postcode",
    "post code",
    "personal email",
    "personal mobile",
    "ethnicity",
    "ethnic",
    "ethnic origin",
    "race",
    "nationality",
    "religion",
    "religious",
    "belief",
    "health",
    "disability",
    "disabled",
    "sickness",
    "absence reason",
    "medical",
    "sexual orientation",
    "sexuality",
    "orientation",
    "sex",
    "gender",
    "marital status",
    "marital",
    "trade union",
    "union",
    "political",
    "criminal",
    "conviction",
    "convictions",
    "dbs",
    "bank account",
    "bank details",
    "bank sort code",
    "sort code",
    "account number",
    "iban",
    "salary",
    "nhs number",
    "passport",
    "next of kin",
    "emergency contact",
)
_FORBIDDEN = re.compile(r"\b(" + "|".join(re.escape(words) for words in FORBIDDEN) + r")\b")
_FIELD_OF = {alias: (field, place) for field, aliases in ALIASES.items() for place, alias in enumerate(aliases)}
LONGEST_HEADER = 60


@dataclass(frozen=True, slots=True)
class Columns:
    """What the header row says: where each field stands, what is dropped, what has no meaning here."""

    places: dict[str, int]
    dropped: list[str]
    ignored: list[str]


def plain(header: str) -> str:
    """A header in small letters, its words apart by one space: 'Employee_Number ' and 'EmployeeNumber' are one."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", apart.lower()).split())


def is_forbidden(header: str) -> bool:
    """Whether this column holds what must not be here: health, beliefs, home, money and the like."""
    return _FORBIDDEN.search(plain(header)) is not None


def recognise(headers: list[str]) -> Columns:
    """Where each field stands. Of two columns for one field the better name is used and the other ignored."""
    best: dict[str, tuple[int, int]] = {}
    dropped: list[str] = []
    for index, header in enumerate(headers):
        known = _FIELD_OF.get(plain(header))
        if known is not None:
            field, place = known
            if field not in best or place < best[field][0]:
                best[field] = (place, index)
        elif is_forbidden(header):
            dropped.append(header[:LONGEST_HEADER])
    used = {index for _place, index in best.values()}
    ignored = [
        header[:LONGEST_HEADER]
        for index, header in enumerate(headers)
        if header.strip() and index not in used and header[:LONGEST_HEADER] not in dropped
    ]
    return Columns({field: index for field, (_place, index) in best.items()}, dropped, ignored)


def missing(fields: list[str] | dict[str, int]) -> list[str]:
    """The needed columns that are not there, as the template names them."""
    absent = [field for field in NEEDED if field not in fields]
    if not any(field in fields for field in NEEDED_ONE_OF):
        absent.append(" or ".join(NEEDED_ONE_OF))
    return absent
