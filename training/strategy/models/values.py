"""Figures that come from outside: given by form or file, dated, and never overwritten."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from training.audit.versioned import Versioned, VersionedQuerySet
from training.people.models import Partnership

from .indicators import Indicator


class IndicatorValueQuerySet(VersionedQuerySet):
    """Values from outside."""

    def standing(self) -> Self:
        """Those that say a number; one that was taken back says none."""
        return self.filter(numerator__isnull=False)


class IndicatorValue(Versioned):
    """What an indicator was over a period, in all or in one `part` ('' for all), and who said so.

    Given again with another number, the row is closed and written anew, and `why` says what was wrong: a restatement.
    Without a number it has been taken back.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="indicator_values")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="values")
    part = models.CharField(max_length=60, blank=True)
    first_on = models.DateField()
    last_on = models.DateField()
    numerator = models.PositiveBigIntegerField(null=True)
    denominator = models.PositiveBigIntegerField(null=True, blank=True)
    narrative = models.CharField(max_length=1000)
    said_by = models.CharField(max_length=120, help_text="The organisation or role it comes from, not a person's name")
    why = models.CharField(max_length=300, blank=True)

    objects = IndicatorValueQuerySet.as_manager()

    class Meta(Versioned.Meta):
        ordering = ["-last_on", "part", "recorded_at", "pk"]
        constraints = [
            *Versioned.Meta.constraints,
            models.UniqueConstraint(
                fields=["partnership", "indicator", "first_on", "last_on", "part"],
                condition=Q(replaced_at__isnull=True),
                name="one_value_of_a_part_and_period",
            ),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="value_is_of_a_period"),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gt=0), name="value_is_out_of_some"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.first_on} to {self.last_on}"
