"""Stories: by links alone, as far as their choices lead, and nothing of the way is kept before its end."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.content.schema import Scenario
from courses.stories import read_way, walk
from tests.courses.conftest import story

PART = "/learning/small/part-2/"


@pytest.fixture
def scenario():
    return Scenario.model_validate(story())


@pytest.mark.parametrize(
    ("way", "told", "waiting"),
    [
        ((), [], "one"),
        ((1,), ["a"], None),
        ((2,), ["b"], "two"),
        ((2, 1), ["b", "c"], None),
        ((2, 1, 1), ["b", "c"], None),
        ((9,), [], "one"),
        ((0,), [], "one"),
        ((2, 7), ["b"], "two"),
    ],
)
def test_a_walk_goes_as_far_as_its_choices_make_sense(scenario, way, told, waiting):
    walked = walk(scenario, way)
    assert [turn.choice.key for turn in walked.turns] == told
    assert (walked.waiting.key if walked.waiting else None) == waiting
    assert walked.is_over is (waiting is None)
    assert walked.way == way[: len(told)]


@pytest.mark.parametrize(
    ("text", "way"),
    [("", ()), ("1", (1,)), ("2-1", (2, 1)), ("a", ()), ("1-", ()), ("-1", ()), ("1-2-x", ()), ("9" * 5000, ())],
)
def test_a_way_is_read_from_numbers_and_nothing_else(text, way):
    assert read_way(text) == way


def test_choosing_tells_the_story_on_without_writing_anything(learner):
    learner.post("/learning/small/start/")
    page = learner.get(PART).content.decode()
    assert "Step one" in page
    assert 'href="?story=1&amp;way=2#story-1-now"' in page
    with CaptureQueriesContext(connection) as queries:
        page = learner.get(PART, {"story": "1", "way": "2"}).content.decode()
    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []
    assert "Then b" in page
    assert "Step two" in page
    assert "The debrief" not in page
    assert "The debrief" in learner.get(PART, {"story": "1", "way": "2-1"}).content.decode()


def test_an_address_gives_nothing_of_the_story_away(learner):
    learner.post("/learning/small/start/")
    page = learner.get(PART, {"story": "1", "way": "2"}).content.decode()
    assert "way=2-1#" in page
    assert "way=b" not in page


def test_a_story_can_be_skipped(learner):
    learner.post("/learning/small/start/")
    assert 'href="#story-1-end"' in learner.get(PART).content.decode()
    assert learner.post(PART, {"do": "continue"}).url == "/learning/small/part-3/"
