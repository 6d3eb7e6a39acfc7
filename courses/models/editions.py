"""What was published, frozen: an attempt stays with the edition it began on."""

import uuid
from typing import Any

from django.db import models

from .pages import CoursePage


class Edition(models.Model):
    """A copy of a course and its lessons at one moment. Never changed.

    `content` is {title, neutral_title, summary, minutes, pass_mark, outcomes, references, welcome, review, lessons}; a
    lesson is {slug, title, neutral_title, minutes, content_notes, is_final, body}, the body being a stream's raw data.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(CoursePage, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=30)
    made_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    content: models.JSONField[dict[str, Any]] = models.JSONField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["course", "number"], name="edition_number_once_a_course")]

    def __str__(self) -> str:
        return f"{self.label} ({self.number})"
