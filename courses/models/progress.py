"""A person's run through one edition of a course. Raw progress, seen by that person alone; never the record."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from training.access.access import Access
from training.access.prepared import Given
from training.access.scoping import ScopedQuerySet
from training.people.models import Person

from .editions import Edition
from .pages import CoursePage


class OwnQuerySet(ScopedQuerySet):
    """Rows that only the person they are about may see: not a manager, not HR, not an administrator."""

    to_person = "person"

    def visible_to(self, access: Access) -> Self:
        """One's own."""
        if access.person_id is None:
            return self._scoped("nobody").none()
        return self._scoped("visible_to").filter(**{self.to_person: access.person_id})

    def of(self, person: Person | Given) -> Self:
        """Those of one person."""
        return self._scoped("of").filter(**{self.to_person: person})


class AttemptQuerySet(OwnQuerySet):
    """Runs through courses."""

    def with_course(self) -> Self:
        """With what every page wants of course and edition; the many other columns of a page are left alone."""
        own = [field.name for field in self.model._meta.concrete_fields]
        wanted = self.select_related("course", "edition")
        return wanted.only(*own, "course__slug", "course__module", "edition__uid")

    def for_course(self, slug: str | Given) -> Self:
        """Those of the course at this address; the open one first, then the latest finished."""
        found = self.filter(course__slug=slug).with_course()
        return found.order_by(F("completed_at").desc(nulls_first=True), "-id")


class Attempt(models.Model):
    """One run, pinned to the edition it began on. It ends when the final check is passed and finished."""

    class State(models.TextChoices):
        """Where a run stands."""

        OPEN = "open", "In progress"
        COMPLETE = "complete", "Finished"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attempts")
    course = models.ForeignKey(CoursePage, on_delete=models.PROTECT, related_name="attempts")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="attempts")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    started_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)
    is_text_only = models.BooleanField(default=False)
    last_lesson = models.SlugField(max_length=255, blank=True)
    last_place = models.CharField(max_length=40, blank=True)
    tomorrow = models.JSONField(default=list)
    has_remarked = models.BooleanField(default=False)
    looked_at_number = models.PositiveSmallIntegerField(
        default=0, help_text="Of the newest edition whose news the learner has seen since finishing"
    )
    tomorrow_at = models.DateTimeField(null=True, blank=True)
    tomorrow_away_at = models.DateTimeField(null=True, blank=True, help_text="When they wished not to be reminded")

    objects = AttemptQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course"], condition=Q(state="open"), name="one_open_attempt_of_a_course"
            ),
            models.CheckConstraint(
                condition=Q(state="open", completed_at__isnull=True) | Q(state="complete", completed_at__isnull=False),
                name="attempt_is_complete_from_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"attempt {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do."""
        return self.state == self.State.OPEN

    @property
    def anchor(self) -> str:
        """Where on the page the learner was ('#check-2'); nothing for its top."""
        return f"#{self.last_place}" if self.last_place else ""

    @property
    def ledger_key(self) -> str:
        """What the ledger knows it by, so that finishing it twice records it once."""
        return f"attempt:{self.uid}"


class StepQuerySet(OwnQuerySet):
    """Steps of a run, which belong to its person."""

    to_person = "attempt__person"

    def along(self, attempt: Attempt | Given) -> Self:
        """Those of one run, for whoever has been given the run."""
        return self._scoped("along").filter(attempt=attempt)


class Visit(models.Model):
    """A lesson opened, and perhaps done."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="visits")
    lesson = models.SlugField(max_length=255)
    opened_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    objects = StepQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "lesson"], name="one_visit_of_a_lesson")]

    def __str__(self) -> str:
        return f"visit {self.pk}"


class Answer(models.Model):
    """What was chosen last for one question. `final_try` is 0 for a question asked during a lesson."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    final_try = models.PositiveSmallIntegerField(default=0)
    question = models.CharField(max_length=60)
    chosen = models.JSONField(default=list)
    is_correct = models.BooleanField()
    was_right_first = models.BooleanField(null=True)  # not known of answers from before this was kept
    times = models.PositiveSmallIntegerField(default=1)
    answered_at = models.DateTimeField()

    objects = StepQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "final_try", "question"], name="one_answer_to_a_question_in_a_try"
            )
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class StoryEnd(models.Model):
    """A story heard to its end. Not when, nor by which way: that is counted without a name (StoryRoute)."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="story_ends")
    story = models.CharField(max_length=60)

    objects = StepQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "story"], name="one_end_of_a_story")]

    def __str__(self) -> str:
        return f"story end {self.pk}"


class FinalTry(models.Model):
    """One go at the final check. Which questions it asks follows from the attempt and the number (courses/draw.py)."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="final_tries")
    number = models.PositiveSmallIntegerField()
    begun_at = models.DateTimeField()
    marked_at = models.DateTimeField(null=True, blank=True)
    right_count = models.PositiveSmallIntegerField(default=0)
    is_passed = models.BooleanField(default=False)

    objects = StepQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "final tries"
        constraints = [
            models.UniqueConstraint(fields=["attempt", "number"], name="final_try_number_once_an_attempt"),
            models.CheckConstraint(condition=Q(number__gte=1), name="final_tries_are_counted_from_one"),
            models.UniqueConstraint(
                fields=["attempt"], condition=Q(marked_at__isnull=True), name="one_open_final_try_of_an_attempt"
            ),
        ]

    def __str__(self) -> str:
        return f"final try {self.pk}"
