"""manage.py seal_notes: changes the key that seals learners' notes."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from courses.keeping.keys import add_key, are_in_environment, forget_old_keys
from courses.keeping.notes import reseal_notes
from courses.keeping.seal import can_seal
from courses.keeping.survey import reseal_marks


class Command(BaseCommand):
    """Harmless to run again: what the newest key sealed already is left alone."""

    help = "Seal anew, under the newest key, whatever an older one sealed. Learners may go on writing meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How to change the keys in the file."""
        parser.add_argument("--new-key", action="store_true", help="first put a new key on top of the file")
        parser.add_argument("--forget-old", action="store_true", help="take the older keys out of the file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Change, seal anew, say what became of it. No note is shown."""
        if are_in_environment() and (options["new_key"] or options["forget_old"]):
            raise CommandError("The keys stand in NOTES_KEYS: put a new one first there yourself, then run this again.")
        if options["new_key"] and options["forget_old"]:
            raise CommandError("Somebody may be writing under the old key at this moment: forget it a minute later.")
        if options["new_key"]:
            add_key()
        if not can_seal():
            raise CommandError("There is no key. Make the file with --new-key, or set NOTES_KEYS.")
        done, lost = reseal_notes()
        marks = reseal_marks()
        self.stdout.write(f"{done} notes and {marks} survey marks sealed anew; {lost} notes cannot be opened.")
        if options["forget_old"]:
            if lost:
                raise CommandError("The older keys stay: look for the key of the notes that cannot be opened first.")
            forget_old_keys()
            self.stdout.write(f"Only the newest key is left in {settings.NOTES_KEY_FILE.name}: back it up.")
