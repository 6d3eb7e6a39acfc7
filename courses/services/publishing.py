"""Freezing what has been published, so that no attempt changes underneath its learner."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction

from courses.models import CoursePage, Edition, LessonPage, Package
from courses.models.pages import lines

PACKAGE_SLUG = "open"  # the only part of a course that is a package


@transaction.atomic
def freeze(course: CoursePage, *, at: datetime) -> Edition | None:
    """The edition of the course as it is published now: a new one if anything has changed, none without lessons."""
    course = CoursePage.objects.select_for_update(no_key=True, of=("self",)).select_related("module").get(pk=course.pk)
    content = snapshot(course)
    if not content["lessons"]:
        return None
    digest = hashlib.sha256(json.dumps([course.edition_label, content], sort_keys=True).encode()).hexdigest()
    latest = course.editions.order_by("-number").first()
    if latest is not None and latest.digest == digest:
        return latest
    return Edition.objects.create(
        course=course,
        number=latest.number + 1 if latest else 1,
        label=course.edition_label,
        made_at=at,
        digest=digest,
        content=content,
    )


def snapshot(course: CoursePage) -> dict[str, Any]:
    """The course and its published lessons as plain data (courses.models.Edition says which)."""
    return {
        "title": course.title,
        "neutral_title": course.neutral_title,
        "summary": course.summary,
        "minutes": course.minutes,
        "pass_mark": course.pass_mark,
        "outcomes": lines(course.outcomes),
        "references": lines(course.references),
        "welcome": {
            "stop": course.stop_text,
            "quiet_route": course.quiet_route_text,
            "support": course.support_text,
        },
        "review": {
            "is_draft": course.is_draft_for_review,
            "note": course.review_note,
            "law_checked_on": course.law_checked_on.isoformat() if course.law_checked_on else "",
            "law_of": course.law_of,
        },
        "lessons": _lessons(course),
    }


def _lessons(course: CoursePage) -> list[dict[str, Any]]:
    """The lessons, or the package that stands in their place."""
    if course.package is not None:
        return [_package(course, course.package)]
    return [_lesson(lesson) for lesson in LessonPage.objects.child_of(course).live().order_by("path")]


def _package(course: CoursePage, package: Package) -> dict[str, Any]:
    return {
        "slug": PACKAGE_SLUG,
        "title": course.title,
        "neutral_title": course.neutral_title,
        "minutes": course.minutes,
        "content_notes": [],
        "is_final": False,
        "body": [],
        "package": str(package.uid),
    }


def _lesson(page: LessonPage) -> dict[str, Any]:
    body = page.body.get_prep_value()
    return {
        "slug": page.slug,
        "title": page.title,
        "neutral_title": page.neutral_title,
        "minutes": page.minutes,
        "content_notes": lines(page.content_notes),
        "is_final": any(block["type"] == "final_check" for block in body),
        "body": body,
    }
