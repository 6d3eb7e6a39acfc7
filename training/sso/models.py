"""Codes sent to a work address, by which a login proves that the address is its own."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from training.access.access import Access
from training.access.scoping import ScopedQuerySet

MOST_TRIES = 5


class AddressCodeQuerySet(ScopedQuerySet):
    """Codes, seen by the login that asked for them."""

    def visible_to(self, access: Access) -> Self:
        """Those that one's own login asked for."""
        if not access.is_signed_in:
            return self._scoped("nobody").none()
        return self._scoped("visible_to").filter(user_id=access.user_id)

    def open_at(self, at: datetime) -> Self:
        """Those that can still be used."""
        return self.filter(used_at__isnull=True, tries__lt=MOST_TRIES, expires_at__gt=at)


class AddressCode(models.Model):
    """One code, kept as a keyed hash; it works once, for a quarter of an hour, for five tries."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="address_codes")
    address = models.EmailField()
    code_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = AddressCodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(tries__lte=MOST_TRIES), name="address_code_has_five_tries"),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=F("created_at")), name="address_code_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"address code {self.pk}"

    def hash_of(self, code: str) -> str:
        """The keyed hash of a code as typed: spaces, dashes and small letters make no difference."""
        plain = "".join(letter for letter in code.upper() if letter.isalnum())
        return salted_hmac(str(self.uid), plain, algorithm="sha256").hexdigest()

    def is_code(self, typed: str) -> bool:
        """Whether this is the code."""
        return constant_time_compare(self.code_hash, self.hash_of(typed))
