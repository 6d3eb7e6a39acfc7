"""`manage.py import_completions`: what a file of completions would record, and with `--apply` recording it."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.utils import timezone

from training.access.actor import Actor
from training.access.clock import london_date
from training.evidence.apply import keep_and_apply
from training.evidence.errors import EvidenceError
from training.evidence.match import Plan
from training.evidence.models import Mode, RowKind
from training.evidence.stage import Preview, preview
from training.ledger.services import LedgerError
from training.people.models import Agency
from training.people.roster.limits import Refused

DONE, REFUSED, BAD_CALL = 0, 1, 2


class Command(BaseCommand):
    """Reads a file of completions for one agency.

    Exit status: 0 applied, or nothing to do, or a dry run without a refused row; 1 refused, with reasons: the whole
    file, or in a dry run any row, or every row that would have recorded something; 2 a bad call. Rows that are refused
    do not stop the others from being applied; rows for which nothing here is known become evidence that waits.
    """

    help = "Show what a file of completions would record; with --apply, record it"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """As in the class's text."""
        parser.add_argument("file", metavar="FILE", help="CSV or XLSX, in the template or as ESR exports competences")
        parser.add_argument("--agency", required=True, metavar="CODE", help="whose staff it is about")
        parser.add_argument("--mode", choices=Mode.values, default=Mode.HISTORY, help="which rows are recorded")
        parser.add_argument("--person", default="", metavar="REF", help="of whom a personal export is about")
        parser.add_argument("--apply", action="store_true", help="without it nothing at all is written")
        parser.add_argument("--json", action="store_true", help="counts, and one object a row")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, compare, perhaps apply, and say what came of it."""
        agency = Agency.objects.filter(code__iexact=options["agency"]).first()
        path = Path(options["file"])
        if agency is None:
            self._stop(BAD_CALL, f"There is no agency with the code '{options['agency']}'.")
        if not path.is_file():
            self._stop(BAD_CALL, f"There is no file '{path}'.")
        seen = self._preview(agency, path, options)
        reasons: list[str] = []
        is_applied = False
        if options["apply"] and seen.plan.has_changes:
            try:
                keep_and_apply(seen, by=Actor.system("import_completions"), at=timezone.now())
                is_applied = True
            except (EvidenceError, LedgerError) as error:
                reasons.append(str(error))
        self._tell(seen, reasons, is_applied, as_json=options["json"])
        if reasons or (seen.plan.counts[RowKind.REFUSED] and not is_applied):
            raise SystemExit(REFUSED)

    def _preview(self, agency: Agency, path: Path, options: dict[str, Any]) -> Preview:
        at = timezone.now()
        on, mode = london_date(at), Mode(options["mode"])
        try:
            with path.open("rb") as file:
                return preview(agency, file, mode=mode, person=options["person"], on=on, at=at)
        except Refused as refusal:
            if options["json"]:
                said = {"agency": agency.code, "state": "refused", "reasons": [str(refusal)]}
                self.stdout.write(json.dumps(said, indent=1))
            self._stop(REFUSED, str(refusal))
        except OSError as error:
            self._stop(BAD_CALL, f"The file '{path}' cannot be read: {error.strerror}.")

    def _stop(self, status: int, message: str) -> NoReturn:
        self.stderr.write(message)
        raise SystemExit(status)

    def _tell(self, seen: Preview, reasons: list[str], is_applied: bool, *, as_json: bool) -> None:
        state = _state(seen.plan, reasons, is_applied)
        if as_json:
            self.stdout.write(json.dumps(_told(seen, reasons, state), indent=1, ensure_ascii=False))
            return
        counts = ", ".join(f"{count} {kind}" for kind, count in seen.plan.counts.items())
        self.stdout.write(f"{state.capitalize()}: {counts}.")
        if seen.sheet.dropped:
            self.stdout.write(f"Columns dropped unread: {', '.join(seen.sheet.dropped)}.")
        if seen.sheet.ignored:
            self.stdout.write(f"Columns without a meaning here: {', '.join(seen.sheet.ignored)}.")
        for row in seen.plan.rows:
            if row.reasons and row.kind != RowKind.UNCHANGED:
                self.stdout.write(f"Row {row.number}, {row.kind}: {'; '.join(row.reasons)}.")
        for reason in reasons:
            self.stderr.write(reason)


def _state(plan: Plan, reasons: list[str], is_applied: bool) -> str:
    if is_applied:
        return "applied"
    if reasons:
        return "refused"
    return "dry run" if plan.has_changes else "nothing to do"


def _told(seen: Preview, reasons: list[str], state: str) -> dict[str, Any]:
    code = seen.stand.agency.code
    return {
        "agency": code,
        "mode": str(seen.mode),
        "state": state,
        "sha256": seen.sheet.sha256,
        "counts": seen.plan.counts,
        "reasons": reasons,
        "dropped_columns": list(seen.sheet.dropped),
        "ignored_columns": list(seen.sheet.ignored),
        "rows": [
            {
                "row": row.number,
                "kind": row.kind,
                "key": {
                    "agency": code,
                    "employee_ref": row.employee_ref,
                    "module": row.module_code,
                    "completed_on": row.values.get("completed_on", ""),
                },
                "values": row.values,
                "changes": row.changes,
                "reasons": row.reasons,
            }
            for row in seen.plan.rows
        ],
    }
