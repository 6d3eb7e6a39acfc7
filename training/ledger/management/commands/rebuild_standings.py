"""manage.py rebuild_standings: drops the read table of standings and writes it from facts."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from training.ledger.rebuild import rebuild_standings
from training.people.models import Agency


class Command(BaseCommand):
    """Exit status 0: rebuilt. 2: no such agency. Harmless at any time: nothing but speed depends on the table."""

    help = "Drop the read table of standings, or one agency's part of it, and write it from facts."

    def add_arguments(self, parser: CommandParser) -> None:
        """For all agencies, or one."""
        parser.add_argument("--agency", metavar="CODE", help="only this agency's posts")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild and say how many posts."""
        agency = None
        if options["agency"]:
            agency = Agency.objects.filter(code=options["agency"]).first()
            if agency is None:
                self.stderr.write(f"There is no agency with the code {options['agency']}.")
                sys.exit(2)
        posts = rebuild_standings(at=timezone.now(), agency=agency)
        self.stdout.write(f"Standings of {posts} posts rebuilt.")
