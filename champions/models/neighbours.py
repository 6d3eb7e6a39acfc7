"""Which districts lie beside each other."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from training.people.models import Locality, Partnership


class NeighboursQuerySet(models.QuerySet):
    """Pairs of districts."""

    def of(self, partnership: Partnership) -> Self:
        """Those of one partnership."""
        return self.filter(one__partnership=partnership)

    def beside(self, locality: int) -> set[int]:
        """The districts beside this one."""
        pairs = self.filter(Q(one=locality) | Q(other=locality)).values_list("one", "other")
        return {place for pair in pairs for place in pair} - {locality}


class Neighbours(models.Model):
    """Two districts that lie beside each other, as the coordinator said. 'Near' is answered by this, never by miles."""

    one = models.ForeignKey(Locality, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Locality, on_delete=models.CASCADE, related_name="+")

    objects = NeighboursQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "neighbours"
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="two_districts_are_neighbours_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="the_older_of_two_neighbours_comes_first"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} beside {self.other_id}"
