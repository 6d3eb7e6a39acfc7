"""What authors are told of a course: counts of ten or more, which no subtraction turns into smaller ones."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.content.schema import Scenario
from courses.editions import outline_of
from courses.figures import FINISHED, UNDER_WAY, places, steps
from courses.models import Answer, Attempt, CourseFigures, Edition, StoryEnd, StoryRoute
from courses.services.figures import EVERY, count_courses, look_at
from courses.services.progress import answer_question, start_attempt
from courses.services.remarks import end_story
from tests.courses.conftest import course_text, story
from tests.factories import PersonFactory

PART = "/learning/small/part-2/"


@pytest.fixture
def outline(course):
    return outline_of(Edition.objects.get(course=course))


def people(rows):
    return {row["title"].split(":")[0]: row["people"] for row in rows}


def test_everybody_is_in_one_place_and_counts_are_to_the_nearest_five(outline):
    rows = places({FINISHED: 41, UNDER_WAY: 12, "part-2": 23, "part-7": 11}, outline)
    assert people(rows) == {
        "Began": "85",
        "Finished": "40",
        "Busy with it in the last 30 days": "10",
        "Left off in part 1": "0",
        "Left off in part 2": "25",
        "Left off in part 3": "0",
        "Left off in part 4": "0",
        "Left off in a part that is no longer there": "10",
    }


def test_one_small_count_takes_another_with_it_so_that_the_total_tells_nothing(outline):
    rows = people(places({FINISHED: 41, "part-1": 30, "part-2": 3}, outline))
    assert rows["Left off in part 2"] == "*"
    assert [rows["Finished"], rows["Left off in part 1"]].count("*") == 1
    assert rows["Began"] == "75"


def test_no_random_course_shows_a_small_count_or_leaves_one_alone(outline):
    chance = random.Random(4)
    for _ in range(60):
        counted = {place: chance.choice([0, 3, 9, 10, 14, 60]) for place in (FINISHED, UNDER_WAY, "part-1", "part-2")}
        rows = people(places(counted, outline))
        shown = [int(text) for text in rows.values() if text != "*"]
        assert all(count == 0 or count >= 10 for count in shown)
        if rows["Began"] != "*":
            hidden = [people for place, people in rows.items() if people == "*"]
            assert len(hidden) != 1


def told(counted):
    scenario = Scenario.model_validate(story())
    return {
        (step["text"], choice["text"]): choice["people"]
        for step in steps(scenario, counted)
        for choice in step["choices"]
    }


def test_ways_are_counted_at_each_step():
    shown = told({("one", "a"): 20, ("one", "b"): 40, ("two", "c"): 25, ("two", "d"): 15})
    assert list(shown.values()) == ["20", "40", "25", "15"]


def test_a_small_way_cannot_be_worked_out_from_the_steps_before_and_after():
    shown = told({("one", "a"): 30, ("one", "b"): 43, ("two", "c"): 40, ("two", "d"): 3})
    assert shown["Step two", "Choose d"] == "*"
    assert shown["Step two", "Choose c"] == "*" or shown["Step one", "Choose b"] == "*"
    few = told({("one", "a"): 30, ("one", "b"): 4, ("two", "c"): 4})
    assert set(few.values()) <= {"*", "0"}


def learn(course, number, at, *, right=7):
    """So many people who have begun, opened the first part and answered its question."""
    check = course_text().lessons[0].blocks[1]
    for place in range(number):
        attempt = start_attempt(PersonFactory(), course, at=at)
        Attempt.objects.of(attempt.person).update(last_lesson="part-1")
        answer_question(attempt, check, {"yes"} if place < right else {"no"}, at=at)
        answer_question(attempt, check, {"yes"}, at=at)


def test_a_course_is_counted_once_ten_have_begun_and_again_after_ten_more_and_a_week(course, moment):
    learn(course, 9, moment)
    assert count_courses(at=moment) == 0
    learn(course, 3, moment)
    assert count_courses(at=moment + timedelta(days=1)) == 0
    assert count_courses(at=moment + EVERY) == 1
    learn(course, 9, moment)
    assert count_courses(at=moment + 2 * EVERY) == 0
    assert CourseFigures.objects.get().begun == 12
    learn(course, 1, moment)
    assert count_courses(at=moment + 3 * EVERY) == 1


def test_questions_tell_the_share_right_the_first_time(course, moment):
    learn(course, 20, moment, right=10)
    look_at(course, at=moment)
    shown = CourseFigures.objects.get().shown
    assert shown["questions"] == [{"prompt": "Question check-one?", "people": "20", "share": "50%"}]
    assert people(shown["places"])["Busy with it in the last 30 days"] == "20"


def test_a_share_that_would_tell_of_fewer_than_ten_is_hidden(course, moment):
    learn(course, 20, moment, right=18)
    look_at(course, at=moment)
    assert CourseFigures.objects.get().shown["questions"][0]["share"] == "*"


def test_who_has_not_come_back_for_a_month_has_left_off(course, moment):
    learn(course, 12, moment)
    look_at(course, at=moment + timedelta(days=31))
    assert people(CourseFigures.objects.get().shown["places"])["Left off in part 1"] == "10"


def test_each_person_counts_once_by_their_newest_run(course, moment):
    learn(course, 12, moment)
    for attempt in Attempt.objects.everywhere(reason="test"):
        Attempt.objects.of(attempt.person).update(state="complete", completed_at=moment)
        start_attempt(attempt.person, course, at=moment)
    look_at(course, at=moment)
    rows = people(CourseFigures.objects.get().shown["places"])
    assert (rows["Began"], rows["Finished"]) == ("10", "0")


def test_counting_asks_as_often_for_many_people_as_for_few(course, moment):
    learn(course, 10, moment)
    look_at(course, at=moment)
    counts = []
    for more in (10, 15):
        learn(course, more, moment)
        with CaptureQueriesContext(connection) as asked:
            assert look_at(course, at=moment)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.fixture
def begun(learner):
    learner.post("/learning/small/start/")
    return learner


def test_a_way_is_counted_once_at_its_end_and_leads_to_nobody(begun, amira):
    begun.get(PART, {"story": "1", "way": "2"})
    assert not StoryRoute.objects.exists()
    for way in ("2-1", "2-1", "1", "2-2-2"):
        begun.get(PART, {"story": "1", "way": way})
    assert [(route.way, route.people) for route in StoryRoute.objects.all()] == [("2-1", 1)]
    assert [end.story for end in StoryEnd.objects.of(amira)] == ["the-story"]
    assert {field.name for field in StoryEnd._meta.fields} == {"id", "attempt", "story"}


@pytest.mark.parametrize("query", [{"story": "7", "way": "1"}, {"story": "1", "way": "9"}, {"story": "x"}])
def test_an_address_that_tells_no_story_to_its_end_counts_nothing(begun, query):
    assert begun.get(PART, query).status_code == 200
    assert not StoryRoute.objects.exists()


def test_a_finished_run_counts_no_more_ways(begun, amira, moment):
    Attempt.objects.of(amira).update(state="complete", completed_at=moment)
    end_story(Attempt.objects.of(amira).get(), "the-story", "1")
    assert not StoryRoute.objects.exists()


def test_ways_of_all_editions_are_added_by_their_words(course, moment):
    learn(course, 12, moment)
    edition = Edition.objects.get()
    StoryRoute.objects.create(edition=edition, story="the-story", way="2-1", people=13)
    StoryRoute.objects.create(edition=edition, story="the-story", way="1", people=20)
    StoryRoute.objects.create(edition=edition, story="gone", way="1", people=20)
    look_at(course, at=moment)
    (only,) = CourseFigures.objects.get().shown["stories"]
    assert [[choice["people"] for choice in step["choices"]] for step in only["steps"]] == [["20", "15"], ["15", "0"]]


def test_a_first_answer_stays_the_first_one(course, moment, amira):
    learn(course, 1, moment, right=0)
    answer = Answer.objects.everywhere(reason="test").get()
    assert (answer.is_correct, answer.was_right_first, answer.times) == (True, False, 2)
    assert Counter(field.name for field in CourseFigures._meta.fields)["person"] == 0
