"""What the columns of an agency's files are: HR says it once, and the next file with them needs no question."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from rapidfuzz import fuzz

from training.access.actor import Actor
from training.audit import services as audit
from training.people.models import Agency, ColumnMeaning

from .dates import is_doubtful, order_of
from .headers import ALIASES, DAYS, field_of, plain, stands_twice
from .limits import Refused
from .read import Sheet, insist, pack

ALIKE = 70  # of 100: below it two headers are not called alike
MOST_SUGGESTED = 3
SHORT_FOR = {"emp": "employee", "no": "number", "nr": "number", "num": "number", "mgr": "manager", "ref": "reference"}
SHORT_FOR |= {"dept": "department", "pers": "person", "dir": "directorate", "startdate": "start date"}
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Remembered:
    """What HR has said before, by plain header: the field ('' for none), and which comes first in its dates."""

    fields: dict[str, str]
    orders: dict[str, str]

    def orders_of(self, sheet: Sheet) -> dict[str, str]:
        """For the columns of days of this file."""
        headers = sheet.head["headers"]
        return {name: self.orders.get(plain(headers[name]), "") for name in DAYS if name in headers}


@dataclass(frozen=True, slots=True)
class ColumnQuestion:
    """A column that nobody has said anything about. `suggested` is a field, best first; `examples` from the file."""

    header: str
    suggested: tuple[str, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrderQuestion:
    """Columns of days of which nobody knows whether the day or the month comes first, and one such date."""

    fields: tuple[str, ...]
    headers: tuple[str, ...]
    example: str


def remembered(agency: Agency) -> Remembered:
    """What the agency's HR has said of columns."""
    rows = list(agency.columns.values_list("header", "field", "order"))
    return Remembered({header: name for header, name, _order in rows}, {header: order for header, _n, order in rows})


def order_question(sheet: Sheet, known: Remembered) -> OrderQuestion | None:
    """What to ask about dates, if anything."""
    orders = known.orders_of(sheet)
    fields = tuple(name for name in orders if is_doubtful(sheet.head["days"][name], orders[name]))
    if not fields:
        return None
    headers = tuple(sheet.head["headers"][name] for name in fields)
    examples = [sheet.head["days"][name]["example"] for name in fields]
    return OrderQuestion(fields, headers, next(filter(None, examples), ""))


def column_questions(sheet: Sheet) -> list[ColumnQuestion]:
    """What to ask about columns, each with what it may be and a few of its values."""
    unknown = sheet.head["unknown"]
    first = 1 + len(sheet.fields)
    found: list[list[str]] = [[] for _ in unknown]
    for count, line in enumerate(sheet.lines() if unknown else ()):
        for values, value in zip(found, line[first:], strict=True):
            if value and value not in values and len(values) < EXAMPLES:
                values.append(value)
        if count > 200:
            break
    return [
        ColumnQuestion(header, suggested_fields(header), tuple(values))
        for header, values in zip(unknown, found, strict=True)
    ]


def suggested_fields(header: str) -> tuple[str, ...]:
    """Up to three fields whose names are like this header, the likest first."""
    words = _in_words(header)
    scores: dict[str, float] = {}
    for name, aliases in ALIASES.items():
        known = [_in_words(alias) for alias in aliases]
        scores[name] = max(fuzz.token_sort_ratio(words, it) + fuzz.token_set_ratio(words, it) for it in known) / 2
    likely = sorted((name for name, score in scores.items() if score >= ALIKE), key=lambda name: -scores[name])
    return tuple(likely[:MOST_SUGGESTED])


def _in_words(header: str) -> str:
    return " ".join(SHORT_FOR.get(word, word) for word in plain(header).split())


@transaction.atomic
def remember_columns(
    agency: Agency,
    fields: Mapping[str, str],
    orders: Mapping[str, str],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Remember what headers mean and in which order their dates are, and put it on record."""
    named = {plain(header): name for header, name in fields.items()}
    ordered = {plain(header): order for header, order in orders.items()}
    for header in named.keys() | ordered.keys():
        said: dict[str, object] = {"recorded_at": at, "recorded_by": str(by)}
        if header in named:
            said["field"] = named[header]
        if header in ordered:
            said["order"] = ordered[header]
        ColumnMeaning.objects.update_or_create(
            agency=agency, header=header, defaults=said, create_defaults={"field": field_of(header)} | said
        )
    audit.record(
        "columns explained",
        by=by,
        at=at,
        kind="agency",
        uid=agency.uid,
        agency_code=agency.code,
        columns=named,
        orders=ordered,
    )


def forget_column(meaning: ColumnMeaning, *, by: Actor, at: datetime) -> None:
    """Ask about this column again when it comes."""
    with transaction.atomic():
        meaning.delete()
        audit.record(
            "column forgotten",
            by=by,
            at=at,
            kind="agency",
            uid=meaning.agency.uid,
            agency_code=meaning.agency.code,
            column=meaning.header,
        )


def answered(sheet: Sheet, fields: Mapping[str, str]) -> Sheet:
    """The sheet once HR has said what its unknown columns are: those without a meaning are let go of.

    A column that HR names goes before one that was known by its header. Raises Refused where a needed one is missing,
    or one that HR names stands there twice.
    """
    head, unknown = sheet.head, sheet.head["unknown"]
    if twice := [header for header in unknown if fields.get(header) and header in head["ignored"]]:
        raise Refused(stands_twice(twice[0]))
    named = {
        fields[header]: 1 + len(sheet.fields) + place for place, header in enumerate(unknown) if fields.get(header)
    }
    places = {name: place for place, name in enumerate(sheet.fields, start=1)} | named
    insist(list(places))
    headers = head["headers"] | {fields[header]: header for header in unknown if fields.get(header)}
    let_go = [header for header in unknown if not fields.get(header)]
    spare = [*head.get("spare", ()), *((name, head["headers"][name]) for name in named if name in head["headers"])]
    days = {name: seen for name, seen in head["days"].items() if name not in named}
    days |= {name: order_of(line[place] for line in sheet.lines()) for name, place in named.items() if name in DAYS}
    said = {"fields": list(places), "headers": headers, "unknown": [], "ignored": [*head["ignored"], *let_go]}
    said |= {"spare": spare}
    dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    chosen = list(places.values())
    lines = (dumps([line[0], *(line[place] for place in chosen)]).encode() for line in sheet.lines())
    return replace(sheet, head=head | said | {"days": days}, packed=pack(lines))
