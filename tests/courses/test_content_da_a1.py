"""The first packaged course: what it holds, and that a slip in any course is found and named."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from courses.content import schema, wording
from courses.content.base import read_yaml

SOURCE = Path(schema.__file__).with_name("da_a1.yaml")


@pytest.fixture
def course() -> schema.Course:
    return schema.read_course("da_a1")


@pytest.fixture
def raw() -> dict[str, Any]:
    """The course as read from the file, for a test to spoil."""
    return read_yaml(SOURCE)


def first(raw: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(block for lesson in raw["lessons"] for block in lesson["blocks"] if block["type"] == kind)


def test_the_course_holds_what_the_module_asks_for(course: schema.Course) -> None:
    assert course.module == "DA-A1"
    assert len(course.outcomes) == 6
    assert len(course.lessons) == 7
    assert len(course.checks()) == 10
    assert len(course.scenarios()) == 2
    assert len(course.final_check.questions) == 14
    assert (course.minutes, course.pass_mark, course.attempts) == (45, 80, "unlimited")


def test_the_course_says_when_its_law_was_checked(course: schema.Course) -> None:
    assert course.review.law_checked_on.isoformat() == "2026-11-22"


def without_feedback(raw: dict[str, Any]) -> None:
    del first(raw, "knowledge_check")["options"][0]["feedback"]


def two_right_answers_to_a_single_choice(raw: dict[str, Any]) -> None:
    for option in first(raw, "knowledge_check")["options"][:2]:
        option["correct"] = True


def no_right_answer(raw: dict[str, Any]) -> None:
    question = next(question for question in raw["final_check"]["questions"] if question["kind"] == "multiple")
    for option in question["options"]:
        option["correct"] = False


def an_option_key_twice(raw: dict[str, Any]) -> None:
    options = first(raw, "knowledge_check")["options"]
    options[1]["key"] = options[0]["key"]


def a_question_key_twice(raw: dict[str, Any]) -> None:
    raw["final_check"]["questions"][0]["key"] = first(raw, "knowledge_check")["key"]


def a_way_to_nowhere(raw: dict[str, Any]) -> None:
    first(raw, "scenario")["steps"][0]["choices"][0]["goes_to"] = "attic"


def a_way_in_a_circle(raw: dict[str, Any]) -> None:
    steps = first(raw, "scenario")["steps"]
    steps[1]["choices"][0]["goes_to"] = steps[0]["key"]


def a_step_nobody_reaches(raw: dict[str, Any]) -> None:
    steps = first(raw, "scenario")["steps"]
    for choice in steps[0]["choices"]:
        choice["goes_to"] = steps[2]["key"]


def a_lost_minute(raw: dict[str, Any]) -> None:
    raw["lessons"][0]["minutes"] += 1


def a_lesson_that_does_not_exist(raw: dict[str, Any]) -> None:
    first(raw, "knowledge_check")["read_again"] = "part-99"


def a_story_without_its_note(raw: dict[str, Any]) -> None:
    for lesson in raw["lessons"]:
        lesson["blocks"] = [block for block in lesson["blocks"] if block["type"] != "content_note"]


def a_script(raw: dict[str, Any]) -> None:
    first(raw, "rich_text")["html"] += "<script>alert(1)</script>"


def an_event_on_a_tag(raw: dict[str, Any]) -> None:
    first(raw, "callout")["html"] = '<p onclick="x()">Hello</p>'


def a_tag_left_open(raw: dict[str, Any]) -> None:
    first(raw, "details")["html"] = "<ul><li>one</ul>"


def an_unknown_block(raw: dict[str, Any]) -> None:
    first(raw, "callout")["type"] = "popup"


def a_misspelt_field(raw: dict[str, Any]) -> None:
    raw["sumary"] = raw.pop("summary")


def an_outcome_not_tested(raw: dict[str, Any]) -> None:
    raw["outcomes"].append("Something more")


def more_questions_than_there_are(raw: dict[str, Any]) -> None:
    raw["final_check"]["ask"] = 15


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (without_feedback, "lessons.0.blocks.4.knowledge_check.options.0.feedback"),
        (two_right_answers_to_a_single_choice, "your-part: a single choice has exactly one correct option"),
        (no_right_answer, "final-colleague: some options are correct"),
        (an_option_key_twice, "option key used twice: prove"),
        (a_question_key_twice, "key used twice: your-part"),
        (a_way_to_nowhere, "no step has the key 'attic'"),
        (a_way_in_a_circle, "leads back to step 1"),
        (a_step_nobody_reaches, "no choice leads to it, so nobody would ever see it"),
        (a_lost_minute, "the lessons and final check take 46, the course says 45"),
        (a_lesson_that_does_not_exist, "your-part: read_again names no lesson: part-99"),
        (a_story_without_its_note, "'A quiet word' needs a content_note"),
        (a_script, "<script> is not one of the plain tags"),
        (an_event_on_a_tag, "onclick is not allowed on <p>"),
        (a_tag_left_open, "</ul> closes nothing"),
        (an_unknown_block, "lessons.0.blocks.1"),
        (a_misspelt_field, "sumary"),
        (an_outcome_not_tested, "the final check tests outcomes [1, 2, 3, 4, 5, 6] of 7"),
        (more_questions_than_there_are, "asks 15 questions out of 14"),
    ],
)
def test_a_slip_in_the_file_is_refused_and_named(
    raw: dict[str, Any], spoil: Callable[[dict[str, Any]], None], says: str
) -> None:
    spoil(raw)
    with pytest.raises(ValidationError) as refused:
        schema.Course.model_validate(raw)
    places = [".".join(map(str, error["loc"])) for error in refused.value.errors()]
    messages = [error["msg"] for error in refused.value.errors()]
    assert any(says in found for found in [*places, *messages])


@pytest.mark.parametrize("number", ["0800 123 4567", "116 123", "101", "+44 20 7946 0000", "0808-2000-248"])
def test_an_unchecked_number_is_found_wherever_it_stands(raw: dict[str, Any], number: str) -> None:
    first(raw, "details")["html"] = f"<p>In 2021, under section 121, ring {number} or 999.</p>"
    found = wording.unchecked_numbers(schema.Course.model_validate(raw))
    assert found == [f"lessons.0.blocks.3.html: {number}"]


@pytest.mark.parametrize(
    "phrase", ["Trigger warning", "a hard-to-reach group", "honour-based abuse", "why doesn't she just leave"]
)
def test_an_unwelcome_word_is_found(raw: dict[str, Any], phrase: str) -> None:
    raw["summary"] = f"About {phrase} and more"
    assert len(wording.unwelcome_words(schema.Course.model_validate(raw))) == 1


def test_so_called_honour_based_abuse_is_the_right_name(raw: dict[str, Any]) -> None:
    raw["summary"] = "About so-called honour-based abuse"
    assert wording.unwelcome_words(schema.Course.model_validate(raw)) == []
