"""Certificates printed together, for HR of the agency that recorded what they prove."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from certificates.looks import Shape
from training.access.access import Access
from training.access.permissions import Permission
from training.access.scoping import ScopedQuerySet
from training.people.models import Agency


class BatchQuerySet(ScopedQuerySet):
    """Batches, seen by HR of their agency."""

    def visible_to(self, access: Access, agency: Agency) -> Self:
        """Those of an agency whose completions one records."""
        if not access.may(Permission.RECORD_COMPLETIONS, agency_id=agency.pk):
            return self._scoped("nobody").none()
        return self._scoped("visible_to").filter(agency=agency)

    def unfinished(self) -> Self:
        """Those that the worker has still to do."""
        return self.filter(ended_at__isnull=True)


class Batch(models.Model):
    """The certificates of a module, or of a file of completions, to be printed as one file. Kept for a week.

    `source` names the file as ledger entries do; empty: all of the module.
    """

    class Form(models.TextChoices):
        """What is made of them."""

        ZIP = "zip", "A file for each person, in one ZIP"
        PRINT = "print", "One file to print"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="certificate_batches")
    module_code = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=120, blank=True)
    form = models.CharField(max_length=10, choices=Form.choices)
    shape = models.CharField(max_length=10, choices=Shape.choices)
    tells = models.BooleanField(default=False, help_text="Each person is sent where their certificates are")
    count = models.PositiveIntegerField(default=0)
    keys_sum = models.BigIntegerField(default=0, help_text="Of the numbers of its completions: who, beside how many")
    done = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0, help_text="Whose name or text has letters that cannot be printed")
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80)
    moved_at = models.DateTimeField()
    turn = models.PositiveIntegerField(default=0, help_text="How often a worker has taken it up")
    is_zip = models.BooleanField(default=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        verbose_name_plural = "batches"
        constraints = [models.CheckConstraint(condition=Q(done__lte=F("count")), name="a_batch_does_not_do_too_much")]

    def __str__(self) -> str:
        return f"batch {self.pk}"

    @property
    def is_ready(self) -> bool:
        """Whether there is a file to fetch."""
        return self.ended_at is not None and not self.problem
