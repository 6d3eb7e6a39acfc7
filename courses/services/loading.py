"""Putting a packaged course text into pages."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Page

from courses.content import schema
from courses.models import CourseIndexPage, CoursePage, Edition, LessonPage
from training.pathways.models import Module
from training.people.models import Partnership

from .packaged_files import packaged_document, packaged_image
from .publishing import freeze


class CourseNotLoaded(Exception):
    """The text cannot be loaded; the message says why."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did."""

    course: CoursePage
    edition: Edition | None
    is_changed: bool


@transaction.atomic
def load_course(text: schema.Course, *, partnership: Partnership, at: datetime) -> Loaded:
    """Make or update the pages of this course; the same text again changes nothing, even what authors changed since."""
    module = Module.objects.filter(pathway__partnership=partnership, code=text.module).first()
    if module is None:
        raise CourseNotLoaded(f"{partnership} has no module {text.module}: load its catalogue first.")
    index = course_index()
    course = CoursePage.objects.filter(module=module, slug__in=_slugs(text, partnership)).first()
    digest = hashlib.sha256(
        json.dumps(text.model_dump(mode="json", exclude_defaults=True), sort_keys=True).encode()
    ).hexdigest()
    if course is not None and course.source_digest == digest:
        return Loaded(course, course.editions.last(), is_changed=False)
    if course is not None and not course.live:
        return Loaded(course, course.editions.last(), is_changed=False)  # somebody has taken it down
    if course is None:
        taken = CoursePage.objects.child_of(index).filter(slug=text.slug).exists()
        course = CoursePage(slug=_slugs(text, partnership)[taken], module=module)
    course = publish_page(course, index, course_fields(text) | {"source_digest": digest})
    _load_lessons(course, lesson_fields(text))
    edition = freeze(course, at=at, kind=text.change.kind, whats_new=text.change.whats_new)
    return Loaded(course, edition, is_changed=True)


def course_index() -> CourseIndexPage:
    """The page under which courses hang, beside the public site's pages; made when first needed."""
    index = CourseIndexPage.objects.first()
    if index is None:
        root = Page.get_first_root_node()
        index = root.add_child(instance=CourseIndexPage(title="Learning", slug="courses"))
    return index


def _slugs(text: schema.Course, partnership: Partnership) -> tuple[str, str]:
    """The course's own address, and the one it takes where another partnership has that."""
    return text.slug, f"{text.slug}-{partnership.code}"


def publish_page(page: Page, parent: Page, fields: dict[str, Any]) -> Any:
    """Set the fields and publish: a new page under `parent`, or a newer revision of one that is there."""
    for name, value in fields.items():
        setattr(page, name, value)
    if page.pk is None:
        page = parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def _load_lessons(course: CoursePage, wanted: list[dict[str, Any]]) -> None:
    found = {lesson.slug: lesson for lesson in LessonPage.objects.child_of(course)}
    for fields in wanted:
        slug = fields["slug"]
        found[slug] = publish_page(found.get(slug, LessonPage(slug=slug)), course, fields)
    slugs = [fields["slug"] for fields in wanted]
    for slug, lesson in found.items():
        if slug not in slugs:
            lesson.unpublish()
    in_place = list(LessonPage.objects.child_of(course).live().order_by("path").values_list("slug", flat=True))
    if in_place != slugs:
        for slug in slugs:
            LessonPage.objects.child_of(course).get(slug=slug).move(
                CoursePage.objects.get(pk=course.pk), pos="last-child"
            )


def course_fields(text: schema.Course) -> dict[str, Any]:
    """The course page's fields, from the text."""
    return {
        "title": text.title,
        "draft_title": text.title,
        "neutral_title": text.neutral_title,
        "summary": text.summary,
        "minutes": text.minutes,
        "outcomes": "\n".join(text.outcomes),
        "pass_mark": text.pass_mark,
        **_rest_fields(text.attempts),
        "edition_label": text.edition,
        "stop_text": text.welcome.stop,
        "quiet_route_text": text.welcome.quiet_route,
        "support_text": text.welcome.support,
        "is_draft_for_review": text.review.status == "draft",
        "review_note": text.review.note,
        "law_checked_on": text.review.law_checked_on,
        "law_of": text.review.law_of,
        "reviewed_on": text.review.reviewed_on,
        "review_by": text.review.review_by,
        "references": "\n".join(text.references),
        "is_online": True,
        "counts_as": text.counts_as,
        "how_to_book": text.how_to_book,
        "how_to_record": text.how_to_record,
        "change_kind": text.change.kind,
        "whats_new": text.change.whats_new,
    }


def _rest_fields(attempts: str | schema.Rest) -> dict[str, Any]:
    if isinstance(attempts, schema.Rest):
        return {"tries_before_rest": attempts.tries, "rest_hours": attempts.rest_hours}
    return {"tries_before_rest": None}


def lesson_fields(text: schema.Course) -> list[dict[str, Any]]:
    """The fields of each lesson page in order, the final check's last."""
    lessons = [
        _lesson_head(lesson)
        | {"content_notes": "\n".join(lesson.content_notes), "body": [_block(block) for block in lesson.blocks]}
        for lesson in text.lessons
    ]
    check = text.final_check
    check_block = check.model_dump(include={"ask", "intro", "questions", "passed", "not_yet"})
    check_block["questions"] = [_with_picture(question) for question in check_block["questions"]]
    return [*lessons, _lesson_head(check) | {"body": [("final_check", check_block)]}]


def _lesson_head(part: schema.Lesson | schema.FinalCheck) -> dict[str, Any]:
    return {
        "slug": part.slug,
        "title": part.title,
        "draft_title": part.title,
        "neutral_title": part.neutral_title,
        "minutes": part.minutes,
    }


def _block(block: schema.Block) -> tuple[str, Any]:
    """A part as the stream takes it: its kind and its value."""
    if isinstance(block, schema.RichText):
        return block.type, block.html
    value = block.model_dump(exclude={"type"})
    if isinstance(block, schema.Image):
        return block.type, {"image": packaged_image(value.pop("file")), **value}
    files = {name: packaged_document(value[name]) for name in ("file", "captions") if value.get(name)}
    return block.type, _with_picture(value) | files


def _with_picture(value: dict[str, Any]) -> dict[str, Any]:
    """A question's packaged picture as the site's own."""
    return value | {"image": packaged_image(value["image"])} if value.get("image") else value
