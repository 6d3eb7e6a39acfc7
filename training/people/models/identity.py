"""Which records are of one and the same person: said, dated, and taken back when it was wrong."""

import uuid
from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models import F, Q

from training.access.access import Access
from training.access.permissions import Permission
from training.access.scoping import ScopedQuerySet
from training.audit.versioned import Versioned, VersionedQuerySet

from .agencies import Agency
from .posts import Person


class SamenessQuerySet(ScopedQuerySet, VersionedQuerySet):  # type: ignore[override]
    """What has been said about records."""

    def visible_to(self, access: Access, permission: Permission = Permission.MANAGE_ROSTER) -> Self:
        """What was said of one's own records, and what HR said at the agencies over which one holds the permission."""
        if not access.is_signed_in:
            return self._scoped("nobody").none()
        own = Q(record__in=access.own_record) | Q(same_as__in=access.own_record)
        return self._scoped("visible_to").filter(own | Q(agency__in=access.agencies(permission)))

    def of_records(self, records: Collection[int]) -> Self:
        """What was said of these records."""
        return self._scoped("of_records").filter(Q(record__in=records) | Q(same_as__in=records))

    def within(self, agency: Agency) -> Self:
        """What the agency's HR said. What people said of themselves is no agency's."""
        return self._scoped("within").filter(agency=agency)


class Sameness(Versioned):
    """Two records are of one person, from the moment it was said until the moment it was taken back.

    `agency`: where HR merged them, so that its roster shows `same_as` for both. None: the person joined them, and
    every agency goes on seeing the record it knows.
    """

    class Proof(models.TextChoices):
        """How it was known."""

        HR = "hr", "Merged by HR"
        ADDRESS = "address", "A code sent to the old work address"
        CERTIFICATE = "certificate", "A certificate, confirmed by HR"
        SIGN_IN = "sign_in", "Signed in with both"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    record = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="joined_to")
    same_as = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="joined_by")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="merges")
    proof = models.CharField(max_length=12, choices=Proof.choices)
    evidence = models.JSONField(default=list, help_text="What spoke for it, in words")
    replaced_by = models.CharField(max_length=80, blank=True)

    objects = SamenessQuerySet.as_manager()

    class Meta(Versioned.Meta):
        verbose_name_plural = "samenesses"
        ordering = ["-recorded_at", "-id"]
        constraints = [
            *Versioned.Meta.constraints,
            models.CheckConstraint(condition=~Q(record=F("same_as")), name="a_record_is_joined_to_another"),
            models.UniqueConstraint(
                fields=["record", "same_as"], condition=Q(replaced_at__isnull=True), name="two_records_are_joined_once"
            ),
            models.UniqueConstraint(
                fields=["record", "agency"],
                condition=Q(replaced_at__isnull=True, agency__isnull=False),
                name="a_record_is_merged_once_an_agency",
            ),
        ]

    def __str__(self) -> str:
        return f"record {self.record_id} is {self.same_as_id}"


class SharingQuerySet(ScopedQuerySet, VersionedQuerySet):  # type: ignore[override]
    """What people have let their other employers count."""

    def visible_to(self, access: Access) -> Self:
        """One's own."""
        return self._scoped("visible_to").filter(own__in=access.own_record)


class Sharing(Versioned):
    """A person lets the agency of another record of theirs count what they learnt elsewhere, until they take it back.

    What counts for `own`, the record that they sign in with, counts for `record` too. No post, no name and no run
    through a course goes with it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    record = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="shared_with")
    own = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sharings")
    replaced_by = models.CharField(max_length=80, blank=True)

    objects = SharingQuerySet.as_manager()

    class Meta(Versioned.Meta):
        ordering = ["-recorded_at", "-id"]
        constraints = [
            *Versioned.Meta.constraints,
            models.CheckConstraint(condition=~Q(record=F("own")), name="training_is_shared_with_another_record"),
            models.UniqueConstraint(
                fields=["record", "own"], condition=Q(replaced_at__isnull=True), name="training_is_shared_once"
            ),
        ]

    def __str__(self) -> str:
        return f"record {self.record_id} is shown the training of {self.own_id}"


class LikelyDuplicateQuerySet(ScopedQuerySet):
    """Pairs that may be one person."""

    def visible_to(self, access: Access, permission: Permission = Permission.MANAGE_ROSTER) -> Self:
        """Those of the agencies over which one holds the permission; nobody sees those about themselves."""
        if not access.is_signed_in:
            return self._scoped("nobody").none()
        rows = self._scoped("visible_to").filter(agency__in=access.agencies(permission))
        return rows.exclude(Q(one__in=access.records) | Q(other__in=access.records))

    def within(self, agency: Agency) -> Self:
        """Those of one agency."""
        return self._scoped("within").filter(agency=agency)

    def named(self) -> Self:
        """Those of whom nobody's name is withheld."""
        return self.filter(one__is_protected=False, other__is_protected=False)

    def waiting(self) -> Self:
        """Those about which nobody has decided."""
        return self.named().filter(refused_at__isnull=True)


class LikelyDuplicate(models.Model):
    """Two records of one agency that may be of one person, with what speaks for it; or HR's word that they are not.

    Suggested alone, never acted upon. Found anew after each roster (training/people/identity/duplicates.py).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="likely_duplicates")
    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="likely_first")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="likely_second")
    evidence = models.JSONField(default=list, help_text="What speaks for it, in words, the strongest first")
    found_at = models.DateTimeField()
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.CharField(max_length=80, blank=True)

    objects = LikelyDuplicateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "one", "other"], name="a_pair_is_suggested_once_an_agency"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="the_older_record_of_a_pair_comes_first"),
        ]

    def __str__(self) -> str:
        return f"records {self.one_id} and {self.other_id}"


class DuplicateSearch(models.Model):
    """When an agency's roster was last searched for likely duplicates."""

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="duplicate_search")
    searched_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"search of {self.agency_id}"
