"""The return of an agency for a quarter: training of its own, as numbers by role group and module."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from training.audit.versioned import Versioned, VersionedQuerySet
from training.pathways.models import Module
from training.people.models import Agency, Partnership, RoleGroup
from training.returns.quarters import Quarter

from .head_counts import LARGEST


class How(models.TextChoices):
    """In which way an agency trained its people."""

    SESSION = "session", "Taught session"
    ONLINE = "online", "Online course of its own"
    INDUCTION = "induction", "Part of induction"
    PRACTICE = "practice", "Exercise or supervised practice"
    OTHER = "other", "Another way"


class CorrectionReason(models.TextChoices):
    """Why what was signed is put right."""

    MISCOUNTED = "miscounted", "A number was wrong"
    LATE_RECORDS = "late_records", "Records came in late"
    COUNTED_TWICE = "counted_twice", "People were counted twice, or are recorded by name"
    WRONG_QUARTER = "wrong_quarter", "Training belongs to another quarter"


class SentBackReason(models.TextChoices):
    """Why the partnership sends a return back."""

    UNLIKELY = "unlikely", "A number is unlikely: please check it"
    NO_EVIDENCE = "no_evidence", "It does not say where the evidence is kept"
    BY_NAME = "by_name", "It seems to include people whose training is recorded by name"
    WRONG_MODULE = "wrong_module", "Training is put down to the wrong module or role group"


class AgencyReturn(models.Model):
    """That there is a return of an agency to a partnership for a quarter, filled in or not. Its versions say what."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="returns")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="returns")
    quarter_on = models.DateField(help_text="The quarter's first day")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "agency", "quarter_on"], name="one_return_of_an_agency_for_a_quarter"
            )
        ]

    def __str__(self) -> str:
        return f"return of {self.agency} for {self.quarter.code}"

    @property
    def quarter(self) -> Quarter:
        """What it is for."""
        return Quarter(self.quarter_on)


class ReturnVersionQuerySet(VersionedQuerySet):
    """Versions of returns."""

    def signed_at_moment(self, moment: datetime) -> Self:
        """Those that held at this moment: signed by then, and neither replaced nor sent back by then."""
        return self.known_at(moment).filter(signed_at__lte=moment)

    def in_force(self) -> Self:
        """Those that hold now."""
        return self.known_now().filter(signed_at__isnull=False)

    def being_made(self) -> Self:
        """Those that are filled in, or wait to be signed."""
        return self.known_now().filter(signed_at__isnull=True)


class ReturnVersion(Versioned):
    """What a return says. Filled in until it is handed over; once signed it holds, and never changes.

    A correction is a further version, and takes the place of the signed one on the day it is signed itself. One that
    is sent back holds no longer. `recorded_by` began it.
    """

    of = models.ForeignKey(AgencyReturn, on_delete=models.PROTECT, related_name="versions")
    correction_reason = models.CharField(max_length=16, choices=CorrectionReason.choices, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    handed_over_by = models.CharField(max_length=80, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.CharField(max_length=80, blank=True)
    sent_back_reason = models.CharField(max_length=16, choices=SentBackReason.choices, blank=True)

    objects = models.Manager.from_queryset(ReturnVersionQuerySet)()

    class Meta(Versioned.Meta):
        constraints = [
            *Versioned.Meta.constraints,
            models.UniqueConstraint(
                fields=["of"],
                condition=Q(replaced_at__isnull=True, signed_at__isnull=True),
                name="one_version_of_a_return_is_being_made",
            ),
            models.UniqueConstraint(
                fields=["of"],
                condition=Q(replaced_at__isnull=True, signed_at__isnull=False),
                name="one_version_of_a_return_holds",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(handed_over_at__isnull=False),
                name="what_is_signed_was_handed_over",
            ),
            models.CheckConstraint(
                condition=Q(sent_back_reason="") | Q(signed_at__isnull=False, replaced_at__isnull=False),
                name="what_is_sent_back_was_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"version of {self.of_id} from {self.recorded_at}"


class ReturnLine(models.Model):
    """So many people of one role group were trained in one module. Empty until somebody has put the number in."""

    version = models.ForeignKey(ReturnVersion, on_delete=models.CASCADE, related_name="lines")
    role_group = models.ForeignKey(RoleGroup, on_delete=models.PROTECT, related_name="+")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="+")
    trained = models.PositiveIntegerField(null=True, blank=True)
    how = models.CharField(max_length=12, choices=How.choices, default=How.SESSION)
    evidence = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["role_group__title", "module__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "role_group", "module"], name="a_return_says_each_number_once"),
            models.CheckConstraint(
                condition=Q(trained__isnull=True) | Q(trained__lte=LARGEST), name="a_return_is_of_one_agency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trained} of {self.role_group_id} in {self.module_id}"
