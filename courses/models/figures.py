"""What authors are told of a course: counts, and what learners said of it. None of these rows leads to a person."""

import uuid
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from .editions import Edition
from .pages import CoursePage


class StoryRoute(models.Model):
    """How many people took this way through a story the first time. `way` is the numbers of their choices: '1-3-2'."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="story_routes")
    story = models.CharField(max_length=60)
    way = models.CharField(max_length=100)
    people = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "story", "way"], name="one_count_of_a_way_through_a_story")
        ]

    def __str__(self) -> str:
        return f"{self.story} {self.way}"


class Remark(models.Model):
    """How useful somebody found a course, and perhaps a short comment; without a name, a day or an agency.

    Its identifier is random, so that the order of rows does not tell the order of people. It belongs to one of the
    course's tens (`ten`, counted from 0), and is shown once that is full: one new comment would tell who has just
    finished.
    """

    class State(models.TextChoices):
        """What has become of the comment."""

        NONE = "none", "No comment"
        HELD = "held", "Waits to be read"
        SHOWN = "shown", "Shown to authors"

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(CoursePage, on_delete=models.PROTECT, related_name="remarks")
    ten = models.PositiveIntegerField(default=0)
    useful = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    comment = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=5, choices=State.choices, default=State.NONE)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(useful__gte=1, useful__lte=5), name="useful_is_one_to_five"),
            models.CheckConstraint(
                condition=Q(comment="", state="none") | (~Q(comment="") & ~Q(state="none")),
                name="a_comment_is_held_or_shown",
            ),
        ]

    def __str__(self) -> str:
        return f"remark {self.pk}"


class CourseFigures(models.Model):
    """A course in numbers as its authors may see them: small ones are hidden before they are written here.

    Counted anew a week later at the soonest, and only once ten more people have begun, so that no two counts differ by
    one person. `begun` is what that is reckoned by, and is not shown.
    """

    course = models.OneToOneField(CoursePage, on_delete=models.CASCADE, related_name="figures")
    looked_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True)
    begun = models.PositiveIntegerField(default=0)
    shown: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name_plural = "course figures"

    def __str__(self) -> str:
        return f"figures of {self.course_id}"
