"""Keys with which an agency's own programs come in, and what they were answered."""

import uuid
from datetime import date
from typing import Self

from django.db import models

from training.access.actor import Actor

from .agencies import Agency


class AgencyTokenQuerySet(models.QuerySet):
    """Which tokens open the door."""

    def current_on(self, on: date) -> Self:
        """Tokens that have not ended by this day, and were not taken back."""
        return self.filter(ends_on__gte=on, ended_at__isnull=True)


class AgencyToken(models.Model):
    """A key to the API for one agency. The token itself is shown once and kept nowhere: only its hash is."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="tokens")
    label = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    last_used_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When it was taken back before its last day")

    objects = AgencyTokenQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"token {self.uid}"

    @property
    def actor(self) -> Actor:
        """Who to name for what comes in with it."""
        return Actor("token", str(self.uid))


class AnsweredRequest(models.Model):
    """What a program was answered, by the key it gave its request: the same request again gets the same answer."""

    token = models.ForeignKey(AgencyToken, on_delete=models.CASCADE, related_name="answered")
    key = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, help_text="Of the body, so that another one under this key is refused")
    answer = models.JSONField(help_text="Counts, row numbers and uids: no person's name or reference")
    recorded_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="request_key_once_a_token")]

    def __str__(self) -> str:
        return f"answer to {self.key}"
