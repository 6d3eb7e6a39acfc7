"""What each row of a file means for the ledger: new, unchanged, skipped, waiting or refused. No database."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from training.pathways.models import Equivalence, Module

from .models import Evidence, Mode, RowKind
from .state import Stand
from .understand import Row

NOBODY = "nobody on your roster has this employee reference"
LEFT = "they had left by {day}: check the day and the reference"
SAME_ROW = "row {number} says the same"
STANDS = "this stands in the record already"
NEWER_HERE = "a newer one, of {day}, stands in the record"
NEWER_ROW = "row {number} is newer"
NOT_OPEN = "nothing is asked for here, or it is in date"
ASIDE = "your HR has set this title aside"
KNOWN = {
    Evidence.State.WAITING: "waits for a decision already",
    Evidence.State.ASKED: "waits for a decision already",
    Evidence.State.ACCEPTED: "has been accepted before",
    Evidence.State.DECLINED: "has been declined before",
}


@dataclass(slots=True)
class PlannedRow:
    """One row with what it means. `changes` says from which latest day to which the record would go."""

    number: int
    kind: RowKind
    employee_ref: str
    values: dict[str, Any]
    reasons: list[str]
    person: int | None = None
    module: Module | None = None
    equivalence: Equivalence | None = None
    key: str = ""
    changes: dict[str, list[str]] = field(default_factory=dict)

    @property
    def completed_on(self) -> date:
        """The day it was done; rows that have none are never recorded."""
        return date.fromisoformat(self.values["completed_on"])

    @property
    def module_code(self) -> str:
        """The code of the module that is meant, if one is known."""
        return self.module.code if self.module else ""

    def become(self, kind: RowKind, reason: str = "") -> None:
        """Say what the row means after all, and why."""
        self.kind = kind
        self.changes = {} if kind != RowKind.NEW else self.changes
        if reason:
            self.reasons.append(reason)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would do."""

    rows: list[PlannedRow]

    @property
    def counts(self) -> dict[str, int]:
        """Rows by kind; they add up to the rows of the file."""
        counts = {str(kind): 0 for kind in RowKind}
        for row in self.rows:
            counts[row.kind] += 1
        return counts

    @property
    def has_changes(self) -> bool:
        """Whether applying it would write anything."""
        return any(row.kind in (RowKind.NEW, RowKind.WAITING) for row in self.rows)

    def of(self, kind: RowKind) -> list[PlannedRow]:
        """The rows of one kind."""
        return [row for row in self.rows if row.kind == kind]


def match(stand: Stand, rows: Iterable[Row], *, mode: Mode) -> Plan:
    """The plan. It hangs on what the rows say and not on their order: of two that say the same the first is used."""
    planned = [_planned(stand, row) for row in rows]
    _same_rows(planned)
    for row in planned:
        if row.kind == RowKind.NEW:
            _against_record(stand, row, mode)
    if mode != Mode.HISTORY:
        _newest_alone(planned)
    return Plan(planned)


def _planned(stand: Stand, row: Row) -> PlannedRow:
    """The row by itself: who and what it is about, if that is known."""
    person = stand.people.get(row.employee_ref)
    planned = PlannedRow(row.number, RowKind.NEW, row.employee_ref, row.values, list(row.reasons), person)
    if row.is_refused or row.is_not_held:
        planned.kind = RowKind.REFUSED if row.is_refused else RowKind.SKIPPED
        return planned
    found = stand.lookups.recognise(row.values)
    planned.module, planned.equivalence = found.module, found.equivalence
    if found.module is None and stand.lookups.is_aside(row.values):
        planned.become(RowKind.SKIPPED, ASIDE)
    elif found.module is None or planned.person is None:
        _wait(stand, row, planned, found.why)
    elif stand.had_left(planned.person, planned.completed_on):
        planned.become(RowKind.REFUSED, LEFT.format(day=planned.completed_on.isoformat()))
    else:
        planned.key = stand.entry_key((planned.person, found.module.pk, planned.completed_on))
    return planned


def _wait(stand: Stand, row: Row, planned: PlannedRow, why: str) -> None:
    """Nobody here, or no module: evidence that waits, unless it does so already."""
    planned.key = stand.evidence_key(row)
    before = stand.evidence.get(planned.key)
    if before is not None:
        planned.become(RowKind.UNCHANGED, KNOWN[Evidence.State(before)])
        return
    planned.become(RowKind.WAITING)
    planned.reasons += [reason for reason in (NOBODY if planned.person is None else "", why) if reason]


def _same_rows(planned: list[PlannedRow]) -> None:
    """Of rows that say the same thing, the first of the file is used."""
    first: dict[str, int] = {}
    for row in sorted(planned, key=lambda row: row.number):
        if row.kind in (RowKind.NEW, RowKind.WAITING) and first.setdefault(row.key, row.number) != row.number:
            row.become(RowKind.UNCHANGED, SAME_ROW.format(number=first[row.key]))


def _against_record(stand: Stand, row: PlannedRow, mode: Mode) -> None:
    """Compare with what the person has done, and with what is asked of them."""
    assert row.person is not None
    assert row.module is not None
    about = (row.person, row.module.pk)
    done = stand.done.get(about, set())
    latest = max(done, default=None)
    row.changes = {"completed_on": [latest.isoformat() if latest else "", row.completed_on.isoformat()]}
    if row.completed_on in done:
        row.become(RowKind.UNCHANGED, STANDS)
    elif mode == Mode.NEWER and latest is not None and latest > row.completed_on:
        row.become(RowKind.SKIPPED, NEWER_HERE.format(day=latest.isoformat()))
    elif mode == Mode.OPEN and about not in stand.is_open:
        row.become(RowKind.SKIPPED, NOT_OPEN)


def _newest_alone(planned: list[PlannedRow]) -> None:
    """Outside history only the newest of a person and module is recorded: the older would change nothing."""
    newest: dict[tuple[int | None, str], PlannedRow] = {}
    new = [row for row in planned if row.kind == RowKind.NEW]
    for row in new:
        about = (row.person, row.module_code)
        if about not in newest or row.completed_on > newest[about].completed_on:
            newest[about] = row
    for row in new:
        best = newest[row.person, row.module_code]
        if best is not row:
            row.become(RowKind.SKIPPED, NEWER_ROW.format(number=best.number))
