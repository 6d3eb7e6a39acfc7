"""How people want their name printed, and who confirmed that it is theirs."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from training.access.access import Access
from training.access.permissions import Permission
from training.access.scoping import ScopedQuerySet
from training.people.models import Agency, Person


class PrintedNameQuerySet(ScopedQuerySet):
    """Names to be printed, seen by whoever asked for them and by the HR they were asked of."""

    def visible_to(self, access: Access) -> Self:
        """One's own."""
        return self._scoped("visible_to").filter(person__in=access.own_record)

    def to_answer(self, access: Access, agency: Agency) -> Self:
        """Those that wait for this agency's HR, if one is that; never one's own."""
        if not access.may(Permission.MANAGE_ROSTER, agency_id=agency.pk):
            return self._scoped("nobody").none()
        waiting = self._scoped("to_answer").filter(agency=agency, answered_at__isnull=True)
        return waiting.exclude(person__in=access.records)

    def of(self, person: Person) -> Self:
        """Those of one person."""
        return self._scoped("of").filter(person=person)

    def confirmed_elsewhere(self, agency: Agency) -> Self:
        """Those that HR of another agency has confirmed: not for this one's to read."""
        theirs = self._scoped("confirmed_elsewhere").filter(is_confirmed=True, agency__isnull=False)
        return theirs.exclude(agency=agency)

    def confirmed(self) -> Self:
        """Those that somebody has confirmed, the latest first."""
        return self.filter(is_confirmed=True).order_by("-answered_at", "-pk")


class PrintedName(models.Model):
    """A name as its bearer wants it on certificates. It is printed once HR of an agency has said that it is theirs."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="printed_names")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="printed_names")
    name = models.CharField(max_length=240)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=80, blank=True)
    is_confirmed = models.BooleanField(default=False)

    objects = PrintedNameQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(answered_at__isnull=True), name="one_printed_name_waits_a_person"
            ),
            models.CheckConstraint(
                condition=Q(is_confirmed=False) | Q(answered_at__isnull=False), name="a_confirmed_name_was_answered"
            ),
        ]

    def __str__(self) -> str:
        return f"printed name {self.pk}"
