"""An edition is frozen: what is published later does not touch an attempt under way, save a corrected slip."""

import pytest

from courses.models import Attempt, ChangeKind, CoursePage, Edition, LessonPage
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


def test_a_course_without_a_rest_between_tries_says_nothing_of_one(course):
    assert "rest" not in course.editions.get().content


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


def put(slug, **fields):
    """Publish a lesson of the small course with these fields."""
    page = LessonPage.objects.get(slug=slug)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


@pytest.fixture
def put_now(django_capture_on_commit_callbacks):
    def publish(slug, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            put(slug, **fields)
        return Edition.objects.last()

    return publish


def test_a_small_correction_keeps_the_number_and_reaches_who_is_reading(begun, course, amira, put_now):
    corrected = put_now("part-1", title="Lesson one, corrected", change_kind=ChangeKind.CORRECTION)
    assert [str(edition) for edition in Edition.objects.all()] == ["1.0 (1)", "1.0 (1)"]
    assert (corrected.number, corrected.correction) == (1, 1)
    assert Attempt.objects.of(amira).get().edition == corrected
    page = begun.get("/learning/small/part-1/").content.decode()
    assert "Lesson one, corrected" in page
    assert "That is right." in page


def test_what_was_read_before_a_correction_stays_readable(begun, course, amira, moment, put_now):
    Attempt.objects.of(amira).update(state="complete", completed_at=moment)
    put_now("part-1", title="Lesson one, corrected", change_kind=ChangeKind.CORRECTION)
    assert "Lesson one, corrected" not in begun.get("/learning/small/part-1/").content.decode()


def test_more_than_words_is_no_small_correction(begun, course, amira, put_now):
    body = LessonPage.objects.get(slug="part-1").body.get_prep_value()
    body[1]["value"]["options"][1]["value"]["correct"] = True
    body[1]["value"]["options"][0]["value"]["correct"] = False
    made = put_now("part-1", body=body, change_kind=ChangeKind.CORRECTION)
    assert (made.number, made.correction, made.kind) == (2, 0, ChangeKind.EDITION)
    assert Attempt.objects.of(amira).get().edition.number == 1


def test_the_next_change_is_asked_about_anew(course, put_now):
    put_now("part-1", title="Two", change_kind=ChangeKind.SUBSTANTIVE, whats_new="Part 1 is new")
    page = LessonPage.objects.get(slug="part-1")
    form = page.get_edit_handler().get_form_class()
    assert form(instance=page).initial["change_kind"] == ChangeKind.EDITION
    page.save_revision()
    page = LessonPage.objects.get(slug="part-1").get_latest_revision_as_object()
    page.has_unpublished_changes = True
    assert form(instance=page).initial["change_kind"] == ChangeKind.SUBSTANTIVE


def test_a_substantive_edition_asks_those_who_finished_to_look_again(begun, course, amira, moment, put_now):
    Attempt.objects.of(amira).update(state="complete", completed_at=moment)
    assert "Worth another look" not in begun.get("/learning/").content.decode()
    put_now("part-1", title="One, renewed", change_kind=ChangeKind.SUBSTANTIVE, whats_new="Part 1 tells of a new order")
    page = begun.get("/learning/").content.decode()
    assert "Worth another look" in page
    assert "Part 1 tells of a new order" in page
    assert "Part 1 tells of a new order" in begun.get("/learning/small/").content.decode()
    assert begun.post("/learning/small/looked/").url == "/learning/"
    assert "Worth another look" not in begun.get("/learning/").content.decode()
    assert Attempt.objects.of(amira).get().state == "complete"


def test_a_plain_edition_asks_nobody_to_look_again(begun, course, amira, moment, put_now):
    Attempt.objects.of(amira).update(state="complete", completed_at=moment)
    put_now("part-1", title="One, in other words")
    assert "Worth another look" not in begun.get("/learning/").content.decode()


def test_who_has_begun_the_new_edition_is_asked_no_more(begun, course, amira, moment, put_now):
    Attempt.objects.of(amira).update(state="complete", completed_at=moment)
    put_now("part-1", title="One, renewed", change_kind=ChangeKind.SUBSTANTIVE, whats_new="Part 1 is new")
    begun.post("/learning/small/start/")
    assert "Worth another look" not in begun.get("/learning/").content.decode()


def test_a_course_without_its_final_check_makes_no_edition(begun, course, amira, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        LessonPage.objects.get(slug="part-9").unpublish()
    assert Edition.objects.count() == 1
    assert begun.get("/learning/small/part-9/").status_code == 200


def test_a_lesson_published_under_a_course_that_is_not_reaches_nobody(course, learner, put_now):
    course.unpublish()
    Edition.objects.all().delete()
    put_now("part-1", title="Out before its course")
    assert not Edition.objects.exists()
    assert learner.get("/learning/small/").status_code == 404


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
