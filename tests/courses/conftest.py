"""A small course of Severnshire for DA-A1, as short as the schema lets one be."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from courses.content.schema import Course
from courses.models import CoursePage
from courses.services.loading import load_course
from tests.factories import ModuleFactory

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


@pytest.fixture
def module(world):
    """The module that the small course delivers."""
    return ModuleFactory(code="DA-A1")


@pytest.fixture
def course(world, module) -> CoursePage:
    """The small course, published."""
    return load_course(course_text(), partnership=world.partnership, at=BEGUN).course


@pytest.fixture
def learner(amira, course) -> Client:
    """Amira's browser."""
    return signed_in(amira)


def signed_in(person) -> Client:
    """The browser of somebody with a login."""
    client = Client()
    client.force_login(person.user)
    return client
