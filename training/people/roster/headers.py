"""Which column of a file holds what, and which columns must never be held here.

The names are those of the roster template and of the NHS's Electronic Staff Record extracts, with the usual
words of councils, schools and charities. Data only: the confined child reads it, so nothing of Django is imported.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
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
        "hr person id",
        "staff id",
        "staff number",
        "staff no",
        "staff ref",
        "payroll id",
        "payroll ref",
        "pay number",
        "personnel number",
        "emp no",
        "emp ref",
        "emp id",
        "warrant number",
        "warrant no",
        "collar number",
        "collar no",
        "shoulder number",
        "shoulder no",
        "volunteer id",
    ),
    "assignment_ref": (
        "assignment ref",
        "assignment reference",
        "assignment number",
        "assignment no",
        "assignment id",
        "position number",
        "position no",
        "position id",
        "post ref",
        "post number",
        "post no",
        "post id",
        "contract number",
    ),
    "first_name": ("first name", "firstname", "forename", "forenames", "given name", "given names"),
    "last_name": ("last name", "lastname", "surname", "family name"),
    "preferred_name": ("preferred name", "preferred first name", "known as"),
    "work_email": (
        "work email",
        "work e mail",
        "work email address",
        "work e mail address",
        "office email",
        "email",
        "e mail",
        "email address",
        "e mail address",
    ),
    "post_title": (
        "post title",
        "position title",
        "job title",
        "position name",
        "post name",
        "position",
        "post",
        "job role",
        "job",
        "nwrs role",
        "staff role",
        "role",
        "role title",
        "rank grade",
        "rank",
        "occupation",
    ),
    "team": (
        "team",
        "team name",
        "department",
        "department bcu",
        "ward",
        "pdu",
        "service",
        "service area",
        "unit",
        "section",
        "bcu",
        "directorate",
        *(f"org l{level}" for level in range(8, 2, -1)),
    ),
    "site_code": (
        "site code",
        "site",
        "location",
        "location code",
        "work location",
        "workplace",
        "base",
        "work base",
        "office",
        "practice code",
        "ods code",
        "school",
        "school urn",
        "urn",
        "station",
    ),
    "locality_code": ("locality code", "locality", "district code", "district"),
    "role_group": ("role group", "role group code"),
    "designations": ("designations", "designation", "duties"),
    "employment_type": (
        "employment type",
        "assignment category",
        "contract type",
        "contract",
        "contract status",
        "employee type",
        "worker type",
        "staff type",
        "employment status",
        "officer or staff",
        "officer staff",
        "officer staff pcso special volunteer",
    ),
    "start_date": (
        "start date",
        "start date in position",
        "position start date",
        "post start date",
        "assignment start date",
        "latest start date",
        "contract start date",
        "date started",
        "date of joining",
        "joined",
        "join date",
        "start",
        "from",
        "continuous service date",
    ),
    "end_date": (
        "end date",
        "actual termination date",
        "termination date",
        "position end date",
        "post end date",
        "assignment end date",
        "contract end date",
        "fixed term end date",
        "leaving date",
        "leave date",
        "date left",
        "date of leaving",
        "last day",
        "end",
        "to",
    ),
    "status": ("status", "assignment status", "post status", "leave status"),
    "fte": ("fte", "full time equivalent", "wte", "whole time equivalent", "assignment fte"),
    "manager_ref": (
        "manager ref",
        "manager reference",
        "supervisor employee number",
        "manager employee number",
        "manager employee no",
        "manager number",
        "manager no",
        "manager id",
        "manager payroll number",
        "line manager number",
        "line manager no",
        "line manager id",
        "line manager ref",
        "line manager employee number",
        "line manager person id",
        "line manager collar number",
        "reports to",
    ),
}
TEMPLATE = tuple(ALIASES)  # the columns of the roster template, in its order
# Columns of small offices that the template has no need of: what they say goes into the fields above.
ALIASES |= {
    "full_name": ("name", "full name", "staff name", "employee name", "staff member", "person name", "member of staff"),
    "is_volunteer": ("volunteer", "volunteer flag", "is volunteer", "volunteer y n"),
}
DAYS = ("start_date", "end_date")
# Columns of extracts that nobody needs to be asked about.
NOT_NEEDED = frozenset(
    (
        *("title", "pay band", "band", "grade", "pay grade", "pay scale", "spine point", "cost centre", "cost center"),
        *("contracted hours", "hours", "hours per week", "weekly hours", "weeks per year", "term time", "staff group"),
        *("area of work", "organisation", "organization", "org l1", "org l2", "employer", "business unit", "payroll"),
        *("work phone", "work telephone", "work mobile", "extension", "last updated by", "last updated", "notes"),
        *("comments", "manager name", "line manager", "manager", "line manager name", "supervisor name", "supervisor"),
        *("manager email", "line manager email", "position status", "occupation code", "force", "laestab", "ukprn"),
        *(
            "social work england number",
            "nmc pin",
            "gmc number",
            "professional registration",
            "middle name",
            "initials",
        ),
        *("row", "no", "number", "headcount", "record type", "length of service", "sector"),
    )
)
NEEDED = ("employee_ref", "last_name", "start_date")
MADE_OF = {"last_name": "full_name"}
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
    "dependants",
    "home tel",
    "home mobile",
    "ethnicity code",
    "faith",
    "sick",
    "illness",
    "pregnant",
    "pregnancy",
    "maternity due date",
    "immunisation",
    "vaccination",
    "visa",
    "immigration",
    "right to work",
    "gender identity",
    "transgender",
    "bank name",
    "building society",
    "tax code",
    "driving licence",
    "emergency contact",
)
_FORBIDDEN = re.compile(r"\b(" + "|".join(re.escape(words) for words in FORBIDDEN) + r")\b")
_FIELD_OF = {alias: (field, place) for field, aliases in ALIASES.items() for place, alias in enumerate(aliases)}
LONGEST_HEADER = 60


@dataclass(frozen=True, slots=True)
class Columns:
    """What the header row says: where each field stands, what is dropped, what has no meaning here.

    `unknown` are those of the ignored that nobody has said anything about yet, with their places. `spare` are (field,
    header) of columns that stand aside for a better name of the same field; `twice` are names that stand there twice.
    """

    places: dict[str, int]
    dropped: list[str]
    ignored: list[str]
    unknown: dict[str, int]
    spare: list[tuple[str, str]]
    twice: list[str]


def plain(header: str) -> str:
    """A header in small letters, its words apart by one space: 'Employee_Number ' and 'EmployeeNumber' are one."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", apart.lower()).split())


