"""Reading a file against the roster: to look at (`preview`), or to keep until it is applied.

`stage_import` asks nothing: it uses what HR has said before. `receive` is the way of HR's pages: a file with columns
that nobody knows, or dates that could be two, waits for answers; a large one waits for the worker.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from django.db import transaction

from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.people.models import Agency, RosterImport, RosterRow, RosterSheet, Work
from training.people.models.roster import ImportState

from .approve import tell_colleagues
from .bulk import as_json, collector_paused, insert
from .columns import answered, order_question, remember_columns, remembered
from .errors import NotWaiting
from .lately import moved_lately
from .limits import ROWS_AT_ONCE
from .match import Plan, match
from .read import Sheet, insist, read_roster
from .state import Standing, standing_of
from .understand import understand

MOST_WORDS = 300  # of an alarm, that may hold several names
COLUMNS = (
    "roster_import_id",
    "number",
    "kind",
    "employee_ref",
    "assignment_ref",
    "values",
    "changes",
    "replaces",
    "reasons",
    "person_id",
)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file holds, and what it would change."""

    sheet: Sheet
    standing: Standing
    plan: Plan


@collector_paused()
def preview(agency: Agency, file: IO[bytes], *, as_at: date, is_full: bool) -> Preview:
    """Read the file and compare it; writes nothing. Raises Refused where the file cannot be used at all.

    What stands is read while the child reads the file.
    """
    fields = remembered(agency).fields
    with ThreadPoolExecutor(1) as beside:
        reading = beside.submit(read_roster, file, fields)
        standing = standing_of(agency)
        sheet = reading.result()
    return compare(agency, sheet, as_at=as_at, is_full=is_full, standing=standing)


@collector_paused()
def compare(agency: Agency, sheet: Sheet, *, as_at: date, is_full: bool, standing: Standing | None = None) -> Preview:
    """Compare what was read with what stands."""
    insist(sheet.fields)
    standing = standing or standing_of(agency)
    rows = understand(sheet, standing.lists, remembered(agency).orders_of(sheet))
    lately = moved_lately(agency, as_at=as_at)
    return Preview(sheet, standing, match(standing, rows, as_at=as_at, is_full=is_full, lately=lately))


def stage_import(
    agency: Agency, file: IO[bytes], *, as_at: date, is_full: bool, by: Actor, at: datetime
) -> RosterImport:
    """Read the file and keep what it would change, for HR to look at and apply."""
    return keep(preview(agency, file, as_at=as_at, is_full=is_full), as_at=as_at, is_full=is_full, by=by, at=at)


@collector_paused()
@transaction.atomic
def keep(seen: Preview, *, as_at: date, is_full: bool, by: Actor, at: datetime) -> RosterImport:
    """Keep a preview, row by row."""
    kept = _begin(seen.standing.agency, seen.sheet, as_at=as_at, is_full=is_full, by=by, at=at)
    return _fill(kept, seen, by=by, at=at)


def receive(agency: Agency, file: IO[bytes], *, as_at: date, is_full: bool, by: Actor, at: datetime) -> RosterImport:
    """Take a file in, and go as far with it as can be gone now. Raises Refused where it cannot be used at all."""
    sheet = read_roster(file, remembered(agency).fields, asks=True)  # outside the transaction, which writers wait for
    with transaction.atomic():
        kept = _begin(agency, sheet, as_at=as_at, is_full=is_full, by=by, at=at)
        return _go_on(kept, sheet, by=by, at=at)


def leave(
    agency: Agency, sheet: Sheet, *, as_at: date, is_full: bool, leavers_are_right: bool, by: Actor, at: datetime
) -> RosterImport:
    """Keep what a program sent for the worker to look at and, where nothing speaks against it, to apply."""
    kept = _begin(agency, sheet, as_at=as_at, is_full=is_full, by=by, at=at)
    kept.leavers_are_right = leavers_are_right
    kept.save(update_fields=["leavers_are_right"])
    kept.wish(Work.SEND, by=by)
    return kept


@transaction.atomic
def answer(
    roster_import: RosterImport, fields: Mapping[str, str], orders: Mapping[str, str], *, by: Actor, at: datetime
) -> RosterImport:
    """Remember what HR says of the columns of a file that waits for it, and go on with the file.

    `fields` by header ('' for none), `orders` by header too. Raises Refused where a needed column is still missing.
    """
    Agency.objects.select_for_update(no_key=True).get(pk=roster_import.agency_id)
    waiting = RosterImport.objects.select_related("agency").get(pk=roster_import.pk)
    if waiting.state != ImportState.ASKING:
        raise NotWaiting("This file has no open questions.")
    sheet = answered(sheet_of_import(waiting), fields)
    remember_columns(waiting.agency, fields, orders, by=by, at=at)
    RosterSheet.objects.of(waiting).update(head=sheet.head, packed=sheet.packed)
    return _go_on(waiting, sheet, by=by, at=at)


