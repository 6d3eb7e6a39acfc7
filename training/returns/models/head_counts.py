"""How many staff an agency says it has."""

from django.db import models
from django.db.models import Q

from training.audit.versioned import Versioned, VersionedQuerySet
from training.people.models import Agency

LARGEST = 1_000_000


class HeadCount(Versioned):
    """So many people worked for an agency on a day: all of them, those of a role family or of a role group.

    `group_kind` and `group` are those of a coverage cell: both '' for everybody, else 'role_family' or 'role_group'
    and its code. It counts people whom the roster does not know, too, and is a check on the roster.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="head_counts")
    counted_on = models.DateField()
    group_kind = models.CharField(max_length=12, blank=True)
    group = models.CharField(max_length=40, blank=True)
    people = models.PositiveIntegerField()

    objects = models.Manager.from_queryset(VersionedQuerySet)()

    class Meta(Versioned.Meta):
        constraints = [
            *Versioned.Meta.constraints,
            models.UniqueConstraint(
                fields=["agency", "counted_on", "group_kind", "group"],
                condition=Q(replaced_at__isnull=True),
                name="one_head_count_of_a_group_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(group_kind="", group="") | Q(group_kind__in=["role_family", "role_group"]) & ~Q(group=""),
                name="head_count_says_whom_it_counts",
            ),
            models.CheckConstraint(condition=Q(people__lte=LARGEST), name="head_count_is_of_one_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.people} at {self.agency} on {self.counted_on}"
