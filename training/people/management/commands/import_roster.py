"""`manage.py import_roster`: what a roster file would change, and with `--apply` changing it."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from training.access.actor import Actor
from training.access.clock import today
from training.people.models import Agency
from training.people.models.roster import RowKind
from training.people.roster.apply import apply_import
from training.people.roster.errors import RosterError
from training.people.roster.limits import Refused
from training.people.roster.match import Plan
from training.people.roster.stage import Preview, keep, preview

DONE, REFUSED, BAD_CALL = 0, 1, 2


class Command(BaseCommand):
    """Reads a roster file for one agency.

    Exit status: 0 applied, or nothing to do, or a dry run without a refused row; 1 refused, with reasons: the whole
    file, or in a dry run any row; 2 a bad call. Rows that are refused are told, and do not stop the others from being
    applied.
    """

    help = "Show what a roster file would change; with --apply, change it"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """As in the class's text."""
        parser.add_argument("file", metavar="FILE", help="CSV, XLSX or ODS; HR's words for columns are used")
        parser.add_argument("--agency", required=True, metavar="CODE", help="whose roster it is")
        parser.add_argument("--full", action="store_true", help="the file is the whole roster: who is missing has left")
        parser.add_argument("--apply", action="store_true", help="without it nothing at all is written")
        parser.add_argument("--json", action="store_true", help="counts, and one object a row")
        parser.add_argument("--as-at", type=date.fromisoformat, metavar="DATE", help="the day changes hold from: today")
        parser.add_argument(
            "--allow-leavers",
            "--allow-changes",
            dest="allow_leavers",
            action="store_true",
            help="let more than a tenth of the posts end or change; HR's pages ask a second person instead",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, compare, perhaps apply, and say what came of it."""
        agency = Agency.objects.filter(code__iexact=options["agency"]).first()
        path = Path(options["file"])
        if agency is None:
            self._stop(BAD_CALL, f"There is no agency with the code '{options['agency']}'.")
        if not path.is_file():
            self._stop(BAD_CALL, f"There is no file '{path}'.")
        as_at = options["as_at"] or today()
        try:
            with path.open("rb") as file:
                seen = preview(agency, file, as_at=as_at, is_full=options["full"])
        except Refused as refusal:
            self._tell_refusal(agency, str(refusal), as_json=options["json"])
        except OSError as error:
            self._stop(BAD_CALL, f"The file '{path}' cannot be read: {error.strerror}.")
        reasons = list(seen.plan.reasons)
        if seen.plan.alarm.text and not options["allow_leavers"]:
            reasons.append(f"{seen.plan.alarm.text} If that is right, say --allow-leavers.")
        is_applied = False
        if options["apply"] and not reasons and seen.plan.has_changes:
            try:
                self._apply(seen, as_at, options)
                is_applied = True
            except RosterError as error:
                reasons.append(str(error))
        self._tell(seen, reasons, is_applied, options)
        self._leave(seen.plan, reasons, is_dry_run=not options["apply"])

    @staticmethod
    @transaction.atomic
    def _apply(seen: Preview, as_at: date, options: dict[str, Any]) -> None:
        by, at = Actor.system("import_roster"), timezone.now()
        staged = keep(seen, as_at=as_at, is_full=options["full"], by=by, at=at)
        apply_import(staged, by=by, at=at, is_overruled=options["allow_leavers"])

    @staticmethod
    def _leave(plan: Plan, reasons: list[str], *, is_dry_run: bool) -> None:
        """Set the exit status."""
        if reasons or (plan.counts[RowKind.REFUSED] and is_dry_run):
            raise SystemExit(REFUSED)

    def _stop(self, status: int, message: str) -> NoReturn:
        self.stderr.write(message)
        raise SystemExit(status)

    def _tell_refusal(self, agency: Agency, reason: str, *, as_json: bool) -> NoReturn:
        """The file could not be read at all."""
        if as_json:
            self.stdout.write(json.dumps({"agency": agency.code, "state": "refused", "reasons": [reason]}, indent=1))
        self._stop(REFUSED, reason)

    def _tell(self, seen: Preview, reasons: list[str], is_applied: bool, options: dict[str, Any]) -> None:
        state = (
            "applied"
            if is_applied
            else "refused"
            if reasons
            else "dry run"
            if seen.plan.has_changes
            else "nothing to do"
        )
        if options["json"]:
            self._tell_json(seen, reasons, state)
            return
        counts = ", ".join(f"{count} {kind}" for kind, count in seen.plan.counts.items())
        self.stdout.write(f"{state.capitalize()}: {counts}.")
        if seen.sheet.dropped:
            self.stdout.write(f"Columns dropped unread: {', '.join(seen.sheet.dropped)}.")
        if seen.sheet.ignored:
            self.stdout.write(f"Columns without a meaning here: {', '.join(seen.sheet.ignored)}.")
        for header, _name, used in seen.sheet.spare:
            self.stdout.write(f"Column not used: {header}, because {used} is used instead.")
        for row in seen.plan.rows:
            if row.reasons:
                self.stdout.write(f"Row {row.number}, {row.kind}: {'; '.join(row.reasons)}.")
        for reason in reasons:
            self.stderr.write(reason)

    def _tell_json(self, seen: Preview, reasons: list[str], state: str) -> None:
        code = seen.standing.agency.code
        self.stdout.write(
            json.dumps(
                {
                    "agency": code,
                    "state": state,
                    "sha256": seen.sheet.sha256,
                    "counts": seen.plan.counts,
                    "reasons": reasons,
                    "dropped_columns": list(seen.sheet.dropped),
                    "ignored_columns": list(seen.sheet.ignored),
                    "spare_columns": [header for header, _name, _used in seen.sheet.spare],
                    "rows": [
                        {
                            "row": row.number,
                            "kind": row.kind,
                            "key": {"agency": code, "employee_ref": row.key[0], "assignment_ref": row.key[1]},
                            "values": row.values,
                            "changes": row.changes,
                            "reasons": row.reasons,
                        }
                        for row in seen.plan.rows
                    ],
                },
                indent=1,
                ensure_ascii=False,
            )
        )
