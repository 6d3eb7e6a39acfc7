"""Files of lessons open to those who may open a course that shows them, whole or in stretches, and to nobody else."""

import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db.models import ProtectedError
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import ReferenceIndex

from courses.models import Attempt, CoursePage, LessonPage, ShownFile
from courses.services.publishing import freeze
from tests.courses.conftest import BEGUN, signed_in
from tests.factories import RoleGrantFactory, UserFactory
from training.settings import media as settings_media

FILM = bytes(range(256)) * 4


@pytest.fixture
def kept(settings, tmp_path, course):
    """A film and a picture in the published first lesson, and a leaflet that no lesson shows."""
    settings.MEDIA_ROOT = tmp_path
    caches["default"].clear()  # where Wagtail remembers what was drawn from the pictures of earlier tests
    documents = get_document_model().objects
    film, captions, leaflet = (
        documents.create(title=name, file=ContentFile(content, name=name))
        for name, content in (("film.mp4", FILM), ("film.vtt", b"WEBVTT"), ("leaflet.pdf", b"%PDF-1.7"))
    )
    picture = get_image_model().objects.create(title="A door", file=get_test_image_file())
    lesson = LessonPage.objects.child_of(course).first()
    lesson.body = [
        ("video", {"title": "A talk", "file": film, "captions": captions, "transcript": "<p>Hello.</p>"}),
        ("image", {"image": picture, "alt": "A door", "shape": "whole"}),
    ]
    lesson.save()
    freeze(CoursePage.objects.get(pk=course.pk), at=BEGUN + timedelta(days=1))
    return {"film": film, "leaflet": leaflet, "picture": picture}


def get(person, file, **headers):
    return signed_in(person).get(file.file.url, headers=headers)


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_lessons_film_opens_and_can_run_nothing(kept, amira):
    answer = get(amira, kept["film"])
    assert body(answer) == FILM
    assert answer["Content-Type"] == "video/mp4"
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("wanted", "said", "sent"),
    [
        ("bytes=0-99", "bytes 0-99/1024", FILM[:100]),
        ("bytes=1000-", "bytes 1000-1023/1024", FILM[1000:]),
        ("bytes=-24", "bytes 1000-1023/1024", FILM[-24:]),
        ("bytes=1000-9999", "bytes 1000-1023/1024", FILM[1000:]),
    ],
)
def test_a_player_may_ask_for_a_stretch(kept, amira, wanted, said, sent):
    answer = get(amira, kept["film"], range=wanted)
    assert (answer.status_code, answer["Content-Range"], body(answer)) == (206, said, sent)
    assert answer["Content-Length"] == str(len(sent))


@pytest.mark.parametrize(
    ("wanted", "status"),
    [("bytes=1024-", 416), ("bytes=5-2", 416), ("bytes=-", 200), ("x", 200), ("bytes=0-" + "9" * 5000, 200)],
)
def test_a_stretch_that_is_none_is_refused_or_sent_whole(kept, amira, wanted, status):
    assert get(amira, kept["film"], range=wanted).status_code == status


def test_addresses_cannot_be_guessed(kept):
    assert re.fullmatch(r"/media/documents/[\w-]{22}/film\.mp4", kept["film"].file.url)
    assert re.fullmatch(r"/media/original_images/[\w-]{22}/test\.png", kept["picture"].file.url)
    assert re.fullmatch(
        r"/media/images/[\w-]{22}/test\S+\.webp", kept["picture"].get_rendition("width-40|format-webp").url
    )


def test_learners_are_shown_what_was_drawn_from_a_picture_and_not_the_original(kept, amira):
    assert signed_in(amira).get(kept["picture"].get_rendition("width-40|format-webp").url).status_code == 200
    assert get(amira, kept["picture"]).status_code == 404


def test_what_no_course_shows_is_its_authors_alone(kept, amira):
    author = RoleGrantFactory(role_code="content_author").user
    amira_sees, author_sees = get(amira, kept["leaflet"]), get(type("", (), {"user": author}), kept["leaflet"])
    assert (amira_sees.status_code, author_sees.status_code) == (404, 200)
    assert author_sees["Content-Disposition"] == "attachment"


