"""People who say that an earlier record is theirs, and how they show it."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.crypto import constant_time_compare, salted_hmac

from training.access.access import Access
from training.access.permissions import Permission
from training.access.scoping import ScopedQuerySet

from .agencies import Agency
from .posts import Person

MOST_TRIES = 5


class RecordClaimQuerySet(ScopedQuerySet):
    """Claims, seen by whoever made them; those with a certificate by the HR that is asked to confirm."""

    def visible_to(self, access: Access) -> Self:
        """One's own."""
        return self._scoped("visible_to").filter(claimant__in=access.own_record)

    def to_confirm(self, access: Access, agency: Agency, permission: Permission = Permission.MANAGE_ROSTER) -> Self:
        """Those that wait for the agency's HR, if one is that, and not those about oneself."""
        if not access.may(permission, agency_id=agency.pk):
            return self._scoped("nobody").none()
        return self.within(agency).exclude(claimant__in=access.records)

    def within(self, agency: Agency) -> Self:
        """Those that wait for one agency's HR. A claim that leads to no record waits for nobody."""
        return self._scoped("within").filter(agency=agency, state=RecordClaim.State.WAITING, record__isnull=False)


class RecordClaim(models.Model):
    """One try to show that an earlier record is one's own: by a code sent to its work address, or by a certificate.

    `record` is None where nothing can be claimed; whoever asks cannot tell. A code is kept as a keyed hash; it works
    once, for an hour, for five tries. `agency` is the claimant's present one, asked to confirm a certificate.
    """

    class State(models.TextChoices):
        """How far it has come."""

        SENT = "sent", "Code sent"
        WAITING = "waiting", "Waiting for your HR team"
        JOINED = "joined", "Joined to your record"
        DECLINED = "declined", "Not confirmed"
        OVER = "over", "Over"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claimant = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="claims")
    record = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="claims_on_it")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="record_claims")
    state = models.CharField(max_length=10, choices=State.choices)
    code_hash = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    printed = models.JSONField(
        default=dict, help_text="What anyone reads who checks the certificate: name, module, day"
    )
    asked_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=80, blank=True)

    objects = RecordClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(tries__lte=MOST_TRIES), name="a_claim_has_five_tries"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("asked_at")), name="a_claim_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"claim {self.pk}"

    def hash_of(self, code: str) -> str:
        """The keyed hash of a code as typed: spaces, dashes and small letters make no difference."""
        plain = "".join(letter for letter in code.upper() if letter.isalnum())
        return salted_hmac(str(self.uid), plain, algorithm="sha256").hexdigest()

    def is_code(self, typed: str) -> bool:
        """Whether this is the code."""
        return constant_time_compare(self.code_hash, self.hash_of(typed))
