"""manage.py rebuild_standing: works out every standing from facts and puts right what the read table has."""

import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context
from typing import Any

import django
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.utils import timezone

from training.ledger.rebuild import Share, rebuild_standings, sweep
from training.people.models import Agency


class Command(BaseCommand):
    """Exit status 0: rebuilt and swept. 2: no such agency. Harmless at any time: only speed depends on the table."""

    help = "Work out the standings of all posts, or of one agency's, from facts, and write those that differ."

    def add_arguments(self, parser: CommandParser) -> None:
        """For all agencies, or one; by one process, or on PostgreSQL by several."""
        parser.add_argument("--agency", metavar="CODE", help="only this agency's posts")
        parser.add_argument("--processes", type=int, default=1, metavar="N", help="divide the posts (PostgreSQL)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild and say how many posts."""
        agency = None
        if options["agency"]:
            agency = Agency.objects.filter(code=options["agency"]).first()
            if agency is None:
                self.stderr.write(f"There is no agency with the code {options['agency']}.")
                sys.exit(2)
        processes = options["processes"] if connection.vendor == "postgresql" else 1
        posts = rebuilt(timezone.now(), agency, processes)
        swept = sweep()
        self.stdout.write(f"Standings of {posts} posts rebuilt.")
        if swept:
            self.stdout.write(f"{swept} rows of posts or modules that are gone were swept out.")


def rebuilt(at: datetime, agency: Agency | None, processes: int) -> int:
    """Rebuild by so many processes, each with its share of the batches; how many posts."""
    if processes <= 1:
        return rebuild_standings(at=at, agency=agency)
    code = agency.code if agency else ""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=django.setup) as pool:
        shares = [pool.submit(_share, at, code, number, processes) for number in range(processes)]
        return sum(share.result() for share in shares)


def _share(at: datetime, code: str, number: int, of: int) -> int:
    agency = Agency.objects.get(code=code) if code else None
    return rebuild_standings(at=at, agency=agency, share=Share(number, of))
