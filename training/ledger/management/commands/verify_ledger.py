"""manage.py verify_ledger: says whether the ledger stands as it was written."""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from training.ledger.verify import Verdict, verify
from training.people.models import Partnership


class Command(BaseCommand):
    """Exit status 0: intact. 1: at least one entry was altered, dropped or swapped; each is named."""

    help = "Walk the ledger's hash chain and name any entry that was altered, dropped or swapped."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--json` for programs; `--partnership` for one chain."""
        parser.add_argument("--json", action="store_true", help="print the verdicts as JSON")
        parser.add_argument("--partnership", metavar="CODE", help="only this partnership's chain")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify and report."""
        partnerships = Partnership.objects.order_by("code")
        if options["partnership"]:
            partnerships = partnerships.filter(code=options["partnership"])
            if not partnerships:
                self.stderr.write(f"There is no partnership with the code {options['partnership']}.")
                sys.exit(2)
        verdicts = [verify(partnership) for partnership in partnerships]
        if options["json"]:
            rows = [asdict(verdict) | {"intact": verdict.is_intact} for verdict in verdicts]
            self.stdout.write(json.dumps(rows, indent=2))
        else:
            for verdict in verdicts:
                self._tell(verdict)
        if not all(verdict.is_intact for verdict in verdicts):
            sys.exit(1)

    def _tell(self, verdict: Verdict) -> None:
        if verdict.is_intact:
            self.stdout.write(f"{verdict.partnership}: intact, {verdict.entries} entries, head {verdict.head}")
            return
        self.stdout.write(f"{verdict.partnership}: NOT INTACT, {verdict.entries} entries")
        for found in verdict.breaks:
            self.stdout.write(f"  entry {found.number} ({found.entry_uid or 'end of chain'}): {found.what}")
