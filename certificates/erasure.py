"""Erasing somebody's certificates: the part of the erasure of a person that is this room's. Codes go on answering."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from certificates import bulk
from certificates.code import hash_of
from certificates.models import BadgePlace, Certificate, Gone, PrintedName, Share, Showing
from training.access.actor import Actor
from training.audit import services as audit
from training.people.models import Person

WHY = "the erasure of a person"


@transaction.atomic
def erase_certificates(person: Person, *, by: Actor, at: datetime) -> int:
    """Delete the certificates of one record of a person, with their files and those of batches that may hold them, what
    was chosen for them, names to be printed, and links; how many. None is issued of those completions again.
    """
    theirs = Certificate.objects.everywhere(reason=WHY).filter(completion__person=person)
    rows = list(theirs.select_related("completion").order_by("-pk"))
    Gone.objects.bulk_create(
        Gone(code_hash=hash_of(row.code), number=row.pk, completion_uid=row.completion.uid, erased_at=at)
        for row in rows
    )
    # Links of their other records too: these may have shown it, and say when and what was seen
    Share.objects.of_all_records(person).delete()
    PrintedName.objects.of(person).delete()
    for row in rows:
        Showing.objects.of(row.pk).delete()
        BadgePlace.objects.of(row.pk).update(certificate=None)
        found = Certificate.objects.with_code(row.code)
        found._raw_delete(found.db)
    bulk.forget_batches_with([row.completion for row in rows])
    audit.record("certificates erased", by=by, at=at, kind="person", uid=person.uid, rows=len(rows))
    transaction.on_commit(lambda: _delete_files(rows))
    return len(rows)


def _delete_files(rows: list[Certificate]) -> None:
    for row in rows:
        for file in (Path(settings.CERTIFICATE_ROOT) / row.uid.hex[:2]).glob(f"{row.uid}-*"):
            file.unlink(missing_ok=True)
