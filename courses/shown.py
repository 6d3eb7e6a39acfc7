"""Which files a course shows, and who may open them."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from courses.models import Attempt, CoursePage, ShownFile
from courses.pieces import BODY
from training.access.access import Access
from training.access.permissions import Permission

# Where Wagtail keeps what editors upload; of a picture, learners are shown what has been drawn from it alone, since
# the original may say where it was taken.
DOCUMENTS, RENDITIONS, ORIGINALS = "documents", "images", "original_images"


def may_open_file(access: Access, name: str) -> bool:
    """Whoever writes courses may; a learner may where a course that is open, or one they have begun, shows it."""
    shown = _file_at(name)
    if shown is None:
        return False
    if access.may(Permission.AUTHOR_CONTENT):
        return True
    if not access.may(Permission.LEARN) or name.startswith(ORIGINALS):
        return False
    begun = Attempt.objects.visible_to(access).values("course")
    return ShownFile.objects.filter(Q(course__live=True) | Q(course__in=begun), **shown).exists()


def is_shown(file: Any) -> bool:
    """Whether an edition shows this picture or document."""
    kind = {get_image_model(): "image", get_document_model(): "document"}.get(type(file))
    return kind is not None and ShownFile.objects.filter(**{kind: file.pk}).exists()


def _file_at(name: str) -> dict[str, int] | None:
    """The row of the file with this name in the storage, as ShownFile names it."""
    folder = name.partition("/")[0]
    images = get_image_model()
    if folder == DOCUMENTS:
        kind, rows = "document", get_document_model().objects.filter(file=name).values_list("pk")
    elif folder == ORIGINALS:
        kind, rows = "image", images.objects.filter(file=name).values_list("pk")
    elif folder == RENDITIONS:
        kind, rows = "image", images.get_rendition_model().objects.filter(file=name).values_list("image")
    else:
        return None
    found = rows.first()
    return {f"{kind}_id": found[0]} if found else None


def keep_shown(course: CoursePage, content: dict[str, Any]) -> None:
    """Remember the files of an edition with its course."""
    for file in _files_of(content):
        ShownFile.objects.get_or_create(None, course=course, **file)


def _files_of(content: dict[str, Any]) -> Iterator[dict[str, int]]:
    """What the choosers of its blocks point at that still exists."""
    kinds = {get_image_model(): "image_id", get_document_model(): "document_id"}
    for lesson in content["lessons"]:
        for model, pk, *_ in BODY.extract_references(BODY.to_python(lesson["body"])):
            if model in kinds and model.objects.filter(pk=pk).exists():
                yield {kinds[model]: int(pk)}