def test_a_course_taken_down_keeps_its_files_for_those_who_began_it(kept, course, amira):
    CoursePage.objects.filter(pk=course.pk).update(live=False)
    assert get(amira, kept["film"]).status_code == 404
    Attempt.objects.create(person=amira, course=course, edition=course.editions.last(), started_at=BEGUN)
    assert get(amira, kept["film"]).status_code == 200


def test_a_login_without_a_record_opens_nothing(kept):
    assert get(type("", (), {"user": UserFactory()}), kept["film"]).status_code == 404


@pytest.mark.parametrize(
    "path", ["evidence/one.png", "documents/../secret_key", "images/none.png", "documents/", "%00"]
)
def test_nothing_else_of_the_folder_opens(kept, settings, amira, path):
    (settings.MEDIA_ROOT / "evidence").mkdir()
    (settings.MEDIA_ROOT / "evidence" / "one.png").write_bytes(b"picture")
    assert signed_in(amira).get(f"/media/{path}").status_code == 404


def test_a_visitor_signs_in_first(kept, client):
    assert client.get(kept["film"].file.url).status_code == 302


def test_what_an_edition_shows_cannot_be_deleted(kept):
    with pytest.raises(ProtectedError):
        kept["film"].delete()
    assert kept["leaflet"].delete()


def test_without_a_bucket_files_lie_here(monkeypatch):
    monkeypatch.delenv("MEDIA_BUCKET", raising=False)
    storage = settings_media.media_storage()
    assert storage == {"BACKEND": "courses.storage.LocalFiles"}
    assert settings_media.media_origin(storage) == []


def test_a_bucket_is_private_and_its_host_may_show_pictures(monkeypatch):
    named = {"": "media", "_ENDPOINT": "https://s3.example.org/x", "_KEY": "key", "_SECRET": "secret"}
    for name, value in named.items():
        monkeypatch.setenv(f"MEDIA_BUCKET{name}", value)
    storage = settings_media.media_storage()
    assert storage["OPTIONS"]["querystring_auth"] is True
    assert settings_media.media_origin(storage) == ["https://s3.example.org"]


def test_whoever_passes_the_gate_is_sent_on_to_the_bucket(kept, amira, monkeypatch):
    def signed_url(name, *, kind, disposition):
        return f"https://s3.example.org/{name}?type={kind}&as={disposition}&signature=1"

    monkeypatch.setattr(storages["default"], "signed_url", signed_url, raising=False)
    answer = get(amira, kept["film"])
    assert answer.status_code == 302
    assert answer["Location"] == f"https://s3.example.org/{kept['film'].file.name}?type=video/mp4&as=inline&signature=1"
    assert get(amira, kept["leaflet"]).status_code == 404


@pytest.mark.parametrize("way", ["documents/delete/{film}/", "bulk/wagtaildocs/document/delete/?id={film}"])
def test_an_editor_who_deletes_what_a_lesson_shows_is_told_why_not(kept, way):
    author = RoleGrantFactory(role_code="content_author").user
    film = kept["film"]
    get_document_model().objects.filter(pk=film.pk).update(uploaded_by_user=author)
    ReferenceIndex.create_or_update_for_object(ShownFile.objects.get(document=film))  # else done after the commit
    client = signed_in(type("", (), {"user": author}))
    answer = client.post(f"/cms/{way.format(film=film.pk)}", {"next": "/cms/documents/"}, follow=True)
    assert answer.status_code in (200, 403)
    assert get_document_model().objects.filter(pk=film.pk).exists()


@pytest.mark.parametrize(("name", "address"), [("film", "documents/edit/{}/"), ("picture", "images/{}/")])
def test_other_bytes_do_not_take_the_place_of_what_a_lesson_has_shown(kept, name, address):
    """Else an author alone would change what a reviewer has published, under everybody who is reading it."""
    author = Client()
    author.force_login(RoleGrantFactory(role_code="content_author").user)
    row, before = kept[name], kept[name].file.name
    new = get_test_image_file("new.png") if name == "picture" else ContentFile(b"1234ftypisom", name="new.mp4")
    sent = {"title": "Another title", "collection": row.collection_id}
    told = author.post(f"/cms/{address.format(row.pk)}", sent | {"file": new}).content.decode()
    row.refresh_from_db()
    assert ("A lesson has shown this file" in told, row.file.name) == (True, before)
    assert author.post(f"/cms/{address.format(row.pk)}", sent).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.file.name) == ("Another title", before)
