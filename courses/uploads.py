"""What authors upload: kinds, sizes, and a look in the confined child before anything opens it."""

import json
import tempfile
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from courses.look import PICTURES
from courses.shown import is_shown
from training.people.roster.confined import run_child
from training.people.roster.limits import Refused

CHILD = "courses.look"
MB = 1_000_000
FILMS, SOUNDS, PAPERS = ("mp4", "webm"), ("mp3", "m4a", "ogg", "wav"), ("pdf", "docx", "pptx", "xlsx")
MOST_BYTES = {
    **dict.fromkeys(PICTURES, 10 * MB),
    **dict.fromkeys(FILMS, 200 * MB),
    **dict.fromkeys(SOUNDS, 50 * MB),
    **dict.fromkeys(PAPERS, 20 * MB),
    "vtt": 1 * MB,
}
DOCUMENTS = (*FILMS, *SOUNDS, *PAPERS, "vtt")
TYPES = {
    "mp4": "video/mp4",
    "webm": "video/webm",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "vtt": "text/vtt",
    "gif": "image/gif",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
SHOWN = (
    "A lesson has shown this file, and people may be reading it. Keep it, add the new one beside it, and choose that."
)
UNSEEN = "The file could not be looked at within the limits of memory and time. Save it in a simpler form."


def ending_of(name: str) -> str:
    """'Film.MP4' -> 'mp4'."""
    return PurePath(name).suffix[1:].lower()


def look_at(file: UploadedFile, *, kinds: tuple[str, ...]) -> None:
    """Raises Refused for another kind than its name says, for one that is too large, and for one that breaks."""
    ending = ending_of(file.name or "")
    if ending not in kinds:
        raise Refused(f"A file of this kind cannot be kept here. These can: {', '.join(kinds)}.")
    if (file.size or 0) > MOST_BYTES[ending]:
        raise Refused(f"The file is larger than {MOST_BYTES[ending] // MB} MB.")
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as answer:
        for chunk in file.chunks():
            source.write(chunk)
        source.seek(0)
        run_child(CHILD, ending, source=source, answer=answer, too_long=UNSEEN, died=UNSEEN)
        answer.seek(0)
        said = json.load(answer)
    file.seek(0)
    if "refused" in said:
        raise Refused(said["refused"])


def _unshown(form: Any) -> None:
    """Other bytes under what lessons have shown would change editions, and by one person's hand alone."""
    if form.instance.pk and "file" in form.changed_data and is_shown(form.instance):
        form.add_error("file", SHOWN)


def _checked(data: Any, kinds: tuple[str, ...]) -> None:
    try:
        if isinstance(data, UploadedFile):
            look_at(data, kinds=kinds)
    except Refused as refusal:
        raise ValidationError(str(refusal)) from refusal


class PictureField(WagtailImageField):
    """A picture that has been drawn whole in the confined child before this process opens it."""

    def to_python(self, data: Any) -> Any:
        """The uploaded picture."""
        _checked(data, tuple(PICTURES))
        return super().to_python(data)


class ImageForm(BaseImageForm):
    """Wagtail's form of an image, with our own look at the file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if usual := self.fields.get("file"):
            self.fields["file"] = PictureField(label=usual.label, required=usual.required, widget=usual.widget)

    def clean(self) -> Any:
        """What lessons show stays as it is."""
        _unshown(self)
        return super().clean()


class DocumentForm(BaseDocumentForm):
    """Wagtail's form of a document, with our own look at the file."""

    def clean_file(self) -> Any:
        """The uploaded file."""
        file = self.cleaned_data["file"]
        _checked(file, DOCUMENTS)
        return file

    def clean(self) -> Any:
        """What lessons show stays as it is."""
        _unshown(self)
        return super().clean()
