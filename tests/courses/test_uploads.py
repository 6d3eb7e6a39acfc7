"""What authors may upload: told by its content, looked at in a confined child, and no larger than its kind may be."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form

from courses import look, uploads
from training.people.roster.limits import Refused


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **how) -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", size, "teal").save(out, kind, **how)
    return out.getvalue()


def office(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


NOISE = picture("JPEG", (300, 300))
GOOD = {
    "film.mp4": b"\0\0\0\x20ftypisom" + bytes(40),
    "film.webm": b"\x1a\x45\xdf\xa3" + bytes(40),
    "call.mp3": b"ID3\x04" + bytes(40),
    "call.m4a": b"\0\0\0\x20ftypM4A " + bytes(40),
    "call.ogg": b"OggS" + bytes(40),
    "call.wav": b"RIFF\0\0\0\0WAVEfmt ",
    "leaflet.pdf": b"%PDF-1.7\n%%EOF",
    "film.vtt": b"WEBVTT\n\n00:01.000 --> 00:04.000\nHello.",
    "talk.docx": office("[Content_Types].xml", "word/document.xml"),
    "door.png": picture(),
    "door.jpg": picture("JPEG"),
    "door.GIF": picture("GIF"),
    "door.webp": picture("WEBP"),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_what_its_name_says_is_kept(name):
    look.look(io.BytesIO(GOOD[name]), uploads.ending_of(name))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("film.mp4", b"<html><script>alert(1)</script>", "not what its name says"),
        ("film.mp4", GOOD["film.webm"], "not what its name says"),
        ("leaflet.pdf", b"MZ\x90\x00", "not what its name says"),
        ("film.vtt", b"1\n00:01,000 --> 00:02,000\nHi", "first line is WEBVTT"),
        ("film.vtt", b"WEBVTT\n\nHello.", "no line with a time"),
        ("film.vtt", b"\xff\xfe\x00", "not what its name says"),
        ("talk.docx", office("xl/workbook.xml"), "not what its name says"),
        ("talk.docx", b"PK\x03\x04 and no more", "not what its name says"),
        ("talk.docx", office("word/document.xml", "word/vbaProject.bin"), "holds a program"),
        ("door.png", GOOD["door.jpg"], "not what its name says"),
        ("door.jpg", NOISE[: len(NOISE) // 2], "damaged"),
        ("door.svg", b"<svg onload='x'/>", "not what its name says"),
    ],
)
def test_what_is_not_is_refused_in_words(name, content, said):
    with pytest.raises(Refused, match=said):
        look.look(io.BytesIO(content), uploads.ending_of(name))


def test_every_frame_of_a_moving_picture_counts():
    first, *others = (Pillow.new("L", (4000, 4000)) for _ in range(4))
    for number, frame in enumerate(others, start=1):
        frame.putpixel((0, 0), number)
    out = io.BytesIO()
    first.save(out, "GIF", save_all=True, append_images=others)
    with pytest.raises(Refused, match="fewer pixels"):
        look.look(out, "gif")


def form_of(name: str, content: bytes):
    """The editor's form with this file chosen."""
    make, model = (get_image_form, get_image_model()) if name.startswith("door") else (get_document_form, get_document_model())  # fmt: skip
    return make(model, fields=["file"])({}, {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("name", ["film.vtt", "door.png"])
def test_the_editors_form_takes_it_and_hands_it_on_whole(db, name, real_child):
    form = form_of(name, GOOD[name])
    form.full_clean()
    assert "file" not in form.errors
    assert form.cleaned_data["file"].read() == GOOD[name]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("page.html", b"<p>", "of this kind cannot be kept"),
        ("film.mp4.exe", GOOD["film.mp4"], "of this kind cannot be kept"),
        ("film.vtt", b"WEBVTT" + b"-->" * 400_000, "larger than 1 MB"),
        ("leaflet.pdf", b"no pdf", "not what its name says"),
        ("door.png", b"\x89PNG\r\n\x1a\n" + bytes(200), "not what its name says"),
        ("door.svg", b"<svg/>", "of this kind cannot be kept"),
    ],
)
def test_the_editors_form_refuses_before_anything_else_opens_it(db, name, content, said):
    form = form_of(name, content)
    form.full_clean()
    assert said in str(form.errors["file"])
