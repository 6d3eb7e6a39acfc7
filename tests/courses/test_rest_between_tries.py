"""After so many tries at the final check there is a rest, and then as many tries again. Nobody is shut out."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from courses.models import Attempt, CoursePage, Edition, FinalTry
from courses.outline import Rest
from courses.services.final import begin_try, rests_until
from tests.courses.conftest import course_text, signed_in

NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
DAY = timedelta(hours=24)
REST = Rest(after=2, hours=24)


def tried(number, *, is_passed=False, marked_at=NOON):
    return FinalTry(number=number, marked_at=marked_at, is_passed=is_passed)


@pytest.mark.parametrize(
    ("last", "rest", "at", "until"),
    [
        (tried(1), REST, NOON, None),
        (tried(2), REST, NOON, NOON + DAY),
        (tried(2), REST, NOON + DAY - timedelta(seconds=1), NOON + DAY),
        (tried(2), REST, NOON + DAY, None),
        (tried(3), REST, NOON, None),
        (tried(4), REST, NOON, NOON + DAY),
        (tried(2), None, NOON, None),
        (tried(2, is_passed=True), REST, NOON, None),
        (tried(2, marked_at=None), REST, NOON, None),
        (None, REST, NOON, None),
    ],
)
def test_a_rest_comes_after_so_many_tries_and_ends(last, rest, at, until):
    assert rests_until(last, rest, at=at) == until


@pytest.fixture(scope="module")
def text_of_course():
    """A course that rests for a day after two tries."""
    return course_text(attempts={"tries": 2})


@pytest.fixture
def resting(course, amira):
    """Amira has tried twice."""
    client = signed_in(amira)
    client.post("/learning/small/start/")
    for number in (1, 2):
        client.post("/learning/small/part-9/", {"after": number - 1})
        for place in (1, 2):
            client.post(f"/learning/small/part-9/{place}/", {"chosen": "no", "try": number})
    return client


def test_the_course_and_its_edition_say_so(resting):
    assert (CoursePage.objects.get().tries_before_rest, CoursePage.objects.get().rest_hours) == (2, 24)
    assert Edition.objects.get().content["rest"] == {"after": 2, "hours": 24}


@pytest.mark.parametrize("page", ["", "answers/"])
def test_in_a_rest_the_page_says_when_what_to_read_and_whom_to_ask(resting, page):
    said = resting.get(f"/learning/small/part-9/{page}").content.decode()
    assert "You can try again from" in said
    assert "/learning/small/another-way/" in said
    assert "Try again</button>" not in said
    assert "Worth reading again" in said or page == ""


def test_pressing_all_the_same_begins_nothing_and_parts_stay_open(resting, amira):
    answer = resting.post("/learning/small/part-9/", {"after": 2})
    assert answer.url == "/learning/small/part-9/answers/"
    assert FinalTry.objects.of(amira).count() == 2
    assert resting.get("/learning/small/part-1/").status_code == 200


def test_after_the_rest_there_are_tries_again(resting, amira):
    attempt, last = Attempt.objects.of(amira).get(), FinalTry.objects.of(amira).last()
    begun = begin_try(attempt, at=last.marked_at + DAY, after=2, rest=REST)
    assert begun.number == 3


@pytest.mark.parametrize("attempts", ["once", {"tries": 0}, {"tries": 2, "rest_hours": 400}])
def test_a_text_cannot_shut_anybody_out(attempts):
    with pytest.raises(ValidationError):
        course_text(attempts=attempts)
