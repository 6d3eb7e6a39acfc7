"""manage.py load_pack: puts a strategy pack into the tables."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from training.access.actor import Actor
from training.people.models import Partnership
from training.strategy import services
from training.strategy.pack_reader import PackError, packaged, read_pack


class Command(BaseCommand):
    """Exit status 0: loaded, or nothing to do. 1: refused, with file, line and reason. 2: a bad call."""

    help = "Load a strategy pack, packaged or from a file, as a partnership's own or as an example."

    def add_arguments(self, parser: CommandParser) -> None:
        """The pack, and whose it is."""
        parser.add_argument("pack", help=f"a packaged pack ({', '.join(packaged())}) or the path of a file")
        parser.add_argument("--partnership", metavar="CODE", help="whose strategy it is; without, it is an example")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, load, tell."""
        partnership = None
        if options["partnership"]:
            partnership = Partnership.objects.filter(code=options["partnership"]).first()
            if partnership is None:
                self.stderr.write(f"There is no partnership with the code {options['partnership']}.")
                sys.exit(2)
        try:
            pack = read_pack(options["pack"])
            by, at = Actor.system("load_pack"), timezone.now()
            receipt = services.load_pack(pack, partnership=partnership, by=by, at=at)
        except (PackError, services.StrategyError) as refusal:
            self.stderr.write(str(refusal))
            sys.exit(1)
        self._tell(receipt)

    def _tell(self, receipt: services.Receipt) -> None:
        said = "loaded" if receipt.is_changed else "nothing to do"
        self.stdout.write(
            f"{receipt.pack_id}: {said}; {receipt.priorities} priorities, {receipt.objectives} objectives, "
            f"{receipt.outcomes} outcomes, {receipt.targets} targets, {receipt.indicators} indicators known, "
            f"{receipt.localities_added} localities added"
        )
