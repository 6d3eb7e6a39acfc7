"""manage.py export_facts: the facts behind a partnership's figures, for an auditor who works them out anew."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from home.facts.bundle import NotWritten, bundle
from home.facts.table import Asked
from training.access.actor import Actor
from training.audit import services as audit
from training.people.models import Partnership
from training.strategy.call import BadCall, day_and_moment, named


class Command(BaseCommand):
    """Exit status 0: written. 2: a bad call, or a folder that is there, with the reason on the error stream."""

    help = "Write the facts behind a partnership's figures into a new folder, with keys in the place of names."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, up to which day, as known when, where to."""
        parser.add_argument("--partnership", metavar="CODE", required=True)
        parser.add_argument("--as-at", metavar="DATE", help="the last day of completions; else the day of --known-at")
        parser.add_argument("--known-at", metavar="MOMENT", help="2026-04-04T12:00, London unless it says; else now")
        parser.add_argument("folder", metavar="DIR", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, and put on record that it was."""
        now = timezone.now()
        try:
            partnership = named(Partnership, "partnership", options["partnership"])
            as_at, known_at = day_and_moment(options["as_at"], options["known_at"], now=now)
            asked = Asked(partnership, as_at, known_at, now)
            with bundle(asked, options["folder"]) as count:
                _put_on_record(asked, count, at=now)
        except (BadCall, NotWritten) as refusal:
            self.stderr.write(str(refusal))
            sys.exit(2)
        self.stdout.write(f"{count:,} rows in {options['folder']}. README.md there says what each column is.")


def _put_on_record(asked: Asked, count: int, *, at: datetime) -> None:
    audit.record(
        "facts exported",
        by=Actor.system("export_facts"),
        at=at,
        partnership_code=asked.partnership.code,
        as_at=asked.as_at.isoformat(),
        known_at=asked.known_at.isoformat() if asked.known_at else "now",
        rows=count,
    )
