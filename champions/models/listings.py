"""What champions let be seen."""

from typing import Self

from django.db import models

from champions.offers import LISTS, Audience, OfferKind
from training.access.scoping import ScopedQuerySet

from .champions import Champion, OfChampionQuerySet


def audience() -> models.CharField:
    """A column for whom something is shown to; blank is nobody."""
    return models.CharField(max_length=10, choices=Audience.choices, blank=True, default="")


class ChampionProfile(models.Model):
    """What a champion agreed to have shown, each thing to its own audience, and under which terms. No exact place."""

    champion = models.OneToOneField(Champion, on_delete=models.CASCADE, related_name="profile")
    is_listed = models.BooleanField(default=False)
    terms_version = models.PositiveSmallIntegerField()
    agreed_at = models.DateTimeField()
    alias = models.CharField(max_length=60, blank=True, help_text="Shown where their own name is not")
    name_to = audience()
    agency_to = audience()
    locality_to = audience()
    specialisms_to = audience()
    languages_to = audience()
    days_to = audience()
    channels_to = audience()
    rests_until = models.DateField(null=True, blank=True, help_text="Not to be found or asked up to this day")

    objects = OfChampionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"profile {self.pk}"


class ChampionOfferQuerySet(ScopedQuerySet):
    """What champions offer."""

    def of(self, profile: ChampionProfile) -> Self:
        """Those of one profile."""
        return self._scoped("of").filter(profile=profile)


class ChampionOffer(models.Model):
    """One specialism, language or day of a champion's listing."""

    profile = models.ForeignKey(ChampionProfile, on_delete=models.CASCADE, related_name="offers")
    kind = models.CharField(max_length=20, choices=[(each.value, each.value) for each in OfferKind])
    code = models.CharField(max_length=40)

    objects = ChampionOfferQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["profile", "kind", "code"], name="one_offer_of_a_kind")]
        indexes = [models.Index(fields=["kind", "code"], name="offer_by_kind")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """In words."""
        return str(LISTS[OfferKind(self.kind)](self.code).label)
