"""Taking an applied file back: what it recorded is voided by further entries, what it left waiting is withdrawn."""

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


@transaction.atomic
def undo_import(completion_import: CompletionImport, *, by: Actor, at: datetime) -> CompletionImport:
    """Undo it; `unrestored` then says in words what could not be taken back. Undoing it again changes nothing.

    Nothing is deleted: a void says of each completion that it never happened. Raises NotWaiting, TooOld.
    """
    Agency.objects.select_for_update().get(pk=completion_import.agency_id)
    applied = CompletionImport.objects.select_related("agency").get(pk=completion_import.pk)
    if applied.state == ImportState.UNDONE:
        return applied
    if applied.state != ImportState.APPLIED:
        raise NotWaiting("This file has not been applied, so there is nothing to undo.")
    if is_forgotten(applied, at=at):
        raise TooOld(f"This file is too old to undo: its rows are kept for {KEPT.days} days.")
    voided = _void(applied, by=by, at=at)
    withdrawn = _withdraw(applied, by=by, at=at)
    applied.unrestored = _unrestored(applied)
    applied.state, applied.undone_at, applied.undone_by = ImportState.UNDONE, at, str(by)
    applied.save(update_fields=["state", "undone_at", "undone_by", "unrestored"])
    audit.record(
        "completions undone",
        by=by,
        at=at,
        kind="completion_import",
        uid=applied.uid,
        agency_code=applied.agency.code,
        voided=voided,
        withdrawn=withdrawn,
        unrestored=len(applied.unrestored),
    )
    return applied


def _void(applied: CompletionImport, *, by: Actor, at: datetime) -> int:
    """Void what the file recorded, unless somebody has voided it since; how many."""
    keys = CompletionRow.objects.of(applied).filter(kind=RowKind.NEW).values_list("key", flat=True)
    entries: list[Completion] = []
    for part in parts(sorted(keys)):
        rows = Completion.objects.everywhere(reason="what this file recorded").filter(idempotency_key__in=part)
        entries += rows.select_related("partnership", "person", "module", "agency")
    entries.sort(key=lambda entry: (entry.partnership_id, entry.number))
    return len(void_completions(entries, reason=REASON, by=by, at=at))


def _withdraw(applied: CompletionImport, *, by: Actor, at: datetime) -> int:
    """What the file left waiting waits no longer; how many."""
    waiting = Evidence.objects.within(applied.agency).waiting().filter(completion_import=applied)
    nothing = dict.fromkeys(("external_title", "provider", "reference", "title_key", "provider_key"), "")
    return waiting.update(state=Evidence.State.WITHDRAWN, decided_at=at, decided_by=str(by), **nothing)


def _unrestored(applied: CompletionImport) -> list[str]:
    """What has been decided since stays decided."""
    decided = Evidence.objects.within(applied.agency).filter(
        completion_import=applied, state__in=(Evidence.State.ACCEPTED, Evidence.State.DECLINED)
    )
    return [
        f"{each.external_title} of {each.employee_ref} was {each.get_state_display().lower()} since, so that stays."
        for each in decided.order_by("employee_ref", "external_title", "id")
    ]