def is_forbidden(header: str) -> bool:
    """Whether this column holds what must not be here: health, beliefs, home, money and the like."""
    return _FORBIDDEN.search(plain(header)) is not None


def field_of(header: str) -> str:
    """The field that this header is known for; '' for none."""
    return _FIELD_OF.get(plain(header), ("", 0))[0]


def recognise(headers: list[str], meanings: Mapping[str, str] | None = None) -> Columns:
    """Where each field stands. Of two columns for one field the better name is used and the other is spare.

    `meanings` is what HR has said: plain header to field, '' for none. It goes before our own words for columns,
    but no word of HR's brings a forbidden column in.
    """
    said = meanings or {}
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    dropped: list[str] = []
    open_: dict[str, int] = {}
    for index, header in enumerate(headers):
        name = plain(header)
        known = (said[name], -1) if said.get(name) else _FIELD_OF.get(name)
        if name in said and not said[name]:
            continue
        if is_forbidden(header) and (known is None or name in said) and name not in _FIELD_OF:
            dropped.append(header[:LONGEST_HEADER])
        elif known is None:
            if name and name not in NOT_NEEDED and len(header) <= LONGEST_HEADER:
                open_.setdefault(header, index)
        else:
            found[known[0]].append((known[1], index))
    known_for = {field: [headers[index] for _place, index in sorted(each)] for field, each in found.items()}
    used = {index for each in found.values() for _place, index in each}
    ignored = [
        header[:LONGEST_HEADER]
        for index, header in enumerate(headers)
        if header.strip() and index not in used and header[:LONGEST_HEADER] not in dropped
    ]
    return Columns(
        places={field: min(each)[1] for field, each in found.items()},
        dropped=dropped,
        ignored=ignored,
        unknown=open_,
        spare=[(field, header[:LONGEST_HEADER]) for field, each in known_for.items() for header in each[1:]],
        twice=_twice([header for each in known_for.values() for header in each]),
    )


def _twice(headers: list[str]) -> list[str]:
    """Those whose very words stand there more than once."""
    words = Counter(map(plain, headers))
    return [header for header in headers if words[plain(header)] > 1]


def stands_twice(header: str) -> str:
    """Why a file with such a column is refused."""
    return f'The column "{header[:LONGEST_HEADER]}" stands twice. Keep one.'


def missing(fields: Collection[str]) -> list[str]:
    """The needed columns that are not there, as the template names them."""
    absent = [field for field in NEEDED if field not in fields and MADE_OF.get(field) not in fields]
    if not any(field in fields for field in NEEDED_ONE_OF):
        absent.append(" or ".join(NEEDED_ONE_OF))
    return absent
