"""Applying a staged file: all of it, in one transaction, once."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import OuterRef, Subquery

from training.access.actor import Actor
from training.audit import services as audit
from training.people.models import Agency, Duty, Employment, Person, Post, RosterImport, RosterRow, RosterSheet, Term
from training.people.models.roster import ImportState, RowKind
from training.people.services import mark_stale

from .alarm import Alarm
from .approve import insist_on_shown
from .bulk import collector_paused, take_stock
from .errors import NotApproved, NotWaiting, RosterMoved, TooManyLeavers, TooOld
from .keep import KEPT, is_forgotten
from .moments import moment_after_all
from .stage import Preview, compare, sheet_of_import
from .write import Writer

GROWN = (Person, Employment, Post, Term, Duty)
MANY = 10_000
"""New rows, from which on the database looks at its tables again."""


@collector_paused()
@transaction.atomic
def apply_import(
    roster_import: RosterImport,
    *,
    by: Actor,
    at: datetime,
    allow_leavers: bool = False,
    is_overruled: bool = False,
    shown: str | None = None,
) -> RosterImport:
    """Apply it and answer with the import as it then stands, its counts being the receipt.

    `allow_leavers` is the confirmation of whoever loads a small agency's file; `is_overruled` the word of the system's
    operator, who needs no second person. `shown` is the digest of the preview that somebody looked at, where somebody
    did. Applying it again changes nothing. Refused, with nothing written: NotWaiting, TooOld, RosterMoved,
    TooManyLeavers, NotApproved.
    """
    Agency.objects.select_for_update(no_key=True).get(pk=roster_import.agency_id)
    waiting = RosterImport.objects.select_related("agency").get(pk=roster_import.pk)
    if waiting.state == ImportState.APPLIED:
        return waiting
    if waiting.state != ImportState.STAGED:
        raise NotWaiting(f"This file is not waiting to be applied. It is: {waiting.get_state_display().lower()}.")
    if is_forgotten(waiting, at=at):
        raise TooOld(f"This file is too old to apply: its rows are kept for {KEPT.days} days. Upload it again.")
    insist_on_shown(waiting, shown)
    if not is_overruled:
        heed_alarm(waiting, is_confirmed=allow_leavers)
    seen = _plan_again(waiting)
    if not is_overruled:
        _heed_other_files(waiting, seen.plan.alarm)
    at = moment_after_all(waiting.agency, at)
    writer = Writer(seen.standing, waiting, by=by, at=at)
    mark_stale(writer.write(seen.plan.rows), at=at)
    if waiting.counts[RowKind.NEW] >= MANY:
        transaction.on_commit(partial(take_stock, *GROWN), robust=True)
    _name_people(waiting)
    RosterSheet.objects.of(waiting).delete()
    waiting.work, waiting.work_by, waiting.problem = "", "", ""
    waiting.state, waiting.applied_at, waiting.applied_by = ImportState.APPLIED, at, str(by)
    waiting.save(update_fields=["state", "applied_at", "applied_by", "work", "work_by", "problem"])
    audit.record(
        "roster applied",
        by=by,
        at=at,
        kind="roster_import",
        uid=waiting.uid,
        agency_code=waiting.agency.code,
        counts=waiting.counts,
        overruled=is_overruled and bool(waiting.alarm),
    )
    return waiting


def heed_alarm(waiting: RosterImport, *, is_confirmed: bool) -> None:
    """Stop where more would end or change than usual and nobody who may has said that it is right."""
    if waiting.needs_approval and waiting.approved_at is None:
        raise NotApproved(f"{waiting.alarm} A second person must approve it first.")
    if waiting.alarm and not waiting.needs_approval and not is_confirmed:
        raise TooManyLeavers(waiting.alarm)


def _heed_other_files(waiting: RosterImport, alarm: Alarm) -> None:
    """Stop where files applied since this one was read have made an alarm of it that nobody has been shown."""
    is_new = alarm.needs_approval > waiting.needs_approval or (alarm.text and not waiting.alarm)
    if alarm.is_weighty > waiting.is_weighty or (is_new and waiting.approved_at is None):
        raise RosterMoved("Other files have been applied since this one was read. Together they move more than usual.")


def _plan_again(waiting: RosterImport) -> Preview:
    """The plan as of now, which must be the one that was shown."""
    try:
        sheet = sheet_of_import(waiting)
    except NotWaiting as error:
        raise RosterMoved(str(error)) from None
    seen = compare(waiting.agency, sheet, as_at=waiting.as_at, is_full=waiting.is_full)
    if seen.plan.digest != waiting.digest:
        raise RosterMoved(
            "The roster has changed since this file was read, so nothing was done. Look at what it would do now."
        )
    return seen


def _name_people(applied: RosterImport) -> None:
    """Tie every row to the person it turned out to be about."""
    employment = Employment.objects.within(applied.agency).filter(employee_ref=OuterRef("employee_ref"))
    rows = RosterRow.objects.of(applied).filter(person=None)
    rows.update(person=Subquery(employment.values("person_id")[:1]))
