"""Rows of an import as HR reads them: plain words for columns, days written out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from training.people.kinds import EmploymentType, PostStatus
from training.people.models import Designation, RoleGroup, RosterRow
from training.people.models.roster import RowKind

LABELS = {
    "first_name": "First name",
    "last_name": "Last name",
    "preferred_name": "Preferred name",
    "work_email": "Work e-mail",
    "post_title": "Job title",
    "role_group": "Role group",
    "designations": "Designations",
    "team": "Team",
    "site_code": "Site",
    "locality_code": "Locality",
    "manager_ref": "Manager",
    "employment_type": "Employment type",
    "status": "Status",
    "fte": "Share of full time",
    "start_date": "Start date",
    "end_date": "End date",
}
FIELD_LABELS = {
    "employee_ref": "Employee reference",
    "assignment_ref": "Assignment reference",
    "full_name": "Name, first and last in one",
    **LABELS,
    "site_code": "Site or workplace",
    "manager_ref": "Manager's employee reference",
    "is_volunteer": "Volunteer, yes or no",
    "agency_code": "Agency code",
}
COLOURS = {
    RowKind.NEW: "green",
    RowKind.CHANGED: "blue",
    RowKind.LEFT: "yellow",
    RowKind.UNCHANGED: "grey",
    RowKind.REFUSED: "red",
}
NONE = "none"


@dataclass(frozen=True, slots=True)
class Approval:
    """How far a second person's approval has come, for the one who looks. `colleagues` by their addresses."""

    is_given: bool
    is_own: bool
    colleagues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changes, from what to what."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of the preview or the receipt."""

    number: int | None
    kind: str
    colour: str
    references: str
    name: str
    facts: tuple[str, ...]
    changes: tuple[Change, ...]
    reasons: tuple[str, ...]


def shown_rows(rows: Iterable[RosterRow]) -> list[ShownRow]:
    """These rows, in words. Two queries, however many rows."""
    words = {
        "role_group": dict(RoleGroup.objects.values_list("code", "title")),
        "designations": dict(Designation.objects.values_list("code", "title")),
        "status": dict(PostStatus.choices),
        "employment_type": dict(EmploymentType.choices),
    }
    return [_shown(row, words) for row in rows]


def _shown(row: RosterRow, words: dict[str, dict[str, Any]]) -> ShownRow:
    values = row.values
    references = row.employee_ref
    if row.assignment_ref not in ("", row.employee_ref):
        references = f"{row.employee_ref}, assignment {row.assignment_ref}"
    facts = (_said(name, values.get(name, ""), words) for name in ("post_title", "role_group", "team", "designations"))
    changes = (
        Change(
            label, _said(name, row.changes[name][0], words) or NONE, _said(name, row.changes[name][1], words) or NONE
        )
        for name, label in LABELS.items()
        if name in row.changes
    )
    return ShownRow(
        number=row.number,
        kind=row.get_kind_display(),
        colour=COLOURS[RowKind(row.kind)],
        references=references,
        name=f"{values.get('first_name', '')} {values.get('last_name', '')}".strip(),
        facts=tuple(dict.fromkeys(filter(None, facts))),
        changes=tuple(changes),
        reasons=tuple(row.reasons),
    )


def _said(name: str, value: Any, words: dict[str, dict[str, Any]]) -> str:
    """A value in words."""
    if isinstance(value, list):
        return ", ".join(str(words[name].get(each, each)) for each in value)
    if name in ("start_date", "end_date") and value:
        day = date.fromisoformat(value)
        return f"{day.day} {day:%B %Y}"
    return str(words.get(name, {}).get(value, value))
