"""manage.py export_ledger: prints the ledger as CSV."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from training.ledger.export import ledger_csv
from training.ledger.models import Entry
from training.people.models import Agency, Partnership


class Command(BaseCommand):
    """Exit status 0: printed. 2: no such partnership or agency. Names are not in it: people stand by their ids."""

    help = "Print a partnership's ledger, or what was recorded at one agency, as CSV."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--partnership", metavar="CODE")
        whose.add_argument("--agency", metavar="CODE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it piece by piece."""
        name = "partnership" if options["partnership"] else "agency"
        model = Partnership if name == "partnership" else Agency
        whose = model.objects.filter(code=options[name]).first()
        if whose is None:
            self.stderr.write(f"There is no {name} with the code {options[name]}.")
            sys.exit(2)
        for piece in ledger_csv(Entry.objects.everywhere(reason="export of the ledger").filter(**{name: whose})):
            self.stdout.write(piece, ending="")
