"""Applying a staged file: all of it, in one transaction, once."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from training.access.actor import Actor
from training.audit import services as audit
from training.ledger.models import Completion, Method
from training.ledger.services import NewCompletion, record_completions
from training.pathways.models import Equivalence
from training.people.models import Agency, Person
from training.people.roster.bulk import collector_paused

from .competence import key
from .errors import NotWaiting, RecordsMoved, TooOld
from .keep import KEPT, is_forgotten
from .match import Plan, PlannedRow, match
from .models import CompletionImport, CompletionRow, Evidence, ImportState, Mode, RowKind
from .stage import Preview, keep
from .state import Stand, bring_up_to_date, evidence_key, parts, stand_of
from .understand import Row

Shown = tuple[str, str, str]  # kind, key, module code


def apply_import(completion_import: CompletionImport, *, by: Actor, at: datetime) -> CompletionImport:
    """Apply it and answer with the import as it then stands, its counts being the receipt.

    Applying it again changes nothing. Refused, with nothing written: NotWaiting, TooOld, RecordsMoved.
    """
    bring_up_to_date(completion_import.agency, mode=Mode(completion_import.mode), at=at)
    return _apply(completion_import, by=by, at=at)


@transaction.atomic
def keep_and_apply(seen: Preview, *, by: Actor, at: datetime) -> CompletionImport:
    """Keep a preview and apply it at once, or do neither."""
    return _apply(keep(seen, by=by, at=at), by=by, at=at)


@collector_paused()
@transaction.atomic
def _apply(completion_import: CompletionImport, *, by: Actor, at: datetime) -> CompletionImport:
    """All of it, its locks in the order of docs/decisions/0014-one-order-of-locks.md."""
    Agency.objects.select_for_update(no_key=True).get(pk=completion_import.agency_id)
    waiting = CompletionImport.objects.select_related("agency").get(pk=completion_import.pk)
    if waiting.state == ImportState.APPLIED:
        return waiting
    if waiting.state != ImportState.STAGED:
        raise NotWaiting(f"This file is not waiting to be applied. It is: {waiting.get_state_display().lower()}.")
    if is_forgotten(waiting, at=at):
        raise TooOld(f"This file is too old to apply: its rows are kept for {KEPT.days} days. Upload it again.")
    rows, shown = _rows(waiting)
    held = _held(waiting.agency, rows)
    stand, plan = _plan_again(waiting, rows, shown)
    entries = _record(waiting, stand, plan, by=by, at=at)
    _keep_evidence(waiting, plan.of(RowKind.WAITING), by=by, at=at)
    _settle(waiting.agency, held, entries, by=by, at=at)
    waiting.state, waiting.applied_at, waiting.applied_by = ImportState.APPLIED, at, str(by)
    waiting.work, waiting.work_by, waiting.problem = "", "", ""
    waiting.save()
    audit.record(
        "completions applied",
        by=by,
        at=at,
        kind="completion_import",
        uid=waiting.uid,
        agency_code=waiting.agency.code,
        counts=waiting.counts,
    )
    return waiting


def _rows(waiting: CompletionImport) -> tuple[list[Row], list[Shown]]:
    """The rows as they were understood, and what was shown of each."""
    rows: list[Row] = []
    shown: list[Shown] = []
    columns = ("number", "kind", "employee_ref", "values", "reasons", "key", "module_code")
    for number, kind, employee_ref, values, reasons, row_key, code in (
        CompletionRow.objects.of(waiting).order_by("id").values_list(*columns)
    ):
        shown.append((kind, row_key, code))
        row = Row(number, employee_ref, values)
        if kind == RowKind.REFUSED:
            row.is_refused, row.reasons = True, reasons
        row.is_not_held = kind == RowKind.SKIPPED and "completed_on" not in values
        rows.append(row)
    return rows, shown


def _held(agency: Agency, rows: list[Row]) -> list[Evidence]:
    """What waits and may be settled by these rows, held before anything is compared: nobody decides on it meanwhile."""
    waiting = Evidence.objects.within(agency).waiting().filter(origin=Evidence.Origin.FILE)
    if not waiting.exists():
        return []
    keys = sorted({evidence_key(agency, row.employee_ref, row.values) for row in rows})
    ids = sorted(pk for part in parts(keys) for pk in waiting.filter(key__in=part).values_list("pk", flat=True))
    return [row for part in parts(ids) for row in waiting.filter(pk__in=part).held()]


def _plan_again(waiting: CompletionImport, rows: list[Row], shown: list[Shown]) -> tuple[Stand, Plan]:
    """The plan as of now, which must be the one that was shown."""
    mode = Mode(waiting.mode)
    stand = stand_of(waiting.agency, rows, mode=mode, on=waiting.as_at)
    plan = match(stand, rows, mode=mode)
    now = [(row.kind, row.key, row.module_code) for row in plan.rows]
    if any(was != is_ and was[0] != RowKind.REFUSED for was, is_ in zip(shown, now, strict=True)):
        raise RecordsMoved("The records have changed since this file was read. Upload it again to see what it does.")
    return stand, plan


def _record(
    waiting: CompletionImport, stand: Stand, plan: Plan, *, by: Actor, at: datetime
) -> list[tuple[PlannedRow, Completion]]:
    """Put the new rows into the ledger, by day and reference, whatever their order in the file."""
    rows = sorted(plan.of(RowKind.NEW), key=lambda row: (row.completed_on, row.employee_ref, row.module_code))
    people: dict[int, Person] = {}
    for part in parts(sorted({row.person for row in rows if row.person})):
        people |= {person.pk: person for person in Person.objects.within(waiting.agency).filter(pk__in=part)}
    news = [_new(waiting, stand, row, people) for row in rows]
    return list(zip(rows, record_completions(news, by=by, at=at), strict=True))


def _new(waiting: CompletionImport, stand: Stand, row: PlannedRow, people: dict[int, Person]) -> NewCompletion:
    assert row.person is not None
    assert row.module is not None
    values = row.values
    title = values.get("competence") or outside(values.get("external_title", ""), values.get("provider", ""))
    return NewCompletion(
        person=people[row.person],
        module=row.module,
        completed_on=row.completed_on,
        method=Method.EQUIVALENCE if row.equivalence else Method.IMPORT,
        idempotency_key=row.key,
        source=source_of(row.equivalence) if row.equivalence else waiting.source,
        evidence="; ".join(filter(None, (title, values.get("evidence_ref", ""))))[:300],
        # Where they worked then, if it was here: what they did before they came is nobody's but theirs.
        agency=waiting.agency if stand.was_here(row.person, row.completed_on) else None,
    )


def outside(title: str, provider: str) -> str:
    """An outside course in words."""
    return f"{title} ({provider})" if provider else title


def source_of(entry: Equivalence) -> str:
    """How the ledger names an entry of the register (training/pathways/rulebook.py reads it)."""
    return f"equivalence:{entry.pk}"


def _keep_evidence(waiting: CompletionImport, rows: Iterable[PlannedRow], *, by: Actor, at: datetime) -> None:
    """What nothing here is known for waits for a decision."""
    Evidence.objects.bulk_create(
        (
            Evidence(
                agency=waiting.agency,
                person_id=row.person,
                employee_ref=row.employee_ref,
                external_title=row.values.get("external_title") or row.values.get("course_code", ""),
                provider=row.values.get("provider", ""),
                title_key=key(row.values.get("external_title") or row.values.get("course_code", "")),
                provider_key=key(row.values.get("provider", "")),
                completed_on=row.completed_on,
                expires_on=_day(row.values.get("expires_on", "")),
                reference=row.values.get("evidence_ref", ""),
                origin=Evidence.Origin.FILE,
                completion_import=waiting,
                module=row.module,
                key=row.key,
                why="; ".join(row.reasons)[:200],
                recorded_at=at,
                recorded_by=str(by),
            )
            for row in rows
        ),
        batch_size=500,
    )


def _settle(
    agency: Agency,
    held: list[Evidence],
    entries: list[tuple[PlannedRow, Completion]],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """What had waited and is recorded now waits no longer."""
    if not held:
        return
    by_key = {evidence_key(agency, row.employee_ref, row.values): (row, entry) for row, entry in entries}
    for evidence in held:
        if evidence.key in by_key:
            row, entry = by_key[evidence.key]
            evidence.state, evidence.entry, evidence.module = Evidence.State.ACCEPTED, entry, row.module
            evidence.person_id, evidence.decided_at, evidence.decided_by = row.person, at, str(by)
            evidence.save()


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
