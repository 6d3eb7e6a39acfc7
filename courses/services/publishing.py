"""Freezing what has been published, so that no attempt changes underneath its learner."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction

from courses.content.whole import bones, stops
from courses.models import Attempt, ChangeKind, CoursePage, Edition, LessonPage, Package
from courses.models.pages import lines
from courses.shown import keep_shown

PACKAGE_SLUG = "open"  # the only part of a course that is a package


@transaction.atomic
def freeze(course: CoursePage, *, at: datetime, kind: str = ChangeKind.EDITION, whats_new: str = "") -> Edition | None:
    """The edition of the course as it is published now: a new one if anything has changed, none while it is not whole.

    A correction keeps number and label, and takes open attempts along: a wrong telephone number must not stay before
    somebody in the middle of a lesson. Where more than words has changed, it becomes a new edition all the same.
    """
    course = CoursePage.objects.select_for_update(no_key=True, of=("self",)).select_related("module").get(pk=course.pk)
    content = snapshot(course)
    if stops(content):
        return None
    digest = hashlib.sha256(json.dumps([course.edition_label, content], sort_keys=True).encode()).hexdigest()
    latest = course.editions.last()
    if latest is not None and latest.digest == digest:
        return latest
    if kind == ChangeKind.CORRECTION and latest is not None and is_correction(course, latest, content):
        place = {"number": latest.number, "correction": latest.correction + 1}
    else:
        kind = ChangeKind.EDITION if kind == ChangeKind.CORRECTION else kind
        place = {"number": latest.number + 1 if latest else 1}
    edition = Edition.objects.create(
        course=course,
        **place,
        kind=kind,
        whats_new=whats_new if kind == ChangeKind.SUBSTANTIVE else "",
        label=course.edition_label,
        made_at=at,
        digest=digest,
        is_part=content["counts_as"] == CoursePage.CountsAs.PART,
        content=content,
    )
    keep_shown(course, content)
    if edition.correction:
        begun = Attempt.objects.everywhere(reason="a small correction reaches those who are reading")
        begun.filter(edition__course=course, edition__number=edition.number, state=Attempt.State.OPEN).update(
            edition=edition
        )
    return edition


def is_correction(course: CoursePage, latest: Edition, content: dict[str, Any]) -> bool:
    """Whether nothing but words differs from the latest edition."""
    return course.edition_label == latest.label and bones(content) == bones(latest.content)


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
            "reviewed_on": course.reviewed_on.isoformat() if course.reviewed_on else "",
            "review_by": course.review_by.isoformat() if course.review_by else "",
        },
        "is_online": course.is_online,
        "counts_as": course.counts_as,
        "how_to_book": course.how_to_book,
        "how_to_record": course.how_to_record,
        "lessons": _lessons(course) if course.is_online else [],
        **_rest(course),
    }


def _rest(course: CoursePage) -> dict[str, Any]:
    """After how many tries at the final check there is a rest; nothing where there is none."""
    after = course.tries_before_rest
    return {"rest": {"after": after, "hours": course.rest_hours}} if after else {}


def _lessons(course: CoursePage) -> list[dict[str, Any]]:
    """The lessons, or the package that stands in their place."""
    if course.package is not None:
        return [_package(course, course.package)]
    return [lesson_content(lesson) for lesson in LessonPage.objects.child_of(course).live().order_by("path")]


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


def lesson_content(page: LessonPage) -> dict[str, Any]:
    """One lesson as plain data."""
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
