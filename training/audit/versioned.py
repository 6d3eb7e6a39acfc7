"""Rows that are never overwritten: closed, and written anew, so that 'as known on' can be answered."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q


class VersionedQuerySet(models.QuerySet):
    """Adds 'as known at' to a queryset over system-versioned rows."""

    def known_at(self, moment: datetime) -> Self:
        """The rows as they were known at this moment."""
        return self.filter(
            Q(replaced_at__isnull=True) | Q(replaced_at__gt=moment),
            recorded_at__lte=moment,
        )

    def as_known(self, moment: datetime | None) -> Self:
        """The rows as known at this moment; without one, as known now."""
        return self.known_now() if moment is None else self.known_at(moment)

    def known_now(self) -> Self:
        """The rows that nothing has replaced."""
        return self.filter(replaced_at__isnull=True)


class Versioned(models.Model):
    """When a row became known, by whom, and when another took its place."""

    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True) | Q(replaced_at__gte=models.F("recorded_at")),
                name="%(app_label)s_%(class)s_replaced_after_recorded",
            )
        ]
