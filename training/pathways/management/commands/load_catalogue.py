"""manage.py load_catalogue: gives a partnership its pathway, or brings it up to a changed catalogue."""

import sys
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from training.access.actor import Actor
from training.access.clock import today
from training.pathways import services as pathways
from training.pathways.catalogue import CatalogueError, read_catalogue
from training.people.models import Partnership


class Command(BaseCommand):
    """Exit status 0: loaded, or nothing to do. 1: the file is refused, with line and reason. 2: a bad call."""

    help = "Load tiers, modules, role groups, designations and rules from a catalogue. Loading it again is harmless."

    def add_arguments(self, parser: CommandParser) -> None:
        """For which partnership, from which file, from which day."""
        parser.add_argument("--partnership", metavar="CODE", required=True)
        parser.add_argument("--all", action="store_true", help="make the rules of every role group, not the usual ones")
        parser.add_argument("--file", metavar="PATH", help="a catalogue of your own; the packaged one if not given")
        parser.add_argument(
            "--as-of",
            metavar="DATE",
            type=date.fromisoformat,
            help="the day on which new rules begin; today if not given",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, load, print the receipt."""
        partnership = Partnership.objects.filter(code=options["partnership"]).first()
        if partnership is None:
            self.stderr.write(f"There is no partnership with the code {options['partnership']}.")
            sys.exit(2)
        try:
            catalogue = read_catalogue(options["file"])
        except CatalogueError as refused:
            self.stderr.write(str(refused))
            sys.exit(1)
        receipt = pathways.load_catalogue(
            partnership=partnership,
            catalogue=catalogue,
            by=Actor.system("load_catalogue"),
            at=timezone.now(),
            on=options["as_of"] or today(),
            all_role_groups=options["all"],
        )
        self._tell(receipt)

    def _tell(self, receipt: pathways.Receipt) -> None:
        self.stdout.write(f"{receipt.pathway}, version {receipt.version}")
        for count in receipt.counts:
            self.stdout.write(f"  {count.kind}: {count.new} new, {count.changed} changed, {count.unchanged} unchanged")
        for rule in receipt.rules_changed:
            self.stdout.write(f"  changed: {rule}")
        if receipt.is_unchanged:
            self.stdout.write("Nothing has changed.")
