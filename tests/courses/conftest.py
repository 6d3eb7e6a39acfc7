"""A small course of Severnshire for DA-A1, as short as the schema lets one be."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from courses.content.schema import Course
from courses.models import CoursePage
from courses.services.loading import load_course
from tests.conftest import World, make_world
from tests.factories import ModuleFactory
from tests.kept import kept
from training.pathways.models import Module

BEGUN = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def question(key: str, *, read_again: str = "part-1", kind: str = "single") -> dict[str, Any]:
    """A question whose option 'yes' is right, and 'also' too where several are."""
    texts = {"yes": True, "also": kind == "multiple", "no": False}
    options = [
        {"key": name, "text": f"{key} {name}", "correct": correct, "feedback": f"Feedback on {key} {name}"}
        for name, correct in texts.items()
    ]
    return {
        "key": key,
        "kind": kind,
        "prompt": f"Question {key}?",
        "options": options,
        "explanation": f"Explanation of {key}",
        "read_again": read_again,
    }


def story() -> dict[str, Any]:
    """Two steps; the first choice of the first step skips the second."""

    def choice(key: str, goes_to: str) -> dict[str, str]:
        return {"key": key, "text": f"Choose {key}", "consequence": f"<p>Then {key}</p>", "goes_to": goes_to}

    return {
        "type": "scenario",
        "key": "the-story",
        "title": "The story",
        "intro": "<p>Once.</p>",
        "steps": [
            {"key": "one", "text": "<p>Step one</p>", "choices": [choice("a", "debrief"), choice("b", "two")]},
            {"key": "two", "text": "<p>Step two</p>", "choices": [choice("c", "debrief"), choice("d", "debrief")]},
        ],
        "debrief": "<p>The debrief</p>",
    }


def lesson(number: int, blocks: list[dict[str, Any]]) -> dict[str, Any]:
    """Part `number` with these blocks after a line of text."""
    text = {"type": "rich_text", "html": f"<p>Text of part {number}</p>"}
    return {
        "slug": f"part-{number}",
        "title": f"Lesson {number}",
        "neutral_title": f"Part {number}",
        "minutes": 5,
        "content_notes": [],
        "blocks": [text, *blocks],
    }


NOTE = {"type": "content_note", "kind": "A hard story.", "minutes": 2, "text": "Skip it if you wish."}
TOMORROW = {
    "type": "tomorrow",
    "options": [{"key": "ask", "text": "Ask who my lead is"}, {"key": "look", "text": "Look up a champion"}],
}


def course_text(lessons: int = 3, **fields: Any) -> Course:
    """A course of so many lessons and a final check that asks two of three."""
    bodies = [
        [{"type": "knowledge_check", **question("check-one")}],
        [{"type": "knowledge_check", **question("check-two", kind="multiple")}, NOTE, story()],
        [TOMORROW],
    ]
    parts = [lesson(number, bodies[number - 1] if number <= 3 else []) for number in range(1, lessons + 1)]
    final = {
        "slug": "part-9",
        "title": "Final check",
        "neutral_title": "Part 9",
        "minutes": 5,
        "ask": 2,
        "intro": "<p>Two questions.</p>",
        "questions": [{**question(f"final-{name}"), "outcome": 1} for name in ("a", "b", "c")],
        "passed": "<p>Well done.</p>",
        "not_yet": "<p>Not quite there.</p>",
    }
    raw: dict[str, Any] = {
        "module": "DA-A1",
        "slug": "small",
        "edition": "1.0",
        "title": "A small course",
        "neutral_title": "Module A1",
        "summary": "What it is about.",
        "minutes": 5 * lessons + 5,
        "pass_mark": 100,
        "attempts": "unlimited",
        "review": {"status": "draft", "note": "Not read yet.", "law_checked_on": "2026-11-22", "law_of": "England"},
        "welcome": {"stop": "<p>Stop any time.</p>", "quiet_route": "<p>Another way.</p>", "support": "<p>Help.</p>"},
        "outcomes": ["Know it"],
        "references": ["A published guide, 2022"],
        "lessons": parts,
        "final_check": final,
    }
    return Course.model_validate(raw | fields)


@pytest.fixture(autouse=True)
def fresh_cache():
    """What one test's worker kept is not another's."""
    caches["local"].clear()


@dataclass
class Taught:
    """The world, and the course in it, if a test of the file asks for one."""

    world: World
    course: CoursePage | None = None


@pytest.fixture(scope="module")
def text_of_course() -> Course:
    """What the course of this file says."""
    return course_text()


@pytest.fixture(scope="module")
def taught(request, text_of_course, django_db_setup, django_db_blocker) -> Iterator[Taught]:
    """Made once for a whole file, since publishing a course takes a tenth of a second."""
    asks = any("course" in item.fixturenames for item in request.session.items if item.module is request.module)
    with kept(django_db_blocker):
        taught = Taught(make_world())
        if asks:
            ModuleFactory(code="DA-A1")
            taught.course = load_course(text_of_course, partnership=taught.world.partnership, at=BEGUN).course
        yield taught


@pytest.fixture
def world(taught, db) -> World:
    """Severnshire, as it stands for all tests of the file."""
    return deepcopy(taught.world)


@pytest.fixture
def module(world) -> Module:
    """The module that the small course delivers."""
    return ModuleFactory(code="DA-A1")


@pytest.fixture
def course(taught, db) -> CoursePage:
    """The small course, published."""
    return deepcopy(taught.course)


@pytest.fixture
def learner(amira, course) -> Client:
    """Amira's browser."""
    return signed_in(amira)


def signed_in(person) -> Client:
    """The browser of somebody with a login."""
    client = Client()
    client.force_login(person.user)
    return client