@collector_paused()
@transaction.atomic
def look_again(roster_import: RosterImport, *, by: Actor, at: datetime) -> RosterImport:
    """Compare a file that waits with the roster as it is now: job titles or the roster have changed meanwhile.

    An approval that was given for what it would have done before is void if it would now do something else.
    """
    Agency.objects.select_for_update(no_key=True).get(pk=roster_import.agency_id)
    waiting = RosterImport.objects.select_related("agency").get(pk=roster_import.pk)
    if waiting.state not in (ImportState.STAGED, ImportState.READING):
        raise NotWaiting("This file is not waiting to be looked at.")
    seen = compare(waiting.agency, sheet_of_import(waiting), as_at=waiting.as_at, is_full=waiting.is_full)
    RosterRow.objects.of(waiting).delete()
    return _fill_and_tell(waiting, seen, by=by, at=at)


def sheet_of_import(roster_import: RosterImport) -> Sheet:
    """What was read of a file. Raises NotWaiting where it is kept no longer."""
    found = RosterSheet.objects.of(roster_import).first()
    if found is None:
        raise NotWaiting("The rows of this file are kept no longer. Upload it again.")
    return Sheet(roster_import.sha256, found.head, bytes(found.packed))


def _begin(agency: Agency, sheet: Sheet, *, as_at: date, is_full: bool, by: Actor, at: datetime) -> RosterImport:
    """An import with its sheet, of which nothing is known yet."""
    begun = RosterImport.objects.create(
        agency=agency,
        sha256=sheet.sha256,
        is_full=is_full,
        as_at=as_at,
        state=ImportState.READING,
        blanked=sheet.head["blanked"],
        staged_at=at,
        staged_by=str(by),
    )
    RosterSheet.objects.create(roster_import=begun, head=sheet.head, packed=sheet.packed)
    return begun


def _go_on(kept: RosterImport, sheet: Sheet, *, by: Actor, at: datetime) -> RosterImport:
    """Ask, hand it to the worker, or work it out."""
    is_open = bool(sheet.head["unknown"]) or order_question(sheet, remembered(kept.agency)) is not None
    if not is_open and sheet.head["rows"] <= ROWS_AT_ONCE:
        seen = compare(kept.agency, sheet, as_at=kept.as_at, is_full=kept.is_full)
        return _fill_and_tell(kept, seen, by=by, at=at)
    kept.state = ImportState.ASKING if is_open else ImportState.READING
    kept.work, kept.work_by = ("", "") if is_open else (Work.READ, str(by))
    kept.save(update_fields=["state", "work", "work_by"])
    return kept


def _fill_and_tell(kept: RosterImport, seen: Preview, *, by: Actor, at: datetime) -> RosterImport:
    """Write down what the file would change, and ask for an approval where it needs one that nobody was asked for."""
    before = (kept.digest, kept.needs_approval)
    kept = _fill(kept, seen, by=by, at=at)
    if kept.needs_approval and (kept.digest, True) != before:
        tell_colleagues(kept, on=london_date(at))
    return kept


def _fill(kept: RosterImport, seen: Preview, *, by: Actor, at: datetime) -> RosterImport:
    """Write down what the file would change: rows that change nothing and need no word are only counted."""
    plan, head, digest = seen.plan, seen.sheet.head, seen.plan.digest
    if digest != kept.digest:
        kept.approved_at, kept.approved_by = None, ""
    kept.state = ImportState.REFUSED if plan.reasons else ImportState.STAGED
    kept.digest, kept.counts, kept.reasons, kept.titles = digest, plan.counts, plan.reasons, plan.titles
    kept.alarm, kept.needs_approval = plan.alarm.text[:MOST_WORDS], plan.alarm.needs_approval
    kept.is_weighty = plan.alarm.is_weighty
    kept.columns = [[name, head["headers"][name]] for name in head["fields"] if name in head["headers"]]
    kept.dropped_columns, kept.ignored_columns, kept.spare_columns = head["dropped"], head["ignored"], seen.sheet.spare
    kept.work, kept.work_by, kept.problem = "", "", ""
    kept.save()
    _write_rows(kept, seen)
    audit.record(
        "roster staged",
        by=by,
        at=at,
        kind="roster_import",
        uid=kept.uid,
        agency_code=kept.agency.code,
        counts=plan.counts,
    )
    return kept


def _write_rows(kept: RosterImport, seen: Preview) -> None:
    known = seen.standing.employments
    rows = (
        (
            kept.pk,
            row.number,
            row.kind,
            row.key[0][:60],
            row.key[1][:60],
            as_json(row.values),
            as_json(row.changes),
            as_json(row.replaces),
            as_json(row.reasons),
            known[row.key[0]].person_id if row.key[0] in known else None,
        )
        for row in seen.plan.rows
        if not row.is_silent
    )
    insert(RosterRow, COLUMNS, rows)
