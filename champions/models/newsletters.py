"""Newsletters of the network, and who does not want them."""

import uuid

from django.db import models
from django.db.models import Q

from champions.newsletter import Piece, pieces
from training.people.models import Partnership

from .champions import Champion, OfChampionQuerySet

LONGEST_NEWSLETTER = 6000


class Newsletter(models.Model):
    """A letter to active champions: drafted from what is new, edited by the coordinator, read on the site, kept."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="newsletters")
    words = models.CharField(max_length=LONGEST_NEWSLETTER)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    told_up_to = models.BigIntegerField(null=True, blank=True, help_text="While it goes out: the last champion told")

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership"], condition=Q(sent_at__isnull=True), name="one_draft_of_a_newsletter"
            )
        ]

    def __str__(self) -> str:
        return f"newsletter {self.pk}"

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Its words, as they are shown."""
        return pieces(self.words)


class NewsletterStop(models.Model):
    """That a champion does not want newsletters by mail. They can still read them."""

    champion = models.OneToOneField(Champion, on_delete=models.CASCADE, related_name="+")
    stopped_at = models.DateTimeField()

    objects = OfChampionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"newsletter stop {self.pk}"
