"""Every packaged course: what each must hold, and that its words are safe for whoever reads them."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from courses.content import pace, schema, wording
from courses.services.loading import lesson_fields

NAMES = sorted(path.stem for path in Path(schema.__file__).parent.glob("*.yaml"))


@pytest.fixture(scope="module", params=NAMES)
def course(request: pytest.FixtureRequest) -> schema.Course:
    return schema.read_course(request.param)


def test_it_is_a_half_hour_to_an_hour_in_at_least_five_lessons(course: schema.Course) -> None:
    assert 30 <= course.minutes <= 60
    assert len(course.lessons) >= 5


def test_it_says_that_it_is_a_draft_and_whose_law_it_tells(course: schema.Course) -> None:
    assert (course.review.status, course.review.law_of) == ("draft", "England and Wales")


def test_it_says_by_when_it_is_to_be_read_again(course: schema.Course) -> None:
    review = course.review
    assert review.review_by is not None
    assert timedelta(0) < review.review_by - review.law_checked_on <= timedelta(days=366)


def test_its_minutes_are_those_that_reading_and_deciding_take(course: schema.Course) -> None:
    told = {one["slug"]: (one["minutes"], pace.minutes_needed(one["body"])) for one in lesson_fields(course)}
    assert {slug: minutes for slug, minutes in told.items() if abs(minutes[0] - minutes[1]) > 1} == {}
    assert abs(course.minutes - sum(needed for _, needed in told.values())) <= 0.05 * course.minutes


def test_a_content_note_says_how_long_its_story_or_film_takes(course: schema.Course) -> None:
    bodies = [one["body"] for one in lesson_fields(course)]
    pairs = [pair for body in bodies for pair in pairwise(body) if pair[0][0] == "content_note"]
    assert [note["kind"] for (_, note), block in pairs if abs(note["minutes"] - pace.minutes_needed([block])) > 1] == []


def test_something_is_put_in_order_and_something_in_its_place(course: schema.Course) -> None:
    assert {"order", "match"} <= {check.kind for check in course.checks()}


def test_a_list_on_a_phone_shows_each_place_whole(course: schema.Course) -> None:
    places = [group.text for question in course.questions() for group in question.groups]
    assert [text for text in places if len(text) > 26] == []


def test_there_is_a_place_to_write_for_oneself(course: schema.Course) -> None:
    assert course.reflections()


def test_the_final_check_draws_at_least_ten_from_a_larger_pool(course: schema.Course) -> None:
    check = course.final_check
    assert 10 <= check.ask < len(check.questions)


def test_the_final_check_asks_about_each_outcome_at_least_twice(course: schema.Course) -> None:
    asked = [question.outcome for question in course.final_check.questions]
    assert [number for number in range(1, len(course.outcomes) + 1) if asked.count(number) < 2] == []


def test_every_story_has_four_decisions(course: schema.Course) -> None:
    assert [len(story.steps) for story in course.scenarios()] == [4] * len(course.scenarios())
    assert course.scenarios()


def test_every_story_ends_with_the_six_parts_of_a_debrief(course: schema.Course) -> None:
    for story in course.scenarios():
        assert story.debrief.count("<h3>") == 6
        assert "If this touches you" in story.debrief


def test_the_last_lesson_lists_the_services_near_the_learner(course: schema.Course) -> None:
    assert "directory" in {block.type for block in course.lessons[-1].blocks}


def test_the_last_lesson_ends_with_what_i_will_do_tomorrow(course: schema.Course) -> None:
    assert course.lessons[-1].blocks[-1].type == "tomorrow"


def test_it_names_no_number_that_nobody_has_checked(course: schema.Course) -> None:
    assert wording.unchecked_numbers(course) == []


def test_it_uses_no_word_that_blames_or_labels(course: schema.Course) -> None:
    assert wording.unwelcome_words(course) == []


def test_titles_and_addresses_on_a_shared_screen_say_nothing_of_the_subject(course: schema.Course) -> None:
    shown = [course.neutral_title, course.slug]
    for part in [*course.lessons, course.final_check]:
        shown += [part.neutral_title, part.slug]
    assert [words for words in shown if wording.TELLING.search(words)] == []


def test_a_reader_of_twelve_can_read_every_lesson(course: schema.Course) -> None:
    assert [lesson.slug for lesson in course.lessons if wording.school_year(lesson) > 7] == []


def test_the_right_answer_cannot_be_guessed_from_its_length_or_place(course: schema.Course) -> None:
    for asked in (course.checks(), course.final_check.questions):
        questions = [question for question in asked if not question.is_placed]
        assert wording.longest_is_correct(questions) <= 0.5
        assert wording.shortest_is_correct(questions) <= 0.5
        assert wording.commonest_place(questions) <= 0.5


def test_no_doubled_quotation_mark_of_the_file_reaches_a_reader(course: schema.Course) -> None:
    assert [where for where, text in wording.texts(course) if "''" in text] == []


def test_statements_that_add_up_over_courses_have_the_same_words() -> None:
    surveys = [survey for name in NAMES for survey in schema.read_course(name).surveys()]
    asked = {(statement.key, statement.text) for survey in surveys for statement in survey.statements}
    assert len(asked) == len({key for key, _ in asked}) > 0
