"""Each block: what it draws, and what it refuses."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

import courses.blocks
from courses.blocks import LessonBody
from tests.courses.conftest import NOTE, TOMORROW, question, story

BODY = LessonBody()
FINAL = {
    "ask": 1,
    "intro": "<p>One question.</p>",
    "questions": [{**question("final-a"), "outcome": 1}],
    "passed": "<p>Well done.</p>",
    "not_yet": "<p>Not quite there.</p>",
}
VALUES = {
    "rich_text": ("<h2>A heading</h2><p>Some <b>text</b></p>", "<h2>A heading</h2>"),
    "callout": ({"title": "Mind this", "html": "<p>Words</p>", "tone": "warning"}, "Take care"),
    "content_note": ({name: NOTE[name] for name in ("kind", "minutes", "text")}, "About 2 minutes."),
    "video": ({"title": "A talk", "transcript": "<p>Dan: Hello.</p>"}, 'href="#after-a-talk"'),
    "quote": ({"text": "I was heard."}, "<blockquote><p>I was heard.</p></blockquote>"),
    "details": ({"summary": "More", "html": "<p>Much more</p>"}, "Much more"),
    "reflection_prompt": ({"text": "Think for a moment."}, "Think for a moment."),
    "knowledge_check": (question("check-one"), "Question check-one?"),
    "scenario": ({name: value for name, value in story().items() if name != "type"}, "Step one"),
    "tomorrow": ({"options": TOMORROW["options"]}, "Look up a champion"),
    "final_check": (FINAL, "1 of these 1 questions"),
}


def stream(kind, value):
    return BODY.to_python([{"type": kind, "value": value, "id": "one"}])


def test_every_block_has_a_file_and_a_template_of_its_name():
    here = Path(courses.blocks.__file__).parent
    templates = here.parent / "templates" / "courses" / "blocks"
    assert {name for name in BODY.child_blocks if not (here / f"{name}.py").exists()} == set()
    assert {name for name in BODY.child_blocks if not (templates / f"{name}.html").exists()} == set()
    assert set(BODY.child_blocks) == {*VALUES, "image"}


@pytest.mark.parametrize("kind", VALUES)
def test_a_block_draws_what_it_holds(kind):
    value, drawn = VALUES[kind]
    assert drawn in stream(kind, value)[0].render()


@pytest.mark.parametrize("kind", VALUES)
def test_a_block_as_it_should_be_passes(kind):
    BODY.clean(stream(kind, VALUES[kind][0]))


@pytest.mark.parametrize(
    ("kind", "change", "message"),
    [
        ("knowledge_check", {"kind": "multiple", "options": [dict(o, correct=True) for o in question("q")["options"]]}, "some options are correct and some are not"),
        ("knowledge_check", {"kind": "single", "options": [dict(o, correct=False) for o in question("q")["options"]]}, "exactly one correct option"),
        ("knowledge_check", {"read_again": "Not A Slug"}, "read again"),
        ("scenario", {"steps": [{**story()["steps"][0]}]}, "which is no later step"),
        ("tomorrow", {"options": [{"key": "NO", "text": "x"}, {"key": "b", "text": "y"}]}, "pattern"),
        ("final_check", {"ask": 5}, "asks 5 questions out of 1"),
    ],
)  # fmt: skip
def test_a_slip_that_a_learner_would_meet_is_refused_with_its_place(kind, change, message):
    with pytest.raises(StreamBlockValidationError) as refused:
        BODY.clean(stream(kind, VALUES[kind][0] | change))
    (error,) = refused.value.block_errors.values()
    assert isinstance(error, StructBlockValidationError)
    assert message.replace(" ", "") in str(error.non_block_errors).replace("_", "").replace(" ", "")


def test_what_the_rich_text_editor_adds_is_no_slip():
    value = VALUES["scenario"][0] | {"intro": '<p data-block-key="ab12c">Once.</p>'}
    cleaned = BODY.clean(stream("scenario", value))
    assert "<p>Once.</p>" in cleaned[0].render()


def test_a_picture_needs_words(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    image = get_image_model().objects.create(title="A door", file=get_test_image_file())
    drawn = stream("image", {"image": image.pk, "alt": "An open door"})
    assert 'alt="An open door"' in BODY.clean(drawn)[0].render()
    with pytest.raises(StreamBlockValidationError):
        BODY.clean(stream("image", {"image": image.pk, "alt": ""}))


def test_a_picture_taken_away_leaves_nothing(db):
    assert stream("image", {"image": 987654, "alt": "Gone"})[0].render().strip() == ""


def test_a_film_needs_captions_and_always_has_its_words(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    documents = get_document_model().objects
    film = documents.create(title="Film", file=ContentFile(b"film", name="film.mp4"))
    captions = documents.create(title="Captions", file=ContentFile(b"WEBVTT", name="film.vtt"))
    value = VALUES["video"][0] | {"file": film.pk}
    with pytest.raises(StreamBlockValidationError):
        BODY.clean(stream("video", value))
    drawn = BODY.clean(stream("video", value | {"captions": captions.pk}))[0].render()
    assert 'src="/media/documents/film.mp4"' in drawn
    assert '<track kind="captions"' in drawn
    assert "Dan: Hello." in drawn
    with pytest.raises(StreamBlockValidationError):
        BODY.clean(stream("video", {"title": "A talk", "transcript": ""}))
