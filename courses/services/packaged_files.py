"""Pictures and other files that stand beside a packaged text, as the site's own."""

from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.images import ImageFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from courses.content import schema

FILES = Path(schema.__file__).parent / "files"


def packaged_image(name: str) -> Any:
    """The picture of this name, kept once however often its text is loaded."""
    return _kept(get_image_model(), name, ImageFile)


def packaged_document(name: str) -> Any:
    """The film, captions or other file of this name."""
    return _kept(get_document_model(), name, File)


def _kept(model: Any, name: str, kind: type[File]) -> Any:
    found = model.objects.filter(title=name).first()
    if found is None:
        with (FILES / name).open("rb") as opened:
            found = model.objects.create(title=name, file=kind(opened, name=name))
    return found
