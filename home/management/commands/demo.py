"""manage.py demo: everything the demo needs before it is served, in one go."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Prepares the database, loads the world unless it is there, and prints the guide."""

    help = "Prepare the demo: database, world, guide."
    requires_system_checks: list[str] = []  # what they would miss, the demo is about to make: keys and folders

    def handle(self, *args: Any, **options: Any) -> None:
        """One step after the other, in one process, since each start costs two seconds."""
        for step in ("prepare", "load_demo", "demo_guide"):
            call_command(step, stdout=self.stdout, stderr=self.stderr)
