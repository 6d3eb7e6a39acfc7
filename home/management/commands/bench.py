"""manage.py bench PART: called by `scripts/bench`, which gives it a throw-away database."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from home.bench.figures import table
from home.bench.parts import PARTS


class Command(BaseCommand):
    """Prints a table of figures, promises and ratios, and how busy the machine was."""

    help = "Measure one part of the site on this database; pages and commits want the demo world."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which part."""
        parser.add_argument("part", choices=PARTS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print."""
        before = os.getloadavg()[0]
        figures = list(PARTS[options["part"]]())
        self.stdout.write(table(figures))
        self.stdout.write(f"(load of the machine {before:.1f} before, on {os.cpu_count()} processors)\n")
