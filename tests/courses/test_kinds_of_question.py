"""Putting in order, matching and sorting, and questions about a picture: asked, marked and told without scripts."""

import pytest
from django.core.cache import caches
from pydantic import ValidationError
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from courses.blocks import LessonBody
from courses.cards import question_card
from courses.content.questions import KnowledgeCheck
from courses.draw import is_right, shown
from courses.forms import answer_form
from courses.models import Answer
from courses.services.loading import load_course
from tests.courses.conftest import course_text, lesson, question, signed_in


def placed(kind, **fields):
    """Three things to put in order, or into two groups."""
    belongs = {"ask": "do", "tell": "do", "promise": "avoid"}
    options = [
        {"key": key, "text": f"To {key}", "feedback": f"Why {key}", "goes_with": group if kind == "match" else ""}
        for key, group in belongs.items()
    ]
    groups = [{"key": "do", "text": "Do this"}, {"key": "avoid", "text": "Not this"}] if kind == "match" else []
    raw = question("check-one", kind=kind) | {"options": options, "groups": groups}
    return {"type": "knowledge_check", **raw} | fields


def read(raw):
    return KnowledgeCheck.model_validate(raw)


ORDER, MATCH = placed("order"), placed("match")
RIGHT = {
    "order": {"place-ask": "1", "place-tell": "2", "place-promise": "3"},
    "match": {"place-ask": "do", "place-tell": "do", "place-promise": "avoid"},
}
WRONG = {
    "order": {"place-ask": "3", "place-tell": "2", "place-promise": "1"},
    "match": {"place-ask": "avoid", "place-tell": "do", "place-promise": "avoid"},
}


def test_an_order_is_right_when_every_line_has_its_number():
    assert is_right(read(ORDER), {"ask:1", "tell:2", "promise:3"})
    assert not is_right(read(ORDER), {"ask:2", "tell:1", "promise:3"})


def test_sorting_is_right_when_every_line_is_in_its_group():
    assert is_right(read(MATCH), {"ask:do", "tell:do", "promise:avoid"})
    assert not is_right(read(MATCH), {"ask:do", "tell:do", "promise:do"})


@pytest.mark.parametrize("size", range(3, 9))
def test_lines_to_put_in_order_are_never_met_in_the_right_one(size):
    options = [{"key": f"o{n}", "text": f"{n}", "feedback": "x"} for n in range(size)]
    for key in ("a", "b", "c", "d", "e", "f", "g", "h"):
        asked = read(ORDER | {"key": key, "options": options})
        assert shown(asked) != asked.options
        assert shown(asked) == shown(asked)
        assert sorted(option.key for option in shown(asked)) == [option["key"] for option in options]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (MATCH | {"groups": MATCH["groups"][:1]}, "at least two groups"),
        (MATCH | {"groups": [*MATCH["groups"], {"key": "more", "text": "More"}]}, "nothing goes with more"),
        (MATCH | {"options": [dict(o, goes_with="") for o in MATCH["options"]]}, "goes with no group"),
        (MATCH | {"groups": [MATCH["groups"][0]] * 2}, "group key used twice"),
        (ORDER | {"groups": MATCH["groups"]}, "only a matching question has groups"),
        (ORDER | {"options": ORDER["options"][:2]}, "at least 3"),
        (ORDER | {"image": 1}, "the words that say what it shows"),
        (ORDER | {"alt": "A hall"}, "the words that say what it shows"),
    ],
)
def test_a_question_nobody_could_answer_fairly_is_refused(raw, message):
    with pytest.raises(ValidationError, match=message):
        read(raw)


@pytest.mark.parametrize(
    ("kind", "sent", "message", "line"),
    [
        ("order", {}, "Choose a number for every line", "first"),
        ("order", RIGHT["order"] | {"place-tell": "1"}, "Use each number once. 1 is used twice.", "ask-or-tell"),
        ("order", RIGHT["order"] | {"place-tell": "4"}, "Choose from the places shown.", "tell"),
        ("match", {"place-ask": "do"}, "Choose where every line belongs", "not-ask"),
        ("match", RIGHT["match"] | {"place-ask": "2"}, "Choose from the places shown.", "ask"),
    ],
)
def test_what_is_amiss_is_said_once_and_leads_to_its_line(kind, sent, message, line):
    asked = read(placed(kind))
    form = answer_form(asked, sent)
    assert not form.is_valid()
    assert form.error == message
    assert f"place-{shown(asked)[form.first_wrong - 1].key}" in form.errors


@pytest.fixture
def ask(world, module, amira, moment):
    """Amira in a course whose first part asks this; a pool question of the same kind at its end."""

    def begun(raw):
        text = course_text()
        loaded = text.model_dump(mode="json")
        loaded["lessons"][0] = lesson(1, [raw])
        load_course(type(text).model_validate(loaded), partnership=world.partnership, at=moment)
        client = signed_in(amira)
        client.post("/learning/small/start/")
        return client

    return begun


PART = "/learning/small/part-1/"


@pytest.mark.parametrize("kind", ["order", "match"])
def test_lines_are_placed_by_lists_and_told_one_by_one(ask, amira, kind):
    client = ask(placed(kind))
    page = client.get(PART).content.decode()
    assert page.count("<select") == 3
    assert "Why ask" not in page
    wrong = client.post(PART, {"do": "answer", "check": "check-one", "seen": 0, **WRONG[kind]})
    assert wrong.url == f"{PART}#check-1"
    page = client.get(PART).content.decode()
    assert "Not here." in page
    assert "Why ask" in page
    assert "Explanation of check-one" not in page
    client.post(PART, {"do": "answer", "check": "check-one", "seen": 1, **RIGHT[kind]})
    page = client.get(PART).content.decode()
    assert page.count("Right.") == 3
    assert "Explanation of check-one" in page
    assert "About the other answers" not in page
    assert (Answer.objects.of(amira).get().is_correct, Answer.objects.of(amira).get().times) == (True, 2)


def test_half_an_answer_stays_on_the_page_and_is_not_kept(ask, amira):
    client = ask(MATCH)
    page = client.post(PART, {"do": "answer", "check": "check-one", "place-ask": "do"}).content.decode()
    assert page.count("Choose where every line belongs</") == 2  # in the summary and beside the question
    assert '<option value="do" selected>' in page
    assert "Not here." not in page
    assert not Answer.objects.of(amira).exists()


@pytest.mark.parametrize("raw", [ORDER, MATCH])
def test_an_author_sees_it_before_it_is_published(raw):
    block = LessonBody().to_python([{"type": "knowledge_check", "value": raw, "id": "one"}])
    LessonBody().clean(block)
    assert "<select" in block[0].render()


def test_a_picture_is_told_in_words_and_loaded_with_its_question(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    image = get_image_model().objects.create(title="A hall", file=get_test_image_file())
    asked = read({"type": "knowledge_check", **question("check-one"), "image": image.pk, "alt": "A hall with a desk"})
    assert 'alt="A hall with a desk"' in question_card(asked).picture
    image.delete()
    caches["local"].clear()
    assert question_card(asked).picture.strip() == ""


def test_an_edition_from_before_there_were_kinds_still_reads():
    old = question("check-one")
    assert set(old) == {"key", "kind", "prompt", "options", "explanation", "read_again"}
    assert read({"type": "knowledge_check", **old}).right() == {"yes"}
