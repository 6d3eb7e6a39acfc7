"""Reading a file against the record: to look at (`preview`), to keep until it is applied (`stage_import`)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from django.db import transaction

from training.access.actor import Actor
from training.audit import services as audit
from training.people.models import Agency
from training.people.roster.bulk import as_json, collector_paused, insert

from .match import Plan, match
from .models import CompletionImport, CompletionRow, ImportState, Mode
from .read import Sheet, read_completions
from .state import Stand, bring_up_to_date, stand_of
from .understand import understand

COLUMNS = (
    "completion_import_id",
    "number",
    "kind",
    "employee_ref",
    "module_code",
    "values",
    "changes",
    "reasons",
    "key",
    "person_id",
)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file holds, and what it would record."""

    sheet: Sheet
    stand: Stand
    plan: Plan
    mode: Mode
    on: date


def preview(
    agency: Agency, file: IO[bytes], *, mode: Mode = Mode.HISTORY, person: str = "", on: date, at: datetime
) -> Preview:
    """Read the file and compare it. `person` is the employee reference of whom a personal export is about.

    Raises Refused where the file cannot be used at all.
    """
    return compare(agency, read_completions(file, person=person), mode=mode, on=on, at=at)


@collector_paused()
def compare(agency: Agency, sheet: Sheet, *, mode: Mode, on: date, at: datetime) -> Preview:
    """Compare what was read with what stands."""
    codes = {agency.code, agency.national_code, *agency.aliases.values_list("alias", flat=True)} - {""}
    rows = understand(sheet, agency_codes=frozenset(code.casefold() for code in codes), on=on)
    bring_up_to_date(agency, mode=mode, at=at)
    stand = stand_of(agency, rows, mode=mode, on=on)
    return Preview(sheet, stand, match(stand, rows, mode=mode), mode, on)


def stage_import(
    agency: Agency, file: IO[bytes], *, mode: Mode, person: str = "", on: date, by: Actor, at: datetime
) -> CompletionImport:
    """Read the file and keep what it would record, for HR to look at and apply."""
    return keep(preview(agency, file, mode=mode, person=person, on=on, at=at), by=by, at=at)


@collector_paused()
@transaction.atomic
def keep(seen: Preview, *, by: Actor, at: datetime) -> CompletionImport:
    """Keep a preview, row by row."""
    plan, agency = seen.plan, seen.stand.agency
    kept = CompletionImport.objects.create(
        agency=agency,
        sha256=seen.sheet.sha256,
        mode=seen.mode,
        as_at=seen.on,
        state=ImportState.STAGED,
        counts=plan.counts,
        dropped_columns=list(seen.sheet.dropped),
        ignored_columns=list(seen.sheet.ignored),
        staged_at=at,
        staged_by=str(by),
    )
    insert(
        CompletionRow,
        COLUMNS,
        (
            (
                kept.pk,
                row.number,
                str(row.kind),
                row.employee_ref[:60],
                row.module_code,
                as_json(row.values),
                as_json(row.changes),
                as_json(row.reasons),
                row.key,
                row.person,
            )
            for row in plan.rows
        ),
    )
    audit.record(
        "completions staged",
        by=by,
        at=at,
        kind="completion_import",
        uid=kept.uid,
        agency_code=agency.code,
        mode=str(seen.mode),
        counts=plan.counts,
    )
    return kept
