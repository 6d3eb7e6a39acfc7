"""Course pages for modules that are not done on this website, made from the pathway and the packaged text."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction

from courses.content.held import Held
from courses.models import ChangeKind, CoursePage
from training.pathways.models import Module

from .loading import Loaded, course_index, publish_page
from .publishing import freeze


@transaction.atomic
def load_held(module: Module, text: Held, *, at: datetime) -> Loaded | None:
    """Make or update the module's page; nothing where somebody has made the module a course of its own."""
    slugs = _slugs(module)
    courses = CoursePage.objects.filter(module=module)
    if courses.exclude(slug__in=slugs).exists() or courses.filter(is_online=True).exists():
        return None
    fields = held_fields(module, text)
    digest = hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
    course = courses.first()
    if course is not None and course.source_digest == digest:
        return Loaded(course, course.editions.last(), is_changed=False)
    index = course_index()
    if course is None:
        taken = CoursePage.objects.child_of(index).filter(slug=slugs[0]).exists()
        course = CoursePage(slug=slugs[taken], module=module)
    course = publish_page(course, index, fields | {"source_digest": digest})
    return Loaded(course, freeze(course, at=at), is_changed=True)


def held_fields(module: Module, text: Held) -> dict[str, Any]:
    """The course page's fields, from the pathway and the way the module is done."""
    way, summary = text.ways[text.modules[module.code]], module.summary or module.title
    return {
        "title": module.title,
        "draft_title": module.title,
        "neutral_title": f"Module {_short(module)}",
        "summary": summary,
        "minutes": module.minutes,
        "outcomes": "\n".join(each[:1].upper() + each[1:] for each in module.outcomes or [summary]),
        "is_online": False,
        "how_to_book": way.book,
        "how_to_record": way.record,
        "stop_text": text.welcome.stop,
        "quiet_route_text": text.welcome.quiet_route,
        "support_text": text.welcome.support,
        "is_draft_for_review": False,
        "change_kind": ChangeKind.EDITION,
    }


def _short(module: Module) -> str:
    return module.code.rpartition("-")[2]


def _slugs(module: Module) -> tuple[str, str]:
    """The page's own address, and the one it takes where another partnership has that."""
    slug = f"module-{_short(module).lower()}"
    return slug, f"{slug}-{module.pathway.partnership.code}"
