"""Short requests and their answers."""

import uuid
from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from training.access.access import Access
from training.access.scoping import ScopedQuerySet
from training.people.models import Person

from .champions import Champion

KEPT_FOR = timedelta(days=30)
REQUESTS_A_DAY = 5
MOST_WAITING = 5
ASKED_AGAIN_AFTER = timedelta(hours=24)


class ContactRequestQuerySet(ScopedQuerySet):
    """Requests, seen by the two they are between and by nobody else."""

    def visible_to(self, access: Access) -> Self:
        """Those that one sent or got, and neither side has deleted."""
        if access.person_id is None:
            return self._scoped("nobody").none()
        own = Q(sender_id=access.person_id) | Q(champion__person_id=access.person_id)
        return self._scoped("visible_to").filter(own, deleted_at__isnull=True)

    def taken_back_from(self, access: Access) -> Self:
        """Those that one got and that are deleted: nothing is left to read, but their sender can still be kept away."""
        if access.person_id is None:
            return self._scoped("nobody").none()
        return self._scoped("taken_back_from").filter(champion__person=access.person_id, deleted_at__isnull=False)

    def waiting(self) -> Self:
        """Those that wait for their answer."""
        return self.filter(replied_at__isnull=True, deleted_at__isnull=True)

    def late(self, at: datetime) -> Self:
        """Those that wait, and have for longer than their sender hoped."""
        late = Q(pk__in=[])
        for urgency, within in ANSWERED_WITHIN.items():
            late |= Q(urgency=urgency, asked_at__lte=at - within)
        return self.waiting().filter(late)

    def old(self, at: datetime) -> Self:
        """Those whose time is over."""
        return self.filter(asked_at__lt=at - KEPT_FOR)


class ContactRequest(models.Model):
    """A short request to a champion and the answer. Deleted words go at once; the row, without them, in 30 days.

    `suggested` is whom the champion named in their place: shown to the sender if they may find them, else not a trace.
    """

    class About(models.TextChoices):
        """What it is about."""

        WORRY = "worry", "I am worried about somebody I work with or for"
        NEXT_STEP = "next_step", "I do not know the next step"
        TEAM = "team", "A talk or briefing for my team"
        RESOURCES = "resources", "Posters, leaflets or other materials"
        NETWORK = "network", "Becoming a champion"

    class Urgency(models.TextChoices):
        """How soon an answer is hoped for."""

        TODAY = "today", "Today"
        WEEK = "week", "This week"
        WHENEVER = "whenever", "When you have time"

    class Reply(models.TextChoices):
        """What a champion can answer with one press."""

        CALL = "call", "Call me at"
        MEET = "meet", "Let us meet"
        NOT_ME = "not_me", "I am not the right person"
        GONE = "gone", "They cannot answer now. Please ask another champion"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sender = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sent_requests")
    champion = models.ForeignKey(Champion, on_delete=models.CASCADE, related_name="requests")
    about = models.CharField(max_length=20, choices=About.choices)
    urgency = models.CharField(max_length=20, choices=Urgency.choices)
    words = models.CharField(max_length=600, blank=True)
    asked_at = models.DateTimeField(db_index=True)
    asked_on = models.DateField()
    number = models.PositiveSmallIntegerField(help_text="Among the sender's requests of that day")
    reply = models.CharField(max_length=20, choices=Reply.choices, blank=True)
    reply_words = models.CharField(max_length=300, blank=True)
    suggested = models.ForeignKey(Champion, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    replied_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = ContactRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["sender", "asked_on", "number"], name="one_request_of_a_number_a_day"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=REQUESTS_A_DAY), name="no_more_than_five_requests_a_day"
            ),
            models.UniqueConstraint(
                fields=["sender", "champion"],
                condition=Q(replied_at__isnull=True, deleted_at__isnull=True),
                name="one_open_request_to_a_champion",
            ),
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True) | Q(words="", reply_words=""),
                name="a_deleted_request_keeps_no_words",
            ),
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"

    @property
    def late_from(self) -> datetime:
        """From when on no answer is late: the champion is reminded, and the sender may ask the next."""
        return self.asked_at + ANSWERED_WITHIN[self.urgency]

    @property
    def goes_on(self) -> date:
        """The day on which it is gone for both."""
        return self.asked_on + KEPT_FOR


ANSWERED_WITHIN: dict[str, timedelta] = {
    ContactRequest.Urgency.TODAY: timedelta(hours=4),
    ContactRequest.Urgency.WEEK: timedelta(days=3),
    ContactRequest.Urgency.WHENEVER: timedelta(days=7),
}
