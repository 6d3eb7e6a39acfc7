"""`manage.py load_champions_area`: put the packaged briefing packs and resources into pages."""

from typing import Any

from django.core.management.base import BaseCommand

from champions.services.packs import load_packs
from champions.services.resources import load_resources


class Command(BaseCommand):
    """Loads what comes with the program for the champions' area; pages that are there already stay as they are."""

    help = "Load the packaged briefing packs and resources into pages and publish them as drafts for specialist review."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, say what happened."""
        loaded = [*load_packs(), *load_resources()]
        for pack in loaded:
            self.stdout.write(f"{pack.slug}: published, {pack.title}")
        if not loaded:
            self.stdout.write("Nothing to load: all of them are there.")
