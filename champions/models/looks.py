"""How much was looked at in the directory: enough to notice somebody who copies it, and no more."""

from datetime import date, timedelta
from typing import Self

from django.db import models

from training.access.access import Access
from training.access.scoping import ScopedQuerySet
from training.people.models import User

from .champions import Champion, OfChampionQuerySet

KEPT_FOR = timedelta(days=30)
LOOKS_A_DAY = 120
CARDS_A_DAY = 400


class ReaderDayQuerySet(ScopedQuerySet):
    """Days of readers."""

    def visible_to(self, access: Access) -> Self:
        """One's own."""
        return self._scoped("visible_to").filter(user_id=access.user_id or 0)

    def old(self, on: date) -> Self:
        """Those whose time is over."""
        return self.filter(day__lt=on - KEPT_FOR)


class ReaderDay(models.Model):
    """How often one login looked at the directory on a day, and at how many cards in all; not at whose."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="directory_days")
    day = models.DateField(db_index=True)
    looks = models.PositiveIntegerField(default=0)
    cards = models.PositiveIntegerField(default=0)

    objects = ReaderDayQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="one_row_of_a_reader_a_day")]

    def __str__(self) -> str:
        return f"reader day {self.pk}"

    @property
    def is_over(self) -> bool:
        """Whether they have looked at as much as anybody may in a day."""
        return self.looks >= LOOKS_A_DAY or self.cards >= CARDS_A_DAY


class CardLookQuerySet(OfChampionQuerySet):
    """Cards shown."""

    def old(self, on: date) -> Self:
        """Those whose time is over."""
        return self.filter(day__lt=on - KEPT_FOR)


class CardLook(models.Model):
    """A champion's card was shown to somebody on a day. To whom is not kept: the champion reads how often alone."""

    champion = models.ForeignKey(Champion, on_delete=models.CASCADE, related_name="looks")
    day = models.DateField(db_index=True)

    objects = CardLookQuerySet.as_manager()

    def __str__(self) -> str:
        return f"look {self.pk}"
