"""What a learner keeps. Notes are sealed (courses/keeping/seal.py); the survey's tables name nobody."""

import uuid

from django.db import models
from django.db.models import Q

from training.people.models import Person

from .pages import CoursePage
from .progress import OwnQuerySet


class Note(models.Model):
    """Words written for oneself at a reflection of a course. They are the person's, whatever becomes of the edition.

    `sealed` holds the question and the words; `number` counts how often they were written.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notes")
    course = models.ForeignKey(CoursePage, on_delete=models.PROTECT, related_name="+")
    reflection = models.SlugField(max_length=60)
    sealed = models.BinaryField()
    number = models.PositiveIntegerField(default=1)
    window = models.CharField(max_length=32, blank=True, help_text="The drawing of a page that it was last written on")
    written_at = models.DateTimeField()

    objects = OwnQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "course", "reflection"], name="one_note_at_a_reflection")
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"


class SurveyMark(models.Model):
    """That some run has been asked, so that it counts once. The token is keyed: tables alone do not say whose it is.

    `sealed` holds the answers from before, until those from after have been counted with them.
    """

    token = models.CharField(max_length=64, primary_key=True)
    sealed = models.BinaryField()

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return "survey mark"


class SurveyCount(models.Model):
    """How many answered so before and so after, in one month: a count, and no row for anybody."""

    course = models.ForeignKey(CoursePage, on_delete=models.PROTECT, related_name="survey_counts")
    survey = models.SlugField(max_length=60)
    statement = models.SlugField(max_length=60)
    month = models.DateField(help_text="The first day of the month")
    before = models.PositiveSmallIntegerField()
    after = models.PositiveSmallIntegerField()
    people = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "survey", "statement", "month", "before", "after"], name="one_count_of_a_survey"
            ),
            models.CheckConstraint(
                condition=Q(before__gte=1, before__lte=5, after__gte=1, after__lte=5), name="survey_has_five_taps"
            ),
        ]

    def __str__(self) -> str:
        return f"survey count {self.pk}"
