"""Taking away a package that nothing uses."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Revision

from courses.models import CoursePage, Edition, Launch, Package
from courses.packages.unpack import discard
from training.access.actor import Actor
from training.audit import services as audit


class InUse(Exception):
    """It stays: a course, a draft, an edition or a learner's run needs it."""


def uses_of(package: Package) -> list[str]:
    """What needs the package, in words for its author; nothing if it can go."""
    return list(_uses(package))


def _uses(package: Package) -> Iterator[str]:
    for course in package.courses.all():
        yield f"The course '{course.title}' has it."
    editions = Edition.objects.filter(content__lessons__0__package=str(package.uid)).select_related("course")
    for edition in editions.defer("content"):
        yield f"Edition {edition} of '{edition.course.title}' has it: people may have begun it."
    kind = ContentType.objects.get_for_model(CoursePage)
    if Revision.objects.filter(content_type=kind, content__package=package.pk).exists():
        yield "A draft, or an earlier state of a course page, has it."
    if Launch.objects.everywhere(reason="whether a package is in use").filter(package=package).exists():
        yield "Somebody has opened it."


@transaction.atomic
def delete_package(package: Package, *, by: Actor, at: datetime) -> None:
    """Delete its row, and its files once that is certain. Raises InUse."""
    held = Package.objects.select_for_update(no_key=True).get(pk=package.pk)
    if uses_of(held):
        raise InUse
    audit.record("package deleted", by=by, at=at, kind="courses.package", uid=held.uid, title=held.title)
    held.delete()
    transaction.on_commit(partial(discard, held.folder))
