"""Taking a package in."""

from datetime import datetime
from typing import IO

from django.db import transaction

from courses.models import Package
from courses.packages.unpack import discard, unpack
from training.access.actor import Actor
from training.audit import services as audit


def keep_package(file: IO[bytes], *, title: str = "", counts_when: str = "", by: Actor, at: datetime) -> Package:
    """Check, unpack and keep it. Raises Refused, in words for the author.

    Without a title it keeps its own; without a word on when it counts, its manifest decides.
    """
    unpacked = unpack(file)
    try:
        with transaction.atomic():
            package = Package.objects.create(
                title=(title or unpacked.reading.title)[:120],
                kind=unpacked.reading.kind,
                folder=unpacked.folder,
                sha256=unpacked.sha256,
                size=unpacked.size,
                file_count=unpacked.file_count,
                reading=unpacked.reading.as_json(),
                counts_when=counts_when or unpacked.reading.own_rule,
                uploaded_at=at,
                uploaded_by=str(by),
            )
            audit.record("package uploaded", by=by, at=at, kind="courses.package", uid=package.uid)
    except BaseException:
        discard(unpacked.folder)
        raise
    return package
