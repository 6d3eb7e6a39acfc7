"""manage.py indicators: every indicator that is worked out here, in exact numbers, for whoever has to check them."""

import json
import sys
from dataclasses import asdict
from datetime import UTC
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from training.access.actor import Actor
from training.audit import services as audit
from training.people.models import Partnership
from training.strategy.call import BadCall, day_and_moment, named
from training.strategy.exact import exact_figures
from training.strategy.export import csv_text
from training.strategy.models import Indicator
from training.strategy.pack import Source
from training.strategy.selectors.board import TOPICS
from training.strategy.selectors.reports import counted
from training.strategy.suppress import Audience

HEAD = ("indicator", "part", "numerator", "denominator", "value")


class Command(BaseCommand):
    """Exit status 0: printed. 2: a bad call, with the reason on the error stream."""

    help = "Print exact figures, nothing hidden: for the operator and an auditor, never to be published."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, for which day, as known when, in which form."""
        parser.add_argument("--partnership", metavar="CODE", required=True)
        parser.add_argument("--as-at", metavar="DATE", help="the day, 2026-03-31; else the day of --known-at")
        parser.add_argument("--known-at", metavar="MOMENT", help="2026-04-04T12:00, London unless it says; else now")
        parser.add_argument("--format", default="csv", choices=["csv", "json"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Count, put on record that it was, print."""
        now = timezone.now()
        try:
            partnership = named(Partnership, "partnership", options["partnership"])
            on, known_at = day_and_moment(options["as_at"], options["known_at"], now=now)
        except BadCall as refusal:
            self.stderr.write(str(refusal))
            sys.exit(2)
        report = counted(partnership, on=on, at=now, known_at=known_at, audience=Audience.OWN_AGENCY)
        computed = Indicator.objects.filter(source=Source.COMPUTED, is_collected=True)
        localities = partnership.localities.order_by("code").values_list("code", flat=True)
        figures = [asdict(each) for each in exact_figures(computed, report, topics=TOPICS, localities=localities)]
        audit.record(
            "exact figures printed",
            by=Actor.system("indicators"),
            at=now,
            partnership_code=partnership.code,
            as_at=on.isoformat(),
        )
        if options["format"] == "csv":
            rows = [["" if each[name] is None else each[name] for name in HEAD] for each in figures]
            self.stdout.write(csv_text(HEAD, rows), ending="")
            return
        said = {
            "partnership": partnership.code,
            "as_at": on.isoformat(),
            "known_at": known_at.astimezone(UTC).isoformat() if known_at else "now",
            "figures": figures,
        }
        self.stdout.write(json.dumps(said, indent=2) + "\n", ending="")
