"""The outbox: every mail of the site, as a row written with what it tells of; and the worker's sign of life."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models

from training.access.access import Access
from training.access.scoping import ScopedQuerySet

# How long to wait after each try that failed. When they are used up, the notice is given up.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))


class NoticeQuerySet(ScopedQuerySet):
    """Notices, seen by the one they are for."""

    def visible_to(self, access: Access) -> Self:
        """Those sent to one's own login."""
        if not access.is_signed_in:
            return self._scoped("nobody").none()
        return self._scoped("visible_to").filter(user_id=access.user_id)

    def due(self, at: datetime) -> Self:
        """Those that are to be sent now, or tried again."""
        is_of_use = models.Q(useless_after__isnull=True) | models.Q(useless_after__gte=at)
        return self.filter(is_of_use, sent_at__isnull=True, tries__lt=len(WAITS), send_after__lte=at)

    def given_up(self, at: datetime) -> Self:
        """Those that will never be sent: no use any more, or the wait after the last try is over."""
        is_useless = models.Q(useless_after__lt=at) | models.Q(tries__gte=len(WAITS), send_after__lte=at)
        return self.filter(is_useless, sent_at__isnull=True)


class Notice(models.Model):
    """One mail to one address. Its subject is neutral.

    What it says is forgotten once it is sent (not in the demo) or given up.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    address = models.EmailField()
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField()
    send_after = models.DateTimeField()
    useless_after = models.DateTimeField(null=True, blank=True, help_text="When what it says has ended: a code")
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=60, blank=True, help_text="The kind of error alone: no address, no text")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["send_after"], condition=models.Q(sent_at__isnull=True), name="notice_still_to_send"),
            models.Index(fields=["created_at"], name="notice_by_age"),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"


class WorkerBeat(models.Model):
    """When a worker last said that it is alive."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.at}"
