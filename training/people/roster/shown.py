"""Rows of an import as HR reads them: plain words for columns, days written out."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from training.access.actor import Actor
from training.people.kinds import EmploymentType, PostStatus
from training.people.models import AgencyToken, Designation, RoleGroup, RosterImport, RosterRow, User
from training.people.models.roster import ImportState, RowKind

from .keep import is_forgotten
from .match import EMPTY_POST
from .refusals import in_own_words

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
IN_THE_HEADING = ("first_name", "last_name")
# What a new post is where the file has no such column
TAKEN_FOR_GRANTED = {"employment_type": EMPTY_POST.employment_type, "status": EMPTY_POST.status, "end_date": ""}


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
class Fact:
    """One thing that a row says, as it was understood."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of the preview or the receipt. `facts` are all that it says; of a new post all of them are to check."""

    number: int | None
    kind: str
    colour: str
    references: str
    name: str
    is_new: bool
    facts: tuple[Fact, ...]
    changes: tuple[Change, ...]
    reasons: tuple[str, ...]

    @property
    def title(self) -> str:
        """Over the facts, where they open on a press."""
        return f"Row {self.number} as understood" if self.number else "The post as it stands"


def shown_rows(rows: Iterable[RosterRow], headers: Mapping[str, str]) -> list[ShownRow]:
    """These rows, in words, columns by the file's own `headers`. Two queries, however many rows."""
    words = {
        "role_group": dict(RoleGroup.objects.values_list("code", "title")),
        "designations": dict(Designation.objects.values_list("code", "title")),
        "status": dict(PostStatus.choices),
        "employment_type": dict(EmploymentType.choices),
    }
    return [_shown(row, words, headers) for row in rows]


def _shown(row: RosterRow, words: dict[str, dict[str, Any]], headers: Mapping[str, str]) -> ShownRow:
    values = row.values
    references = row.employee_ref
    if row.assignment_ref not in ("", row.employee_ref):
        references = f"{row.employee_ref}, assignment {row.assignment_ref}"
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
        is_new=row.kind == RowKind.NEW,
        facts=tuple(_facts(row, words)),
        changes=tuple(changes),
        reasons=tuple(in_own_words(reason, headers) for reason in row.reasons),
    )


def senders_in_words(files: Iterable[RosterImport], *, by: Actor) -> dict[str, str]:
    """Who uploaded files, for HR who looks: a colleague by name, a program by its token's title. Two queries."""
    actors = {each.staged_by for each in files}
    uids = {kind: _uids_of(kind, actors) for kind in ("user", "token")}
    said = dict.fromkeys(actors, "The system's operator")
    for user in User.objects.filter(uid__in=uids["user"]).select_related("person"):
        said[f"user:{user.uid}"] = _colleague(user)
    for token in AgencyToken.objects.filter(uid__in=uids["token"]):
        said[str(token.actor)] = f"Program: {token.label}"
    return said | {str(by): "You"}


def _uids_of(kind: str, actors: Collection[str]) -> list[str]:
    return [actor.partition(":")[2] for actor in actors if actor.startswith(f"{kind}:")]


def _colleague(user: User) -> str:
    """By name, or the address they sign in with where they have no record; never whoever protects theirs."""
    person = getattr(user, "person", None)
    if person is None:
        return user.email
    return "Name withheld" if person.is_protected else person.name


def _facts(row: RosterRow, words: dict[str, dict[str, Any]]) -> Iterator[Fact]:
    """What the row says; where it makes a new post, with what is taken for granted. No end is worth a word, too."""
    values = row.values if row.kind != RowKind.NEW else TAKEN_FOR_GRANTED | row.values
    for name, label in LABELS.items():
        if name in values and name not in IN_THE_HEADING:
            said = _said(name, values[name], words)
            if said or name == "end_date":
                yield Fact(label, said or NONE)


def state_words(seen: RosterImport, *, at: datetime) -> str:
    """How far a file has come, as the list of files says it."""
    if seen.state in (ImportState.STAGED, ImportState.ASKING) and is_forgotten(seen, at=at):
        return "Kept no longer"
    if seen.state == ImportState.STAGED and not seen.has_changes:
        return "Nothing to change"
    return seen.get_state_display()


def _said(name: str, value: Any, words: dict[str, dict[str, Any]]) -> str:
    """A value in words."""
    if isinstance(value, list):
        return ", ".join(str(words[name].get(each, each)) for each in value)
    if name in ("start_date", "end_date") and value:
        day = date.fromisoformat(value)
        return f"{day.day} {day:%B %Y}"
    return str(words.get(name, {}).get(value, value))
