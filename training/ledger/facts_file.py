"""Facts, requirements and questions as lines of JSON, read strictly. Pure: no table is asked.

`docs/features/renewal.md` describes every line; `training.ledger.facts_answers` works out the standings.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from training.pathways.rules import Basis, Kind

LONGEST_LIST = 20
"""So many faults are told; more would only be scrolled past."""


class BadLine(ValueError):
    """Something in a line that cannot be taken as it is."""


class BadFacts(ValueError):
    """A file that cannot be taken; `faults` are told to the person, each with its line number."""

    def __init__(self, faults: list[str]) -> None:
        more = len(faults) - LONGEST_LIST
        self.faults = faults[:LONGEST_LIST] + ([f"and {more} more"] if more > 0 else [])
        super().__init__("; ".join(self.faults))


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its number, what kind of line it is, and what it says. What it leaves out is None."""

    number: int
    line: str
    said: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.said[name]

    def is_known(self, at: datetime | None) -> bool:
        """Whether it was known at a moment, or, without one, whether nothing has replaced it."""
        recorded_at, replaced_at = self.said.get("recorded_at"), self.said.get("replaced_at")
        if at is None:
            return replaced_at is None
        return (recorded_at is None or recorded_at <= at) and (replaced_at is None or replaced_at > at)


class Field(NamedTuple):
    """How what a line says is read, and whether every such line has to say it."""

    read: Callable[[object], Any]
    is_needed: bool = False


def text(value: object) -> str:
    """A name: letters, at least one."""
    if not isinstance(value, str) or not value.strip():
        raise BadLine("has to be a text")
    return value


def day(value: object) -> date:
    """A day, as 2026-03-01."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise BadLine("has to be a day such as 2026-03-01")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadLine(f"is no day of the calendar: {value}") from None


def moment(value: object) -> datetime:
    """A moment with its distance from UTC, as 2026-03-29T00:30:00+00:00."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else None
    except ValueError:
        found = None
    if found is None or found.utcoffset() is None:
        raise BadLine("has to be a moment with its distance from UTC, such as 2026-03-01T09:30:00+00:00")
    return found


