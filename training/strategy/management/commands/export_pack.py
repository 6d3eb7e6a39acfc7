"""manage.py export_pack: prints a strategy as the pack that would load it."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from training.strategy.models import Strategy
from training.strategy.pack_writer import as_yaml, pack_of


class Command(BaseCommand):
    """Exit status 0: printed. 2: there is no such strategy."""

    help = "Print a strategy as a pack (YAML), to keep, to edit and to load again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which strategy."""
        parser.add_argument("pack", help="the id of a strategy that is loaded")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look up, print."""
        strategy = Strategy.objects.filter(pack_id=options["pack"]).first()
        if strategy is None:
            self.stderr.write(f"There is no strategy {options['pack']}.")
            sys.exit(2)
        self.stdout.write(as_yaml(pack_of(strategy)), ending="")
