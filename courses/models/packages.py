"""Packages written by others, and how far somebody has come in one. Raw progress; the ledger alone is the record."""

import uuid
from functools import cached_property
from typing import Any

from django.db import models

from courses.packages.items import AS_BOTH, AS_COMPLETED, AS_PASSED, KINDS, Reading, read_reading

from .progress import Attempt, OwnQuerySet


class Package(models.Model):  # type: ignore[django-manager-missing]
    """An uploaded package as it was uploaded. Never changed: a newer file of the same lesson is another package.

    `folder` is where its files lie under PACKAGE_ROOT, and their address on the content host: random, so that nobody
    guesses it. `reading` is courses.packages.items.Reading as JSON.
    """

    class CountsWhen(models.TextChoices):
        """What a part has to say before it counts as done."""

        COMPLETED = AS_COMPLETED, "it says 'completed' or 'passed', and does not say 'failed'"
        PASSED = AS_PASSED, "it says 'passed', or the mark asked for is reached"
        BOTH = AS_BOTH, "it says both 'completed' and 'passed'"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    folder = models.CharField(max_length=43, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    file_count = models.PositiveIntegerField()
    reading: models.JSONField[dict[str, Any]] = models.JSONField()
    counts_when = models.CharField(max_length=10, choices=CountsWhen.choices)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=80)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-uploaded_at", "-id"]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_kind_display()}, {self.uploaded_at:%d.%m.%Y %H:%M})"

    @cached_property
    def contents(self) -> Reading:
        """What its manifest says."""
        return read_reading(self.reading)


class OfAttemptQuerySet(OwnQuerySet):
    """Rows of a run, which belong to its person."""

    to_person = "attempt__person"


class Launch(models.Model):
    """One opening of a package. Its token, kept as a hash, is what the content host knows the learner by.

    `last_number` is the last commit acknowledged. Starting a launch ends the earlier ones of its attempt.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="launches")
    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="launches")
    token_hash = models.CharField(max_length=64, unique=True)
    opened_by = models.CharField(max_length=80)
    opened_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    last_number = models.PositiveIntegerField(default=0)

    objects = OfAttemptQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name_plural = "launches"

    def __str__(self) -> str:
        return f"launch {self.pk}"


class ItemState(models.Model):
    """What one part of a package last said of itself. `cmi` is its data model as JSON text, handed back as it came.

    `is_done` and `best_score` are never lowered. `seconds_before` were spent in earlier sessions, `seconds` in all.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="item_states")
    item = models.CharField(max_length=255)
    cmi = models.TextField()
    launch = models.ForeignKey(Launch, on_delete=models.CASCADE, related_name="+")
    session = models.PositiveIntegerField()
    status = models.CharField(max_length=20)
    can_resume = models.BooleanField()
    is_done = models.BooleanField(default=False)
    best_score = models.FloatField(null=True, blank=True)
    seconds_before = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    objects = OfAttemptQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "item"], name="one_state_of_an_item")]

    def __str__(self) -> str:
        return f"item state {self.pk}"


class OfLaunchQuerySet(OwnQuerySet):
    """Rows of a launch, which belong to its person."""

    to_person = "launch__attempt__person"


class Commit(models.Model):
    """The journal: each commit of a launch by its number, kept or refused, and what for. Its content is not in here."""

    launch = models.ForeignKey(Launch, on_delete=models.CASCADE, related_name="commits")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    refusal = models.CharField(max_length=20, blank=True)
    received_at = models.DateTimeField()

    objects = OfLaunchQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["launch", "number"], condition=models.Q(refusal=""), name="a_commit_is_kept_once"
            )
        ]

    def __str__(self) -> str:
        return f"commit {self.pk}"
