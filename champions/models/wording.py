"""What champions agree to, in a partnership's own words."""

from typing import Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from champions import terms
from training.people.models import Partnership


class WordingQuerySet(models.QuerySet):
    """Wordings of the terms, the one in force first."""

    def of(self, partnership: Partnership) -> Self:
        """Those of one partnership."""
        return self.filter(partnership=partnership)


class Wording(models.Model):
    """One wording of a partnership's terms; the latest is in force. Written once, never changed.

    Where there is none, the packaged text (champions/terms.py) is in force under its own number.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="champion_terms")
    number = models.PositiveSmallIntegerField()
    sentences = models.JSONField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = WordingQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="one_wording_of_a_number_a_partnership"),
            models.CheckConstraint(condition=Q(number__gt=1), name="the_first_wording_is_the_packaged_one"),
        ]

    def __str__(self) -> str:
        return f"terms {self.number}"


def number_in_force() -> Coalesce:
    """For a query over champions: the number of the terms in force in their partnership."""
    latest = Wording.objects.filter(partnership=OuterRef("partnership")).order_by("-number").values("number")[:1]
    return Coalesce(Subquery(latest), terms.VERSION)
