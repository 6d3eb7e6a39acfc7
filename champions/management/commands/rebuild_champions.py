"""manage.py rebuild_champions: works out anew where every champion stands from day to day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from champions.services.steps import rebuild_steps


class Command(BaseCommand):
    """Harmless at any time: only speed depends on the table."""

    help = "Throw away the read table of champions and write it anew from facts."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild and say how many rows."""
        self.stdout.write(f"{rebuild_steps(at=timezone.now())} steps of champions written.")
