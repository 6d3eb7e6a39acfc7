"""What an author sees before a page is published, and which courses the first page asks to look at."""

from datetime import date

import pytest
from django.test import Client

from courses.content import wording
from courses.dashboard import review_rows
from courses.models import CoursePage, LessonPage
from tests.factories import RoleGrantFactory


@pytest.fixture
def author(course):
    client = Client()
    client.force_login(RoleGrantFactory(user__email="author@svh.example", role_code="content_author").user)
    return client


def seen(page, mode):
    """The page as its preview in this mode."""
    return page.make_preview_request(preview_mode=mode).rendered_content


def test_a_lesson_is_seen_as_a_learner_meets_it(course):
    page = seen(LessonPage.objects.get(slug="part-2"), "")
    assert "Part 2 of 4" in page
    assert "Question check-two?" in page
    assert "Step one" in page
    assert '<button type="button" class="govuk-button" disabled>' in page


def test_two_questions_of_a_lesson_are_told_apart(course):
    lesson = LessonPage.objects.get(slug="part-1")
    again = {**lesson.body.get_prep_value()[1], "id": None}
    lesson.body = [*lesson.body.get_prep_value(), again]
    page = seen(lesson, "")
    assert (page.count('id="check-1"'), page.count('id="check-2"')) == (1, 1)


def test_a_lesson_is_seen_without_its_stories(course):
    page = seen(LessonPage.objects.get(slug="part-2"), "text")
    assert "Question check-two?" in page
    assert "Step one" not in page


def test_the_map_of_a_half_written_story_says_what_is_wrong(course):
    lesson = LessonPage.objects.get(slug="part-2")
    body = lesson.body.get_prep_value()
    body[3]["value"]["steps"][0]["value"]["choices"][1]["value"]["goes_to"] = "cellar"
    lesson.body = body
    page = seen(lesson, "map")
    assert "no step has the key &#x27;cellar&#x27;" in page
    assert "no choice leads to it" in page
    assert "Scenario: In step 1" in seen(lesson, "look")


def test_what_to_look_at_names_numbers_words_and_telling_titles(course):
    lesson = LessonPage.objects.get(slug="part-1")
    lesson.neutral_title = "Signs of abuse"
    lesson.body = [("rich_text", "<p>Ring 01234 567890. Do not fail.</p>")]
    page = seen(lesson, "look")
    assert "01234 567890" in page
    assert "say not yet passed" in page
    assert "block 1 (Text)" in page
    assert "tells the subject" in page


@pytest.mark.parametrize("slug", ["part-1", "part-2"])
def test_a_lesson_as_it_should_be_has_nothing_to_look_at(course, slug):
    page = seen(LessonPage.objects.get(slug=slug), "look")
    assert "Nothing that a program can see" in page


def test_a_course_is_seen_as_a_learner_meets_it_and_as_a_whole(course):
    page = seen(course, "")
    assert "Know it" in page
    assert "disabled>Start</button>" in page
    LessonPage.objects.get(slug="part-9").unpublish()
    assert "No published lesson holds a final check" in seen(course, "look")


def test_the_first_page_warns_of_reviews(course, author):
    CoursePage.objects.update(is_draft_for_review=False, reviewed_on=date(2026, 1, 1), review_by=date(2027, 1, 1))

    def said(on):
        return [(row.said, row.is_late) for row in review_rows(on=on)]

    assert said(date(2026, 10, 1)) == []
    assert said(date(2026, 11, 15)) == [("Review due soon", False)]
    assert said(date(2027, 1, 1)) == [("Review due soon", False)]
    assert said(date(2027, 1, 2)) == [("Review overdue", True)]
    CoursePage.objects.update(is_draft_for_review=True, review_by=None)
    assert said(date(2026, 10, 1)) == [("Draft for specialist review", False)]
    page = author.get("/cms/").content.decode()
    assert "Courses to review" in page
    assert "A small course" in page


def test_a_preview_may_stand_in_the_editors_frame_and_a_learners_page_in_none(course, learner):
    page = LessonPage.objects.get(slug="part-1")
    assert "frame-ancestors 'self'" in page.make_preview_request()["Content-Security-Policy"]
    learner.post("/learning/small/start/")
    assert "frame-ancestors 'none'" in learner.get("/learning/small/part-1/")["Content-Security-Policy"]


def test_the_checker_looks_for_what_our_own_pages_are_held_to(course, author):
    page = author.get(f"/cms/pages/{course.pk}/view_draft/").content.decode()
    assert "wcag22aa" in page


@pytest.mark.parametrize("said", ["word " * 60, "\N{CJK UNIFIED IDEOGRAPH-4E2D} " * 60])
def test_a_text_that_ends_no_sentence_is_looked_at_too(said):
    assert wording.school_year(said) != 0
