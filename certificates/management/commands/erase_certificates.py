"""manage.py erase_certificates: deletes somebody's certificates for good, as a part of erasing a person."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certificates.erasure import erase_certificates
from training.access.actor import Actor
from training.people.models import Person


class Command(BaseCommand):
    """Their codes answer 'no longer held' from then on. There is no way back, so it asks to be told twice."""

    help = "Delete the certificates of one record of a person, their files, and the links to their passport."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose, and that it is meant."""
        parser.add_argument("person", type=UUID, help="the person's uid")
        parser.add_argument("--for-good", action="store_true", help="do it; without this, nothing is deleted")

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase them, and say how many."""
        person = Person.objects.everywhere(reason="the erasure of a person").filter(uid=options["person"]).first()
        if person is None:
            raise CommandError("There is no such person.")
        if not options["for_good"]:
            raise CommandError("Nothing was deleted. Add --for-good to delete their certificates for good.")
        count = erase_certificates(person, by=Actor.system("erase_certificates"), at=timezone.now())
        self.stdout.write(f"Certificates erased: {count}.")
