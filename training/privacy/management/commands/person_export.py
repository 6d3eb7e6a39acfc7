"""Answer a subject-access request: everything held on one person, why, and for how long."""

import json
import os
from argparse import ArgumentParser
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from training.access.actor import Actor
from training.audit import services as audit
from training.privacy.export import Held, NotOnePerson, as_document, everything_on, uid_of_person


class Command(BaseCommand):
    """Prints what is held; with --json also writes it to a file that its owner alone can read."""

    help = "Export everything held on one person: name them by uid, or by work or sign-in address."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whom, and where to."""
        parser.add_argument("person_uid", nargs="?", type=UUID, help="the person's uid")
        parser.add_argument("--email", metavar="ADDRESS", help="their work or sign-in address, instead of the uid")
        parser.add_argument("--json", metavar="FILE", dest="file", help="write the rows to this new file")

    def handle(self, **options: Any) -> None:
        """Find, collect, put on record, hand over."""
        if bool(options["person_uid"]) == bool(options["email"]):
            raise CommandError("Name the person by uid, or by --email ADDRESS.")
        try:
            uid = uid_of_person(uid=str(options["person_uid"] or ""), address=options["email"] or "")
        except NotOnePerson as error:
            raise CommandError(str(error)) from None
        at = timezone.now()
        held = everything_on(uid)
        if options["file"]:
            write(options["file"], uid, held, at)
        audit.record("person exported", by=Actor.system("person_export"), at=at, kind="person", uid=uid)
        for each in held:
            rows = "1 row" if len(each.rows) == 1 else f"{len(each.rows)} rows"
            self.stdout.write(f"{each.holding.model}: {rows}. {each.holding.why}. Kept {each.holding.keep.value}.")


def write(path: str, uid: str, held: tuple[Held, ...], at: datetime) -> None:
    """The rows by table, as JSON, into a file that must not exist yet."""
    document = as_document(uid, held, at=at)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}. Name a new file.") from None
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(document, file, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)
