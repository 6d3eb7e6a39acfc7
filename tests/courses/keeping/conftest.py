"""A course with a place to write, a survey before and after, and things to do tomorrow; and Amira in the middle of it."""

from typing import Any

import pytest

from courses.content.schema import Course
from courses.models import Attempt
from tests.courses.conftest import TOMORROW, course_text, lesson, signed_in

SECRET = "canary words of hers"
PART = "/learning/small/part-1/"
REFLECTION = {"type": "reflection", "key": "own-words", "text": "Which words would you use?"}


def survey(moment: str) -> dict[str, Any]:
    statements = [{"key": "ask", "text": "I can ask."}, {"key": "listen", "text": "I can listen."}]
    return {"type": "survey", "key": "sure", "moment": moment, "statements": statements}


def keeping_text(*, keeps: bool = True) -> Course:
    first, second = ([REFLECTION, survey("before")], [survey("after"), TOMORROW]) if keeps else ([], [])
    raw = course_text(2).model_dump(mode="json")
    return Course.model_validate(raw | {"lessons": [lesson(1, first), lesson(2, second)]})


@pytest.fixture(scope="module")
def text_of_course():
    return keeping_text()


@pytest.fixture
def begun(learner):
    learner.post("/learning/small/start/")
    return learner


@pytest.fixture
def attempt(begun, amira):
    return Attempt.objects.of(amira).get()


@pytest.fixture
def colleague(course, amira_post):
    """Somebody else of her agency, in the middle of the same course."""
    from tests.factories import PersonFactory, TermFactory, UserFactory

    person = PersonFactory(user=UserFactory(email="colleague@svh.example"))
    TermFactory(post__employment__person=person, post__employment__agency=amira_post.employment.agency)
    client = signed_in(person)
    client.post("/learning/small/start/")
    return client


def write(client, text: str = SECRET, *, seen: int = 0, window: str = "", script: bool = False):
    data = {"reflection": "own-words", "note": text, "seen": seen, "window": window}
    return client.post(f"{PART}note/", data, headers={"X-Player": "1"} if script else {})
