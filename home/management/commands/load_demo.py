"""manage.py load_demo: fills an empty site with fictional Severnshire."""

import time
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from home.demo.build import BY, build
from home.demo.inspection import build_inspection
from home.demo.packs import build_packs
from training.access.clock import london_date
from training.ledger.rebuild import rebuild_standings
from training.people.models import Partnership
from training.strategy.periods import month_ends
from training.strategy.rebuild import FILLED, rebuild_coverage


class Command(BaseCommand):
    """Leaves a site that has its world already as it is."""

    help = "Load the demo world, unless it is there."

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, telling how far it has come."""
        if Partnership.objects.exists():
            self.stdout.write("==> The demo world is there and keeps its data (make demo-reset starts afresh)")
            return
        self.stdout.write("==> Building the demo world, about a minute")
        started = time.monotonic()
        at = timezone.now()
        build(at=at, on=london_date(at), tell=lambda line: self.stdout.write(f"    {line}"))
        self.stdout.write("    standings and coverage")
        rebuild_standings(at=at)
        for partnership in Partnership.objects.all():
            for day in (london_date(at), *month_ends(london_date(at))[:FILLED]):
                rebuild_coverage(partnership, on=day, at=timezone.now())
            count = build_packs(partnership, by=BY, at=timezone.now())
            self.stdout.write(f"    {count} board packs")
            build_inspection(partnership, by=BY, at=timezone.now())
        self.stdout.write(f"    done in {time.monotonic() - started:.0f} s")
