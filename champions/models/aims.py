"""What a network aims for, in its coordinator's own numbers."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from training.audit.versioned import Versioned, VersionedQuerySet
from training.people.models import Partnership

AT_LEAST_ONE = [MinValueValidator(1)]


class NetworkAims(Versioned):
    """How many champions a network wants, and in which languages; a further version takes the place of the last."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="network_aims")
    active = models.PositiveIntegerField(null=True, blank=True, validators=AT_LEAST_ONE)
    per_thousand = models.PositiveIntegerField(null=True, blank=True, validators=AT_LEAST_ONE)
    workplaces_percent = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[*AT_LEAST_ONE, MaxValueValidator(100)]
    )
    community = models.PositiveIntegerField(null=True, blank=True, validators=AT_LEAST_ONE)
    languages = models.JSONField(default=list, blank=True)

    objects = models.Manager.from_queryset(VersionedQuerySet)()

    class Meta(Versioned.Meta):
        verbose_name_plural = "network aims"
        constraints = [
            *Versioned.Meta.constraints,
            models.UniqueConstraint(
                fields=["partnership"], condition=Q(replaced_at__isnull=True), name="one_version_of_aims_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"aims of {self.partnership}"
