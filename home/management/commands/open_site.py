"""manage.py open_site: the public pages of a partnership, as drafts for its coordinator to edit."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from home.public.opening import open_site
from training.people.models import Partnership


class Command(BaseCommand):
    """Exit status 0: opened, or open already; 1: no such partnership."""

    help = "Make a partnership's public pages as drafts. Its coordinator edits and publishes them under /cms/."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose."""
        parser.add_argument("code", help="of the partnership, as severnshire")

    def handle(self, **options: Any) -> None:
        """Open it."""
        partnership = Partnership.objects.filter(code=options["code"]).first()
        if partnership is None:
            raise CommandError(f"There is no partnership '{options['code']}'. Make it first: manage.py add_partnership")
        try:
            site = open_site(partnership)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        drafts = site.get_descendants(inclusive=True).filter(live=False)
        self.stdout.write(
            f"{partnership.title}: the site is open at {site.get_url()}, {drafts.count()} pages are drafts."
        )
