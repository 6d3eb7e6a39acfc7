"""On the content editor's first page: courses that a specialist has to read, or to read again."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from wagtail.admin.ui.components import Component

from courses.content.whole import stops
from courses.models import CoursePage
from courses.services.publishing import snapshot

SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One course and what is to be said of it."""

    pk: int
    title: str
    said: str
    review_by: date | None
    is_late: bool
    stops: tuple[str, ...]


def review_rows(*, on: date) -> list[ReviewRow]:
    """Online courses that are drafts, due for review or not whole; those with a date first."""
    rows = [_row(course, on) for course in CoursePage.objects.filter(is_online=True).order_by("review_by", "title")]
    return sorted((row for row in rows if row.said or row.stops), key=lambda row: not row.review_by)


def _row(course: CoursePage, on: date) -> ReviewRow:
    is_late = course.review_by is not None and course.review_by < on
    said = ""
    if is_late:
        said = "Review overdue"
    elif course.review_by is not None and course.review_by <= on + SOON:
        said = "Review due soon"
    elif course.is_draft_for_review:
        said = "Draft for specialist review"
    found = tuple(stops(snapshot(course))) if course.live else ()
    return ReviewRow(course.pk, course.title, said, course.review_by, is_late, found)


class ReviewPanel(Component):
    """The list, with a way to each course."""

    name = "courses-to-review"
    order = 50
    template_name = "courses/cms_reviews.html"

    def __init__(self, *, on: date) -> None:
        self.on = on

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The rows of the day."""
        return {"rows": review_rows(on=self.on)}
