"""Make a partnership: the first thing a new site needs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from training.access.actor import Actor
from training.people.membership import MembershipError, add_partnership


class Command(BaseCommand):
    """Exit status 0: made; 1: refused, with what to do."""

    help = "Make a partnership. Next: add_agency for each of its agencies, then load_catalogue."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Its code and its name."""
        parser.add_argument("code", help="stands in addresses: small letters and hyphens, as severnshire")
        parser.add_argument("title", help="as people say it, as 'Severnshire Domestic Abuse Partnership'")
        parser.add_argument("--area", default="", help="what it covers, in words")

    def handle(self, **options: Any) -> None:
        """Make it."""
        by, at = Actor.system("add_partnership"), timezone.now()
        try:
            made = add_partnership(code=options["code"], title=options["title"], area=options["area"], by=by, at=at)
        except MembershipError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{made.title} ({made.code}): made.")
