"""Reading a file against the roster: to look at (`preview`), or to keep until it is applied (`stage_import`)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from django.db import transaction

from training.access.actor import Actor
from training.audit import services as audit
from training.people.models import Agency, RosterImport, RosterRow
from training.people.models.roster import ImportState

from .bulk import as_json, collector_paused, insert
from .match import Plan, match
from .read import Sheet, read_roster
from .state import Standing, standing_of
from .understand import understand

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


def preview(agency: Agency, file: IO[bytes], *, as_at: date, is_full: bool) -> Preview:
    """Read the file and compare it; writes nothing. Raises Refused where the file cannot be used at all."""
    return compare(agency, read_roster(file), as_at=as_at, is_full=is_full)


@collector_paused()
def compare(agency: Agency, sheet: Sheet, *, as_at: date, is_full: bool) -> Preview:
    """Compare what was read with what stands."""
    standing = standing_of(agency)
    rows = understand(sheet, standing.lists)
    return Preview(sheet, standing, match(standing, rows, as_at=as_at, is_full=is_full))


def stage_import(
    agency: Agency, file: IO[bytes], *, as_at: date, is_full: bool, by: Actor, at: datetime
) -> RosterImport:
    """Read the file and keep what it would change, for HR to look at and apply."""
    return keep(preview(agency, file, as_at=as_at, is_full=is_full), as_at=as_at, is_full=is_full, by=by, at=at)


@collector_paused()
@transaction.atomic
def keep(seen: Preview, *, as_at: date, is_full: bool, by: Actor, at: datetime) -> RosterImport:
    """Keep a preview, row by row."""
    plan, agency = seen.plan, seen.standing.agency
    kept = RosterImport.objects.create(
        agency=agency,
        sha256=seen.sheet.sha256,
        is_full=is_full,
        as_at=as_at,
        state=ImportState.REFUSED if plan.reasons else ImportState.STAGED,
        counts=plan.counts,
        reasons=plan.reasons,
        alarm=plan.alarm.text,
        needs_approval=plan.alarm.needs_approval,
        dropped_columns=list(seen.sheet.dropped),
        ignored_columns=list(seen.sheet.ignored),
        staged_at=at,
        staged_by=str(by),
    )
    people = {ref: employment.person_id for ref, employment in seen.standing.employments.items()}
    insert(
        RosterRow,
        COLUMNS,
        (
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
                people.get(row.key[0]),
            )
            for row in plan.rows
        ),
    )
    audit.record(
        "roster staged",
        by=by,
        at=at,
        kind="roster_import",
        uid=kept.uid,
        agency_code=agency.code,
        counts=plan.counts,
    )
    return kept
