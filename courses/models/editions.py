"""What was published, frozen: an attempt stays with the edition it began on."""

import uuid
from typing import Any

from django.db import models

from .pages import ChangeKind, CoursePage


class Edition(models.Model):
    """A copy of a course and its lessons at one moment. Never changed.

    A small correction is another row with the same number and label, counted by `correction`: what somebody read
    before it stays readable. `kind` and `whats_new` are what the author said of the change. `is_part` stands in the
    content too (`counts_as`), and here so that standings can ask for it.

    `content` is {title, neutral_title, summary, minutes, pass_mark, outcomes, references, welcome, review, lessons}
    and, since they were thought of, {is_online, counts_as, how_to_book, how_to_record, rest}; a lesson is {slug, title,
    neutral_title, minutes, content_notes, is_final, body}, the body being a stream's raw data.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(CoursePage, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    correction = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=12, choices=ChangeKind.choices, default=ChangeKind.EDITION)
    whats_new = models.CharField(max_length=240, blank=True)
    is_part = models.BooleanField(default=False)
    label = models.CharField(max_length=30)
    made_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    content: models.JSONField[dict[str, Any]] = models.JSONField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["number", "correction"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number", "correction"], name="edition_number_once_a_course")
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.number})"
