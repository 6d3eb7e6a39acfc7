"""Pictures and films of lessons are served to those signed in; nothing else of the media folder is."""

import pytest

from tests.courses.conftest import signed_in


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for folder in ("images", "evidence"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "one.png").write_bytes(b"picture")
    return tmp_path


def test_a_lessons_picture_opens_and_can_run_nothing(media, amira):
    answer = signed_in(amira).get("/media/images/one.png")
    assert b"".join(answer.streaming_content) == b"picture"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["evidence/one.png", "images/../evidence/one.png", "images/none.png", "images/"])
def test_nothing_else_does(media, amira, path):
    assert signed_in(amira).get(f"/media/{path}").status_code == 404


def test_a_visitor_signs_in_first(media, client):
    assert client.get("/media/images/one.png").status_code == 302