def number(value: object) -> int:
    """A whole number, nought or more."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 100_000:
        raise BadLine("has to be a whole number, 0 or more")
    return value


def yes_or_no(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise BadLine("has to be true or false")
    return value


def one_of(words: Iterable[str]) -> Callable[[object], str]:
    """One of these words."""
    allowed = list(words)

    def read(value: object) -> str:
        if value not in allowed:
            raise BadLine(f"has to be one of {', '.join(allowed)}")
        return str(value)

    return read


RUN = {"starts_on": Field(day, True), "ends_on": Field(day)}
RECORDED = {"recorded_at": Field(moment)}
VERSIONED = RECORDED | {"replaced_at": Field(moment)}
NUMBERS = (
    "validity_months",
    "window_days",
    "window_months",
    "fixed_month",
    "fixed_day",
    "minimum_life_months",
    "grace_days",
    "induction_days",
    "attendance_count",
    "attendance_months",
    "rolling_hours",
    "rolling_months",
)
POST_AND_MODULE = {"post": Field(text, True), "module": Field(text, True)}

LINES: dict[str, dict[str, Field]] = {
    "module": {"module": Field(text, True), "refreshes": Field(text), "minutes": Field(number)},
    "satisfies": {"lender": Field(text, True), "borrower": Field(text, True), "months": Field(number)}
    | RUN
    | VERSIONED,
    "equivalence": {"equivalence": Field(text, True), "maximum_age_months": Field(number)},
    "member": {"agency": Field(text, True)} | RUN | VERSIONED,
    "requirement": {
        "requirement": Field(text, True),
        "module": Field(text, True),
        "role_group": Field(text),
        "designation": Field(text),
        "agency": Field(text),
        "agency_kind": Field(text),
    },
    "version": {"requirement": Field(text, True), "kind": Field(one_of(Kind), True), "basis": Field(one_of(Basis))}
    | {name: Field(number) for name in NUMBERS}
    | RUN
    | VERSIONED,
    "post": {"post": Field(text, True), "person": Field(text, True), "agency": Field(text), "agency_kind": Field(text)},
    "term": {"post": Field(text, True), "role_group": Field(text), "on_leave": Field(yes_or_no)} | RUN | VERSIONED,
    "duty": {"post": Field(text, True), "designation": Field(text, True)} | RUN | VERSIONED,
    "exemption": POST_AND_MODULE | RUN | VERSIONED,
    "extension": POST_AND_MODULE | {"granted_on": Field(day, True), "due_on": Field(day, True)} | VERSIONED,
    "trigger": {
        "requirement": Field(text, True),
        "post": Field(text),
        "happened_on": Field(day, True),
        "days_to_complete": Field(number, True),
    }
    | VERSIONED,
    "attempt": {"person": Field(text, True), "module": Field(text, True)} | RUN,
    "completion": {
        "completion": Field(text, True),
        "person": Field(text, True),
        "module": Field(text, True),
        "completed_on": Field(day),
        "completed_at": Field(moment),
        "equivalence": Field(text),
        "minutes": Field(number),
    }
    | RECORDED,
    "void": {"completion": Field(text, True)} | RECORDED,
    "revocation": {"completion": Field(text, True), "effective_on": Field(day, True)} | RECORDED,
    "question": {"question": Field(text)} | POST_AND_MODULE | {"on": Field(day, True), "known_at": Field(moment)},
}
"""Every kind of line and what it may say."""


def read_lines(lines: Iterable[str]) -> list[Row]:
    """The lines as rows, blank ones left out; every fault is told at once."""
    rows, faults = [], []
    for place, written in enumerate(lines, start=1):
        if not written.strip():
            continue
        try:
            rows.append(_row(place, written))
        except BadLine as fault:
            faults.append(f"Line {place}: {fault}.")
    if faults:
        raise BadFacts(faults)
    return rows


def _row(place: int, written: str) -> Row:
    said = _object(written)
    line = said.pop("line", None)
    if not isinstance(line, str) or line not in LINES:
        raise BadLine(f"'line' has to be one of {', '.join(LINES)}")
    fields = LINES[line]
    for name in said:
        if name not in fields:
            raise BadLine(f"a line of the kind '{line}' says nothing called '{name}'")
    found = dict(_read(said, fields))
    if problem := _odd(line, found):
        raise BadLine(problem)
    return Row(place, line, found)


def _object(written: str) -> dict[str, Any]:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            raise BadLine("says the same thing twice")
        return found

    try:
        said = json.loads(written, object_pairs_hook=once)
    except (json.JSONDecodeError, RecursionError):
        raise BadLine("is not JSON") from None
    if not isinstance(said, dict):
        raise BadLine("has to be a JSON object")
    return said


def _read(said: Mapping[str, Any], fields: Mapping[str, Field]) -> Iterator[tuple[str, Any]]:
    for name, field in fields.items():
        value = said.get(name)
        if value is None:
            if field.is_needed:
                raise BadLine(f"'{name}' is missing")
            yield name, None
            continue
        try:
            yield name, field.read(value)
        except BadLine as fault:
            raise BadLine(f"'{name}' {fault}") from None


def _odd(line: str, said: Mapping[str, Any]) -> str:
    """What is wrong with a line though each thing that it says could be right."""
    if said.get("ends_on") and said["ends_on"] < said["starts_on"]:
        return "the last day comes before the first"
    if line == "completion" and (said["completed_on"] is None) == (said["completed_at"] is None):
        return "give either 'completed_on' or 'completed_at'"
    if line == "requirement" and said["agency"] and said["agency_kind"]:
        return "a requirement is of an agency or of a kind of agency, not of both"
    if said.get("replaced_at") and said["recorded_at"] and said["replaced_at"] < said["recorded_at"]:
        return "it was replaced before it was recorded"
    return ""
