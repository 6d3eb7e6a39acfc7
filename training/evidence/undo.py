"""Taking an applied file back: what it recorded is voided by further entries, what it left waiting is withdrawn.

What had waited before and was settled by it waits again.
"""

from datetime import datetime

from django.db import transaction

from training.access.actor import Actor
from training.audit import services as audit
from training.ledger.models import Completion
from training.ledger.services import void_completions
from training.people.models import Agency

from .errors import NotWaiting, TooOld
from .keep import KEPT, is_forgotten
from .models import CompletionImport, CompletionRow, Evidence, ImportState, RowKind
from .state import parts

REASON = "The file that brought it was taken back"
AGAIN = "a file had settled it, and was taken back"


@transaction.atomic
def undo_import(completion_import: CompletionImport, *, by: Actor, at: datetime) -> CompletionImport:
    """Undo it; `unrestored` then says in words what could not be taken back. Undoing it again changes nothing.

    Nothing is deleted: a void says of each completion that it never happened. Raises NotWaiting, TooOld.
    """
    Agency.objects.select_for_update(no_key=True).get(pk=completion_import.agency_id)
    applied = CompletionImport.objects.select_related("agency").get(pk=completion_import.pk)
    if applied.state == ImportState.UNDONE:
        return applied
    if applied.state != ImportState.APPLIED:
        raise NotWaiting("This file has not been applied, so there is nothing to undo.")
    if is_forgotten(applied, at=at):
        raise TooOld(f"This file is too old to undo: its rows are kept for {KEPT.days} days.")
    entries = _recorded(applied)
    held = _held(applied, {entry.pk for entry in entries})
    voided = void_completions(entries, reason=REASON, by=by, at=at)
    for row in held:
        if row.entry_id is not None:
            _reopen(row)
    withdrawn = [row for row in held if row.completion_import == applied or _is_taken_back(row.completion_import)]
    _withdraw(withdrawn, by=by, at=at)
    applied.unrestored = _unrestored(applied)
    applied.state, applied.undone_at, applied.undone_by = ImportState.UNDONE, at, str(by)
    applied.work, applied.work_by, applied.problem = "", "", ""
    applied.save()
    audit.record(
        "completions undone",
        by=by,
        at=at,
        kind="completion_import",
        uid=applied.uid,
        agency_code=applied.agency.code,
        voided=len(voided),
        withdrawn=len(withdrawn),
        reopened=len(held) - len(withdrawn),
        unrestored=len(applied.unrestored),
    )
    return applied


def _recorded(applied: CompletionImport) -> list[Completion]:
    """What the file put into the ledger, in the order of the chain."""
    keys = CompletionRow.objects.of(applied).filter(kind=RowKind.NEW).values_list("key", flat=True)
    entries: list[Completion] = []
    for part in parts(sorted(keys)):
        rows = Completion.objects.everywhere(reason="what this file recorded").filter(idempotency_key__in=part)
        entries += rows.select_related("partnership", "person", "module", "agency")
    return sorted(entries, key=lambda entry: (entry.partnership_id, entry.number))


def _held(applied: CompletionImport, entries: set[int]) -> list[Evidence]:
    """What the file left waiting, and what had waited and was settled by it: held, before the ledger is."""
    mine = Evidence.objects.within(applied.agency)
    ids = set(mine.waiting().filter(completion_import=applied).values_list("pk", flat=True))
    for part in parts(sorted(entries)):
        ids |= set(mine.filter(entry__in=part).values_list("pk", flat=True))
    rows = mine.select_related("completion_import")
    held = [row for part in parts(sorted(ids)) for row in rows.filter(pk__in=part).held()]
    return [row for row in held if row.state in Evidence.OPEN or row.entry_id in entries]


def _reopen(row: Evidence) -> None:
    """What the file had settled waits again, as it waited before."""
    row.state, row.entry, row.why, row.decided_at, row.decided_by = Evidence.State.WAITING, None, AGAIN, None, ""
    rows = CompletionRow.objects.within(row.agency).filter(completion_import=row.completion_import_id)
    before = rows.filter(kind=RowKind.WAITING, key=row.key).first()
    if before is not None:
        row.person_id = before.person_id
    if before is None or not before.module_code:
        row.module = None  # so that it waits under its title
    row.save()


def _is_taken_back(brought_by: CompletionImport | None) -> bool:
    return brought_by is not None and brought_by.state == ImportState.UNDONE


def _withdraw(rows: list[Evidence], *, by: Actor, at: datetime) -> None:
    """What a file that was taken back had brought waits no longer, and no longer says what it was."""
    nothing = dict.fromkeys(("external_title", "provider", "reference", "title_key", "provider_key"), "")
    everywhere = Evidence.objects.everywhere(reason="rows of one agency, held before")
    for part in parts([row.pk for row in rows]):
        everywhere.filter(pk__in=part).update(
            state=Evidence.State.WITHDRAWN, decided_at=at, decided_by=str(by), **nothing
        )


def _unrestored(applied: CompletionImport) -> list[str]:
    """What has been decided since stays decided."""
    decided = Evidence.objects.within(applied.agency).filter(
        completion_import=applied, state__in=(Evidence.State.ACCEPTED, Evidence.State.DECLINED)
    )
    return [
        f"{each.external_title} of {each.employee_ref} was {each.get_state_display().lower()} since, so that stays."
        for each in decided.order_by("employee_ref", "external_title", "id")
    ]
