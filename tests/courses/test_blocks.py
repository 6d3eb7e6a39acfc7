"""Each block: what it draws, and what it refuses."""

from pathlib import Path

import pytest
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

import courses.blocks
from courses import gallery
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
    "quote": ({"text": "I was heard."}, "<blockquote><p>I was heard.</p></blockquote>"),
    "details": ({"summary": "More", "html": "<p>Much more</p>"}, "Much more"),
    "reflection_prompt": ({"text": "Think for a moment."}, "Think for a moment."),
    "reflection": ({"key": "own-words", "text": "Which words?"}, "Do not write about real people."),
    "survey": ({"key": "sure", "moment": "before", "statements": [{"key": "ask", "text": "I can ask."}]}, "Very sure"),
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
    assert set(BODY.child_blocks) == set(gallery.SAMPLES)


@pytest.mark.parametrize("kind", gallery.SAMPLES)
def test_the_gallery_shows_each_block_as_an_author_may_write_it(kind):
    for raw in gallery.SAMPLES[kind]:
        BODY.clean(stream(kind, raw))
    assert gallery.SAMPLES[kind] or gallery.FILED[kind]


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
        ("scenario", {"steps": [{**story()["steps"][0]}]}, "In step 1 ('Step one'), the choice 'Choose b' is a dead end: no step has the key 'two'."),
        ("tomorrow", {"options": [{"key": "NO", "text": "x"}, {"key": "b", "text": "y"}]}, "option 1 ('x'), key: use small letters"),
        ("reflection", {"key": "Not a key"}, "use small letters"),
        ("survey", {"statements": [{"key": "ask", "text": "x"}, {"key": "ask", "text": "y"}]}, "statement key used twice"),
        ("final_check", {"ask": 5}, "asks 5 questions out of 1"),
    ],
)  # fmt: skip
def test_a_slip_that_a_learner_would_meet_is_refused_with_its_place(kind, change, message):
    with pytest.raises(StreamBlockValidationError) as refused:
        BODY.clean(stream(kind, VALUES[kind][0] | change))
    (error,) = refused.value.block_errors.values()
    assert isinstance(error, StructBlockValidationError)
    assert message in " ".join(message for found in error.non_block_errors.as_data() for message in found.messages)


def test_a_draft_may_be_half_written_and_says_in_the_preview_what_it_wants():
    value = VALUES["scenario"][0] | {"steps": [{**story()["steps"][0]}]}
    cleaned = BODY.clean_deferred(stream("scenario", value))
    drawn = cleaned[0].render()
    assert "not finished yet" in drawn
    assert "is a dead end" in drawn


def test_what_the_rich_text_editor_adds_is_no_slip():
    value = VALUES["scenario"][0] | {"intro": '<p data-block-key="ab12c">Once.</p>'}
    cleaned = BODY.clean(stream("scenario", value))
    assert "<p>Once.</p>" in cleaned[0].render()
