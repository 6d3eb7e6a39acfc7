"""Discarding a file that is not to be applied: its rows go at once, its counts stay."""

from datetime import datetime

from django.db import transaction

from training.access.actor import Actor
from training.audit import services as audit
from training.people.models import Agency, RosterImport, RosterRow, RosterSheet
from training.people.models.roster import ImportState

from .errors import NotWaiting


@transaction.atomic
def discard_import(roster_import: RosterImport, *, by: Actor, at: datetime) -> RosterImport:
    """Discard it; discarding it again changes nothing. Raises NotWaiting where it does not wait for anybody."""
    Agency.objects.select_for_update(no_key=True).get(pk=roster_import.agency_id)
    waiting = RosterImport.objects.select_related("agency").get(pk=roster_import.pk)
    if waiting.state == ImportState.DISCARDED:
        return waiting
    if waiting.work or waiting.state not in (ImportState.STAGED, ImportState.ASKING):
        state = (waiting.get_work_display() or waiting.get_state_display()).lower()
        raise NotWaiting(f"This file cannot be discarded. It is: {state}.")
    RosterRow.objects.of(waiting).delete()
    RosterSheet.objects.of(waiting).delete()
    waiting.state, waiting.problem = ImportState.DISCARDED, ""
    waiting.save(update_fields=["state", "problem"])
    audit.record(
        "roster discarded",
        by=by,
        at=at,
        kind="roster_import",
        uid=waiting.uid,
        agency_code=waiting.agency.code,
        counts=waiting.counts,
    )
    return waiting
