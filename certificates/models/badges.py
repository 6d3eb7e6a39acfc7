"""Where it stands whether a badge is suspended."""

from typing import Self

from django.db import models

from certificates.models.certificates import Certificate
from training.access.access import Access
from training.access.scoping import ScopedQuerySet


class BadgePlaceQuerySet(ScopedQuerySet):
    """Places are public, whose they are is not."""

    def visible_to(self, access: Access) -> Self:
        """Of one's own badges."""
        return self._scoped("visible_to").filter(certificate__completion__person_id__in=access.records)

    def of(self, certificate: int) -> Self:
        """Of one certificate, by its number, for whoever may have it as a badge."""
        return self._scoped("of").filter(certificate_id=certificate)

    def between(self, first: int, end: int) -> Self:
        """Those of one list, for whoever asks: what comes of it are bits."""
        return self._scoped("between").filter(number__gte=first, number__lt=end)


class BadgePlace(models.Model):
    """The bit of a badge in the lists of suspended badges, all lists counted through. It is never given to another."""

    number = models.BigIntegerField(unique=True)
    certificate = models.OneToOneField(
        Certificate,
        null=True,
        on_delete=models.SET_NULL,
        related_name="badge_place",
        help_text="None: it was erased, and its badge stays suspended",
    )

    objects = BadgePlaceQuerySet.as_manager()

    def __str__(self) -> str:
        return f"badge place {self.number}"
