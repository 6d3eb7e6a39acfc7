"""Reading a file against the record: to look at (`preview`), to keep until it is applied (`stage_import`)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from django.db import transaction

from training.access.actor import Actor
from training.audit import services as audit
from training.people.models import Agency, Work
from training.people.roster.bulk import as_json, collector_paused, insert
from training.people.roster.limits import ROWS_AT_ONCE

from .match import Plan, match
from .models import CompletionImport, CompletionRow, ImportState, Mode, RowKind
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


def receive(
    agency: Agency, file: IO[bytes], *, mode: Mode, person: str = "", on: date, by: Actor, at: datetime
) -> CompletionImport:
    """As `stage_import` for a page: a large file is left to the worker."""
    sheet = read_completions(file, person=person)
    if len(sheet.rows) <= ROWS_AT_ONCE:
        return keep(compare(agency, sheet, mode=mode, on=on, at=at), by=by, at=at)
    with transaction.atomic():
        kept = _begin(agency, sheet, mode=mode, on=on, by=by, at=at)
        kept.packed = sheet.packed()
        kept.save(update_fields=["packed"])
        kept.wish(Work.READ, by=by)
    return kept


def look(waiting: CompletionImport, *, by: Actor, at: datetime) -> CompletionImport:
    """For the worker: compare a large file that was taken in."""
    assert waiting.packed is not None
    sheet = Sheet.unpacked(bytes(waiting.packed), sha256=waiting.sha256)
    seen = compare(waiting.agency, sheet, mode=Mode(waiting.mode), on=waiting.as_at, at=at)
    with transaction.atomic():
        Agency.objects.select_for_update(no_key=True).get(pk=waiting.agency_id)
        return _fill(CompletionImport.objects.get(pk=waiting.pk, state=ImportState.READING), seen, by=by, at=at)


@collector_paused()
@transaction.atomic
def keep(seen: Preview, *, by: Actor, at: datetime) -> CompletionImport:
    """Keep a preview, row by row."""
    return _fill(_begin(seen.stand.agency, seen.sheet, mode=seen.mode, on=seen.on, by=by, at=at), seen, by=by, at=at)


def _begin(agency: Agency, sheet: Sheet, *, mode: Mode, on: date, by: Actor, at: datetime) -> CompletionImport:
    """An import of which nothing is known yet but its columns."""
    return CompletionImport.objects.create(
        agency=agency,
        sha256=sheet.sha256,
        mode=mode,
        as_at=on,
        state=ImportState.READING,
        counts=dict.fromkeys(RowKind.values, 0),
        dropped_columns=list(sheet.dropped),
        ignored_columns=list(sheet.ignored),
        staged_at=at,
        staged_by=str(by),
    )


def _fill(kept: CompletionImport, seen: Preview, *, by: Actor, at: datetime) -> CompletionImport:
    """Write down what the file would record."""
    plan = seen.plan
    kept.state, kept.counts, kept.packed = ImportState.STAGED, plan.counts, None
    kept.work, kept.work_by, kept.problem = "", "", ""
    kept.save()
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
        agency_code=kept.agency.code,
        mode=str(seen.mode),
        counts=plan.counts,
    )
    return kept
