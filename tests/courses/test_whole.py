"""What stands in the way of an edition, and what its author should look at, in words."""

import copy

import pytest

from courses.content.pace import minutes_needed
from courses.content.whole import bones, stops, warnings
from courses.plain import plain
from courses.services.publishing import snapshot


@pytest.fixture
def content(course):
    return copy.deepcopy(snapshot(course))


def test_a_whole_course_has_nothing_in_its_way(content):
    assert (stops(content), warnings(content)) == ([], [])


def test_a_course_needs_one_final_check(content):
    final = content["lessons"].pop()
    assert stops(content) == ["No published lesson holds a final check, so nobody could finish the course."]
    twice = {**content, "lessons": [*content["lessons"], final, {**final, "title": "Again", "body": []}]}
    assert stops(twice) == ["More than one lesson holds a final check: 'Final check', 'Again'."]


def test_a_key_used_in_two_lessons_would_mix_up_answers(content):
    content["lessons"][1]["body"][1]["value"]["key"] = "check-one"
    assert stops(content) == [
        "The key 'check-one' is used 2 times, in 'Lesson 1', 'Lesson 2': answers would be mixed up."
    ]


def test_what_does_not_add_up_is_told_and_stops_nothing(content):
    content["minutes"] = 7
    content["outcomes"].append("Say it")
    content["lessons"].insert(0, content["lessons"].pop())
    content["lessons"][1]["body"][1]["value"]["read_again"] = "gone"
    assert warnings(content) == [
        "The course says 7 minutes; its lessons take 20.",
        "The lesson with the final check is not the last one.",
        "In 'Lesson 1', the question 'check-one' says to read 'gone' again: no published lesson has that address.",
        "No question of the final check shows the outcome 'Say it'.",
    ]
    assert stops(content) == []


def test_a_lesson_that_takes_longer_than_it_says_is_told(content):
    content["lessons"][0]["body"][0]["value"] = "<p>" + "word " * 1_200 + "</p>"
    assert warnings(content) == ["'Lesson 1' says 5 minutes; reading and deciding takes about 7."]


def test_a_story_takes_its_decisions_and_what_is_likely_to_be_read(content):
    story = content["lessons"][1]["body"][3]["value"]
    assert minutes_needed([("scenario", plain(story))]) == pytest.approx(1.5 + (1 + 2 + 2 + 0.5 * 2) / 200)


def test_the_bones_change_with_what_counts_and_not_with_words(content):
    reworded, remarked = copy.deepcopy(content), copy.deepcopy(content)
    reworded["lessons"][0]["body"][0]["value"] = "<p>Other words</p>"
    reworded["lessons"][0]["body"][1]["value"]["prompt"] = "Asked otherwise?"
    remarked["lessons"][0]["body"][1]["value"]["options"][0]["value"]["correct"] = False
    other = copy.deepcopy(content)
    other["lessons"][0]["body"][1]["value"]["image"] = 7
    assert bones(other) != bones(content)
    assert bones(reworded) == bones(content)
    assert bones(remarked) != bones(content)
