"""An edition is frozen: what is published later does not touch an attempt under way."""

import pytest

from courses.models import Attempt, CoursePage, Edition, LessonPage
from courses.services.loading import load_course
from courses.services.publishing import freeze
from tests.courses.conftest import course_text, lesson


def changed_text():
    """The small course with another first part."""
    text = course_text().model_dump(mode="json")
    text["lessons"][0] = lesson(1, []) | {"title": "Lesson one, renewed"}
    text["lessons"][1]["blocks"].pop(1)
    return type(course_text()).model_validate(text)


@pytest.fixture
def begun(learner):
    learner.post("/learning/small/start/")
    learner.post("/learning/small/part-1/", {"do": "answer", "check": "check-one", "chosen": "yes"})
    return learner


def test_an_open_attempt_stays_with_the_edition_it_began_on(begun, world, amira, moment):
    load_course(changed_text(), partnership=world.partnership, at=moment)
    page = begun.get("/learning/small/part-1/").content.decode()
    assert "Question check-one?" in page
    assert "That is right." in page
    assert "renewed" not in page
    assert Attempt.objects.of(amira).get().edition.number == 1


def test_the_next_attempt_begins_on_the_newest(begun, world, amira, moment):
    load_course(changed_text(), partnership=world.partnership, at=moment)
    Attempt.objects.of(amira).update(state="complete", completed_at=moment)
    begun.post("/learning/small/start/")
    page = begun.get("/learning/small/part-1/").content.decode()
    assert "Lesson one, renewed" in page
    assert "Question check-one?" not in page


def test_publishing_a_lesson_makes_an_edition_once_its_change_is_safe(course, django_capture_on_commit_callbacks):
    page = LessonPage.objects.get(slug="part-1")
    page.title = "Lesson one, in other words"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert [edition.number for edition in Edition.objects.all()] == [1, 2]
    assert Edition.objects.last().content["lessons"][0]["title"] == "Lesson one, in other words"


def test_a_draft_makes_none(course, django_capture_on_commit_callbacks):
    page = LessonPage.objects.get(slug="part-1")
    page.title = "Not ready"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision()
    assert Edition.objects.count() == 1


def test_publishing_the_same_again_makes_none(course, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        LessonPage.objects.get(slug="part-1").save_revision().publish()
    assert Edition.objects.count() == 1


def test_taking_a_lesson_down_makes_an_edition_without_it(course, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        LessonPage.objects.get(slug="part-2").unpublish()
    assert [row["slug"] for row in Edition.objects.last().content["lessons"]] == ["part-1", "part-3", "part-9"]


def test_a_course_without_lessons_has_no_edition_and_cannot_begin(course, learner, moment):
    LessonPage.objects.child_of(course).delete()
    Edition.objects.all().delete()
    assert freeze(CoursePage.objects.get(), at=moment) is None
    assert learner.get("/learning/small/").status_code == 404
    assert learner.post("/learning/small/start/").status_code == 404


def test_an_unpublished_course_takes_no_new_learners_and_keeps_those_it_has(begun, course):
    course.refresh_from_db()
    course.unpublish()
    assert begun.get("/learning/small/part-2/").status_code == 200
    assert begun.get("/learning/small/").status_code == 200
    Attempt.objects.everywhere(reason="test").all().delete()
    assert begun.get("/learning/small/").status_code == 404
