"""manage.py badge_keys: shows the keys that sign badges, and makes a new one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from certificates.badges.keys import are_in_environment, public_keys, rotate


class Command(BaseCommand):
    """Of older keys the public halves stay, so that what they signed can still be checked."""

    help = "Name the keys that are published, the one that signs first. --new makes one that signs from now on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to make a new key."""
        parser.add_argument("--new", action="store_true", help="put a new key on top of the file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make one, if asked; say which there are. No secret is shown."""
        if options["new"]:
            if are_in_environment():
                raise CommandError("The keys stand in BADGE_KEYS: put a new one first there yourself.")
            rotate()
        for each in public_keys():
            self.stdout.write(each.name)
