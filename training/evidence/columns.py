"""Which column of a completion file holds what: our template, and ESR's 'Compliance and Competency' export.

Data only: the confined child reads it, so nothing of Django is imported. `Last Updated By` is whoever edited the
record and never the learner: it is on no list here, so it is ignored unread.
"""

from collections import Counter
from dataclasses import dataclass

from training.people.roster.headers import is_forbidden, plain

# Field -> the headers that may hold it, the best first.
ALIASES: dict[str, tuple[str, ...]] = {
    "agency_code": ("agency code", "agency", "employer code"),
    "vpd": ("vpd",),
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
    "course_code": ("course code", "module", "module code"),
    "external_title": (
        "external title",
        "competency name",
        "competence name",
        "competency",
        "competence",
        "course title",
        "course name",
        "course",
        "training",
        "module title",
        "qualification",
    ),
    "completed_on": (
        "completed on",
        "date completed",
        "completion date",
        "date last awarded",
        "date awarded",
        "award date",
        "date achieved",
        "date attended",
        "attended on",
        "completed",
    ),
    "started_on": ("date start", "start date", "start"),
    "expires_on": ("expires on", "expiry date", "expiry", "expires", "valid until", "renewal date", "end date"),
    "provider": ("provider", "training provider", "supplier", "delivered by"),
    "score": ("score", "mark", "result"),
    "evidence_ref": ("evidence ref", "evidence reference", "certificate number", "certificate no", "certificate ref"),
    "status": ("compliance status", "competency status", "status"),
}
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
DAYS = ("completed_on", "started_on", "expires_on")
LONGEST_HEADER = 60
_FIELD_OF = {alias: (field, place) for field, aliases in ALIASES.items() for place, alias in enumerate(aliases)}


@dataclass(frozen=True, slots=True)
class Columns:
    """What the header row says: where each field stands, what is dropped, has no meaning or stands twice."""

    places: dict[str, int]
    dropped: list[str]
    ignored: list[str]
    twice: list[str]


def recognise(headers: list[str]) -> Columns:
    """Where each field stands. Of two columns for one field the better name is used and the other ignored.

    Of two with the same name nobody can say which is meant: `twice` has them.
    """
    best: dict[str, tuple[int, int]] = {}
    dropped: list[str] = []
    words = Counter(map(plain, headers))
    for index, header in enumerate(headers):
        known = _FIELD_OF.get(plain(header))
        if known is not None:
            field, place = known
            best[field] = min(best.get(field, (place, index)), (place, index))
        elif is_forbidden(header):
            dropped.append(header[:LONGEST_HEADER])
    used = {index for _place, index in best.values()}
    ignored = [
        header[:LONGEST_HEADER]
        for index, header in enumerate(headers)
        if header.strip() and index not in used and header[:LONGEST_HEADER] not in dropped
    ]
    twice = [header for header in headers if plain(header) in _FIELD_OF and words[plain(header)] > 1]
    return Columns({field: index for field, (_place, index) in best.items()}, dropped, ignored, twice)


def missing(fields: tuple[str, ...]) -> list[str]:
    """The needed columns that are not there, the one that says whose training it is aside."""
    absent = []
    if "course_code" not in fields and "external_title" not in fields:
        absent.append("course_code or external_title")
    if "completed_on" not in fields and "started_on" not in fields:
        absent.append("completed_on")
    return absent
