"""Partnerships, the agencies in them, and their places."""

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from training.audit.versioned import Versioned, VersionedQuerySet
from training.people.kinds import AgencyKind, LocalityKind


class Partnership(models.Model):
    """The multi-agency board's area: owns a pathway, strategies and a public site."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=160)
    area = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Agency(models.Model):
    """An organisation: council, police force, trust, school, charity. May work in several partnerships."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=30, choices=AgencyKind.choices)
    national_code = models.CharField(max_length=20, blank=True, help_text="ODS code, URN, force code or the like")
    is_named_in_public = models.BooleanField(
        default=True,
        db_default=True,
        help_text="Whether public lists of agencies name it: a refuge may be no one's to find",
    )
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors")
    partnerships = models.ManyToManyField(Partnership, through="Membership", related_name="agencies")

    class Meta:
        ordering = ["title"]
        verbose_name_plural = "agencies"
        constraints = [
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")), name="agency_is_not_its_own_successor"
            )
        ]

    def __str__(self) -> str:
        return self.title


class AgencyAlias(models.Model):
    """Another name or code that files use for an agency."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="aliases")
    alias = models.CharField(max_length=160, unique=True)

    class Meta:
        verbose_name_plural = "agency aliases"

    def __str__(self) -> str:
        return self.alias


class MembershipQuerySet(VersionedQuerySet):
    """Which agencies were in a partnership."""

    def current_on(self, on: date) -> Self:
        """Memberships that run on this day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)


class Membership(Versioned):
    """An agency's place in a partnership, from a day, perhaps until a day."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta(Versioned.Meta):
        constraints = [
            *Versioned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="membership_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["partnership", "agency", "starts_on"],
                condition=Q(replaced_at__isnull=True),
                name="one_membership_of_an_agency_from_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} in {self.partnership}"


class Locality(models.Model):
    """A district or an own grouping of places inside a partnership."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="localities")
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=LocalityKind.choices)
    ons_code = models.CharField(max_length=9, blank=True)

    class Meta:
        ordering = ["title"]
        verbose_name_plural = "localities"
        constraints = [models.UniqueConstraint(fields=["partnership", "code"], name="locality_code_once_a_partnership")]

    def __str__(self) -> str:
        return self.title


class Workplace(models.Model):
    """A place of work: a surgery, a school, an office."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="workplaces")
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    locality = models.ForeignKey(Locality, null=True, blank=True, on_delete=models.PROTECT, related_name="workplaces")

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="workplace_code_once_an_agency")]

    def __str__(self) -> str:
        return self.title


class Team(models.Model):
    """A team, ward, department or directorate of an agency, as its roster names it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    title = models.CharField(max_length=160)

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["agency", "title"], name="team_title_once_an_agency")]

    def __str__(self) -> str:
        return self.title
