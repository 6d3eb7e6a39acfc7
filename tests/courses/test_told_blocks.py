"""Blocks that are the same for everyone: what is shown, heard, looked up or taken away."""

import re

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from wagtail.blocks import StreamBlockValidationError
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from courses.content.told import read_grid
from courses.gallery import SAMPLES
from tests.courses.test_blocks import BODY, stream

TALK = {"title": "A talk", "transcript": "<p>Dan: Hello.</p>"}


@pytest.fixture
def media(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    caches["default"].clear()  # where Wagtail remembers what was drawn from the pictures of earlier tests
    return tmp_path


def document(name: str, content: bytes = b"bytes"):
    """A file as the content editor keeps it."""
    return get_document_model().objects.create(title=name, file=ContentFile(content, name=name))


def refused(kind: str, value: dict) -> str:
    """What an author is told."""
    with pytest.raises(StreamBlockValidationError) as error:
        BODY.clean(stream(kind, value))
    return str([found.as_json_data() for found in error.value.block_errors.values()])


def drawn(kind: str, value: dict) -> str:
    return BODY.clean(stream(kind, value))[0].render()


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("quote", {"text": "I was heard."}),
        ("video", TALK | {"file": None, "captions": None}),
        ("image", {"image": 5, "alt": "A door"}),
    ],
)
def test_what_was_frozen_before_a_block_grew_can_still_be_read(db, kind, value):
    child = stream(kind, value)[0]
    assert child.block.read(child.block.get_prep_value(child.value) | value).type == kind


def test_a_film_has_its_own_anchor_and_its_words():
    page = drawn("video", TALK)
    (place,) = re.findall(r'href="#(video-\w+-end)"', page)
    assert f'id="{place}"' in page
    assert "Dan: Hello." in page
    assert "<video" not in page


def test_a_film_of_ours_loads_nothing_before_it_is_played_and_has_captions(media):
    film, captions = document("film.mp4"), document("film.vtt", b"WEBVTT")
    page = drawn("video", TALK | {"file": film.pk, "captions": captions.pk})
    assert 'preload="none"' in page
    assert f'<source src="{film.file.url}" type="video/mp4">' in page
    assert f'srclang="en" label="English" src="{captions.file.url}"' in page
    assert "MP4, 5\xa0bytes. It loads when you press play." in page
    assert "add captions" in refused("video", TALK | {"file": film.pk})


def test_a_spoken_piece_plays_in_the_page_and_can_be_read_instead(media):
    page = drawn("audio", TALK | {"file": document("call.mp3").pk})
    assert '<audio class="course-sound" controls preload="none"' in page
    assert 'type="audio/mpeg"' in page
    assert "Read it instead" in page


@pytest.mark.parametrize("kind", ["video", "audio"])
def test_what_is_kept_elsewhere_is_a_link_that_names_its_host(kind):
    page = drawn(kind, TALK | {"link": "https://films.example/talk"})
    assert 'rel="noreferrer noopener external">Play it on films.example</a>' in page
    assert not re.search(r"\ssrc=|<iframe", page)


def test_a_recording_stands_in_one_place_and_behind_https(media):
    assert "not both" in refused("audio", TALK | {"link": "https://a.example/b", "file": document("call.mp3").pk})
    assert "link" in refused("audio", TALK | {"link": "http://films.example/talk"})
    assert "transcript" in refused("audio", {"title": "A talk", "transcript": ""})


def test_a_picture_comes_in_the_widths_a_screen_needs_cut_around_its_focal_point(media):
    image = get_image_model().objects.create(
        title="A door",
        file=get_test_image_file(size=(1000, 1000)),
        focal_point_x=900,
        focal_point_y=100,
        focal_point_width=20,
        focal_point_height=20,
    )
    whole = drawn("image", {"image": image.pk, "alt": "An open door", "caption": "Ajar"})
    assert re.findall(r" (\d+)w[,\"]", whole) == ["400", "800", "1000"]
    assert 'width="400" height="400" alt="An open door"' in whole
    assert "Ajar</figcaption>" in whole
    assert 'width="400" height="160"' in drawn("image", {"image": image.pk, "alt": "A door", "shape": "wide"})
    assert {one.focal_point_key for one in image.renditions.filter(filter_spec__startswith="fill-400x160")} != {""}


def test_a_picture_needs_words(media):
    image = get_image_model().objects.create(title="A door", file=get_test_image_file())
    assert "alt" in refused("image", {"image": image.pk, "alt": ""})


@pytest.mark.parametrize(("kind", "value"), [("image", {"image": 98765, "alt": "x"}), ("download", {"file": 98765})])
def test_what_was_taken_away_leaves_nothing(db, kind, value):
    assert stream(kind, value)[0].render().strip() == ""


def test_tabs_read_one_after_another_without_scripts():
    page = drawn("tabs", SAMPLES["tabs"][0])
    links, panels = re.findall(r'href="#(tabs-\S+?)"', page), re.findall(r'panel[^>]* id="(tabs-\S+?)"', page)
    assert links == panels
    assert len(set(panels)) == 3
    assert page.count('<h2 class="govuk-heading-m">') == 3


def test_a_table_says_what_each_cell_stands_under():
    page = drawn("table", SAMPLES["table"][0])
    assert page.count('scope="col"') == 3
    assert page.count('scope="row"') == 2
    assert ">What you may notice</caption>" in page


def test_a_sheet_can_be_pasted_into_a_table():
    assert read_grid("Who\tWhen|where\r\n\nAmira\tMonday \n") == [["Who", "When|where"], ["Amira", "Monday"]]
    assert read_grid("Who | When\nAmira |") == [["Who", "When"], ["Amira", ""]]


@pytest.mark.parametrize(
    ("grid", "said"),
    [
        ("Only heads | here", "at least one more line"),
        ("One\nTwo", "two to six heads"),
        ("A | B\none", "line 2 has 1 cells, and the heads are 2"),
        ("A | \none | two", "every column needs a head"),
    ],
)
def test_a_crooked_table_is_refused_in_words(grid, said):
    assert said in refused("table", {"caption": "A table", "grid": grid, "first_is_header": True})


def test_a_download_says_what_it_is_before_it_is_taken(media):
    leaflet = document("leaflet.pdf", b"%PDF-" + b"x" * 4091)
    page = drawn("download", {"title": "The leaflet", "file": leaflet.pk, "about": "One page"})
    assert 'download="leaflet.pdf">The leaflet</a>' in page
    assert "PDF, 4.0\xa0KB. It is saved on your device as 'leaflet.pdf'." in page


def test_a_timeline_is_a_list_in_order():
    page = drawn("timeline", SAMPLES["timeline"][0])
    assert re.findall(r'__when">(\d+)<', page) == ["2015", "2021"]
    assert "<ol" in page


def test_words_are_terms_with_their_meaning():
    page = drawn("glossary", SAMPLES["glossary"][0])
    assert "<dt><dfn>Champion</dfn></dt><dd>A colleague with extra training" in page


def test_a_quote_says_whose_words_they_are():
    page = drawn("quote", SAMPLES["quote"][0])
    assert "<blockquote><p>I was asked on my own.<br>That made it possible.</p></blockquote>" in page
    assert "A patient, invented</figcaption>" in page
