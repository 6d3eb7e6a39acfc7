"""Meetings of the network, who comes and who came, and guests."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from champions.codes import Opening, new_code, of_meeting, spaced
from training.access.access import Access
from training.access.permissions import Permission
from training.access.scoping import ScopedQuerySet
from training.pathways.models import Module
from training.people.models import Locality, Partnership

from .champions import Champion

GUESTS_KEPT_FOR = timedelta(days=30)


class MeetingQuerySet(models.QuerySet):
    """Meetings."""

    def of(self, partnership: Partnership) -> Self:
        """Those of one partnership."""
        return self.filter(partnership=partnership)

    def taking_place(self) -> Self:
        """Those that nobody has cancelled."""
        return self.filter(cancelled_at__isnull=True)


class Meeting(models.Model):
    """A meeting of a partnership's network: for the champions of some districts, or of all where none is named."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=120)
    held_on = models.DateField(help_text="London's day of its start")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True, help_text="Shown to those who say that they come")
    joining = models.TextField(blank=True, help_text="How to get in or to join; shown to those who say that they come")
    agenda = models.TextField()
    localities = models.ManyToManyField(Locality, blank=True, related_name="meetings")
    capacity = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MinValueValidator(1)])
    minutes = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(600)], help_text="That count as professional development"
    )
    module = models.ForeignKey(
        Module,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="What coming to it completes",
    )
    code = models.CharField(max_length=12, default=new_code)
    told_up_to = models.PositiveBigIntegerField(
        null=True, default=0, help_text="Id of the last person who was written to; none once everybody has been"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=80, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["partnership", "held_on"], name="meeting_by_day")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"meeting {self.pk}"

    @property
    def opening(self) -> Opening:
        """When its code is good."""
        return of_meeting(self.starts_at, self.ends_at)

    @property
    def spaced_code(self) -> str:
        """Its code as it is shown."""
        return spaced(self.code)

    def has_begun(self, at: datetime) -> bool:
        """Whether it is too late to change it or to say that one comes."""
        return self.starts_at <= at


class AttendanceQuerySet(ScopedQuerySet):
    """Who comes, is sorry, or came. Seen by oneself, and by who looks after the network."""

    def visible_to(self, access: Access) -> Self:
        """One's own; and everybody's in the networks that one looks after."""
        own = Q(champion__person_id=access.person_id) if access.person_id else Q(pk__in=[])
        coordinated = access.partnerships(Permission.COORDINATE_CHAMPIONS)
        return self._scoped("visible_to").filter(own | Q(champion__partnership__in=coordinated))

    def standing(self) -> Self:
        """Those that nobody has taken back."""
        return self.filter(voided_at__isnull=True)


class Attendance(models.Model):
    """That a champion comes, cannot come, or came to a meeting. Taken back by a second date, and never erased."""

    class Kind(models.TextChoices):
        """What is said."""

        COMING = "coming", "Coming"
        SORRY = "sorry", "Cannot come"
        CAME = "came", "Came"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    champion = models.ForeignKey(Champion, on_delete=models.PROTECT, related_name="attendances")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reminded_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.CharField(max_length=80, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "champion"],
                condition=Q(voided_at__isnull=True, kind="came"),
                name="one_comes_to_a_meeting_once",
            ),
            models.UniqueConstraint(
                fields=["meeting", "champion"],
                condition=Q(voided_at__isnull=True, kind__in=("coming", "sorry")),
                name="one_answer_before_a_meeting",
            ),
        ]

    def __str__(self) -> str:
        return f"attendance {self.pk}"


class MeetingGuest(models.Model):
    """A specialist from outside, invited by address. Address and name go thirty days after the meeting."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="guests")
    address = models.EmailField(blank=True)
    name = models.CharField(max_length=80, blank=True, help_text="As they wish to be called")
    token_hash = models.CharField(max_length=64, unique=True)
    answer = models.CharField(
        max_length=10, choices=[(kind.value, kind.label) for kind in list(Attendance.Kind)[:2]], blank=True
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    invited_at = models.DateTimeField()
    invited_by = models.CharField(max_length=80)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "address"],
                condition=~Q(address="") & Q(withdrawn_at__isnull=True),
                name="a_guest_is_invited_once",
            )
        ]

    def __str__(self) -> str:
        return f"guest {self.pk}"
