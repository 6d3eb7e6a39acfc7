"""manage.py rebuild_coverage: drops the read table of coverage and counts it anew from facts."""

import sys
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from training.access.clock import london_date
from training.people.models import Partnership
from training.strategy.rebuild import rebuild_coverage


class Command(BaseCommand):
    """Exit status 0: counted. 2: a bad call."""

    help = "Count coverage anew from facts, for today or another day."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, and for which day."""
        parser.add_argument("--partnership", metavar="CODE", help="only this partnership")
        parser.add_argument("--as-at", type=date.fromisoformat, metavar="DATE", help="else today")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count and tell."""
        at = timezone.now()
        partnerships = Partnership.objects.order_by("code")
        if options["partnership"]:
            partnerships = partnerships.filter(code=options["partnership"])
            if not partnerships:
                self.stderr.write(f"There is no partnership with the code {options['partnership']}.")
                sys.exit(2)
        for partnership in partnerships:
            build = rebuild_coverage(partnership, on=options["as_at"] or london_date(at), at=at)
            self.stdout.write(f"{partnership.code}: {build.cells.count()} cells in {build.milliseconds} ms")
