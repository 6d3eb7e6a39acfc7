"""Certificates: each a frozen snapshot of a completion, with a code that anyone can check."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, Min, OuterRef, Q, Subquery
from django.urls import reverse

from certificates import code
from certificates.snapshot import Snapshot
from training.access.access import Access
from training.access.scoping import ScopedQuerySet
from training.ledger.models import Entry
from training.people.models import Person


class CertificateQuerySet(ScopedQuerySet):
    """Certificates are their holder's: nobody's role opens another's. Whoever holds a code may check that one."""

    def visible_to(self, access: Access) -> Self:
        """One's own."""
        if access.person_id is None:
            return self._scoped("nobody").none()
        return self._scoped("visible_to").filter(completion__person_id__in=access.records)

    def of(self, person: Person) -> Self:
        """Those of one person, under whichever of their records they were earned."""
        return self._scoped("of").filter(person.all_of("completion__person"))

    def of_record(self, person: Person) -> Self:
        """Those earned under this very record: what was earned under another bears that one's name."""
        return self._scoped("of_record").filter(completion__person=person)

    def of_completions(self, completions: Iterable[Entry]) -> Self:
        """Those of completions that the caller may see, superseded ones among them."""
        return self._scoped("of_completions").filter(completion__in=[it.pk for it in completions])

    def with_code(self, plain: str) -> Self:
        """The one with this code, for whoever holds it."""
        return self._scoped("with_code").filter(code=plain)

    def of_completion(self, completion: Entry) -> Self:
        """The certificate that stands for a completion: the last of those issued of it."""
        rows = self._scoped("of_completion").filter(completion_id=completion.pk)
        return rows.exclude(superseded_by__completion=F("completion"))

    def not_to_be_relied_on(self, *, on: date) -> Self:
        """Those that were withdrawn, that another supersedes, or that their holders have paused, for whoever asks."""
        ended = Q(kind=Entry.Kind.VOID) | Q(kind=Entry.Kind.REVOCATION, effective_on__lte=on)
        targets = Entry.objects.everywhere(reason="subquery").filter(ended).order_by().values("target")
        lost = Q(completion__in=targets) | Q(superseded_by__isnull=False) | Q(showing__is_paused=True)
        return self._scoped("not_to_be_relied_on").filter(lost)

    def with_withdrawal(self) -> Self:
        """Adds `is_voided`, `is_replaced`, and `revoked_on`: the first day on which the ledger no longer counts it.

        A completion that was voided to correct its day is replaced, not withdrawn.
        """
        successors = self.model._base_manager.filter(supersedes=OuterRef("pk"))
        corrected = successors.filter(correction=Certificate.Correction.DAY)
        sequels = Entry.objects.everywhere(reason="subquery").filter(target=OuterRef("completion"))
        revocations = sequels.filter(kind=Entry.Kind.REVOCATION).order_by().values("target")
        return self.annotate(
            is_replaced=Exists(successors),
            is_voided=Exists(sequels.filter(kind=Entry.Kind.VOID)) & ~Exists(corrected),
            revoked_on=Subquery(revocations.annotate(first=Min("effective_on")).values("first")),
        )


class Certificate(models.Model):
    """Frozen proof of a completion. Never updated, never deleted; a correction is a further one that supersedes it.

    A corrected name is a further certificate of the same completion. A corrected day is a further completion, and its
    first certificate supersedes that of the one withdrawn.
    """

    class Correction(models.TextChoices):
        """What was put right, against the one superseded."""

        NAME = "name", "The name"
        DAY = "day", "The day"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    completion = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="certificates")
    code = models.CharField(max_length=code.LENGTH, unique=True)
    snapshot = models.JSONField()
    issued_at = models.DateTimeField()
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    correction = models.CharField(max_length=10, choices=Correction.choices, blank=True, default="", db_default="")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["completion"], condition=~Q(correction="name"), name="one_first_certificate_of_a_completion"
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True, correction="") | Q(supersedes__isnull=False) & ~Q(correction=""),
                name="a_certificate_that_supersedes_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"certificate {self.pk}"

    def get_absolute_url(self) -> str:
        """Its holder's page."""
        return reverse("certificate", args=[self.uid])

    @property
    def words(self) -> Snapshot:
        """What is printed on it."""
        return Snapshot.from_json(self.snapshot)

    @property
    def grouped_code(self) -> str:
        """The code as printed."""
        return code.grouped(self.code)

    @property
    def name_shown(self) -> str:
        """The name as its holder lets others see it: initials of somebody under protection, and where masked."""
        showing = self.showing_or_none
        is_masked = self.completion.person.is_protected or (showing is not None and showing.is_masked)
        return self.words.initials if is_masked else self.words.name

    @property
    def showing_or_none(self) -> "Showing | None":
        """What its holder has chosen to show, if anything was ever chosen or counted."""
        return getattr(self, "showing", None)


class ShowingQuerySet(ScopedQuerySet):
    """What holders let a check show."""

    def visible_to(self, access: Access) -> Self:
        """Of one's own certificates."""
        return self._scoped("visible_to").filter(certificate__completion__person_id__in=access.records)

    def of(self, certificate: int) -> Self:
        """Of one certificate, by its number, for whoever may see it or holds its code."""
        return self._scoped("of").filter(certificate_id=certificate)

    def of_person(self, person: Person) -> Self:
        """Of all that one person has, under whichever of their records."""
        return self._scoped("of_person").filter(person.all_of("certificate__completion__person"))


class Showing(models.Model):
    """What its holder lets a check of a certificate show, and how often it was checked. Nothing of who did, or when."""

    certificate = models.OneToOneField(Certificate, on_delete=models.CASCADE, related_name="showing")
    is_masked = models.BooleanField(default=False, help_text="Initials instead of the name")
    shows_agency = models.BooleanField(default=False, help_text="Where the holder worked then")
    points_forward = models.BooleanField(default=False, help_text="To what took its place")
    is_paused = models.BooleanField(default=False, help_text="The page says nothing for now")
    looks = models.PositiveIntegerField(default=0)

    objects = ShowingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"showing of certificate {self.certificate_id}"


class Gone(models.Model):
    """What is left of a certificate that was erased with its person: its code goes on answering, and tells nothing."""

    code_hash = models.CharField(max_length=64, unique=True)
    number = models.BigIntegerField(unique=True, help_text="Its number, which lets the database delete it")
    completion_uid = models.UUIDField(db_index=True, help_text="So that none is issued of it again")
    erased_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "gone"

    def __str__(self) -> str:
        return f"gone certificate {self.number}"
