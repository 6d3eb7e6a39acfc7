"""A lesson on a slow line: what its page weighs without pictures and films."""

import gzip
import json
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.urls import reverse

from courses.content.schema import read_course
from courses.services.loading import lesson_fields
from tests.courses.test_blocks import BODY
from tests.courses.test_packaged_courses import NAMES

MOST_BYTES = 150_000
LINKED = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg))"')
IMPORTED = re.compile(r"""["']\./([\w.-]+\.js)["']""")


def words_of(name: str) -> dict[str, int]:
    """The bytes of each lesson of a packaged course, without the page round it, as if every branch had been told."""
    lessons = lesson_fields(read_course(name))
    return {f"{name} {one['slug']}": sum(len(_drawn(*block).encode()) for block in one["body"]) for one in lessons}


def _drawn(kind: str, value: object) -> str:
    told = json.dumps(value) if kind == "scenario" else ""
    return told + BODY.to_python([{"type": kind, "value": value, "id": "one"}])[0].render()


def _imported(path: Path) -> list[str]:
    """The scripts that a script asks for."""
    return [f"ui/{name}" for name in IMPORTED.findall(path.read_text())] if path.name == "site.js" else []


def test_the_heaviest_lesson_stays_under_150_kb_with_its_styles_and_scripts(learner):
    """Styles and scripts as production sends them, compressed; the page itself is not."""
    learner.post(reverse("course-start", args=["small"]))
    page = learner.get(reverse("lesson", args=["small", "part-1"])).content
    linked = {name: finders.find(name) for name in LINKED.findall(page.decode())}
    linked |= {name: finders.find(name) for path in linked.values() for name in _imported(Path(path or ""))}
    assert {"ui/site.css", "ui/govuk-frontend.min.js"} <= set(linked)
    sent = {name: len(gzip.compress(Path(path).read_bytes())) for name, path in linked.items() if path}
    lessons = {place: size for name in NAMES for place, size in words_of(name).items()}
    heaviest = max(lessons, key=lessons.__getitem__)
    whole = len(page) + sum(sent.values()) + lessons[heaviest]
    print(f"{heaviest}: {whole:,} bytes = frame {len(page):,} + words {lessons[heaviest]:,} + {sent}")
    assert whole <= MOST_BYTES
