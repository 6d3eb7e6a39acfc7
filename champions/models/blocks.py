"""Whom people keep away."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from training.access.access import Access
from training.access.scoping import ScopedQuerySet
from training.people.models import Employment, Person, User


class BlockQuerySet(ScopedQuerySet):
    """Whom champions keep away: read by their owner alone."""

    def visible_to(self, access: Access) -> Self:
        """One's own."""
        if access.person_id is None:
            return self._scoped("nobody").none()
        return self._scoped("visible_to").filter(owner_id=access.person_id)

    def against(self, access: Access) -> Self:
        """Those that keep this one away: by person, by sign-in address, or by an address on a roster."""
        rosters = Employment.objects.everywhere(reason="the addresses of the one who asks")
        own = rosters.filter(person__in=access.records).exclude(work_email="").values("work_email")
        logins = User.objects.filter(pk=access.user_id or 0).values("email")
        by_address = Q(address__in=own) | Q(address__in=logins)
        return self.filter(Q(kept_away_id__in=access.records) | by_address if access.person_id else by_address)


class Block(models.Model):
    """Somebody whom a person keeps from finding them: known by a request they sent, or by an address.

    Whoever has the address then is kept away for good, under other addresses too; their name is not shown for it.
    The one kept away never learns of it: it is on their owner's record, and on no export of theirs.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="blocks")
    kept_away = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    address = models.EmailField(blank=True, help_text="In small letters")
    recorded_at = models.DateTimeField()

    objects = BlockQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kept_away__isnull=False) | ~Q(address=""),
                name="block_of_a_person_or_an_address",
            ),
            models.CheckConstraint(
                condition=Q(kept_away__isnull=True) | ~Q(kept_away=F("owner")), name="nobody_blocks_themselves"
            ),
            models.UniqueConstraint(
                fields=["owner", "kept_away"], condition=Q(kept_away__isnull=False), name="one_block_of_a_person"
            ),
            models.UniqueConstraint(
                fields=["owner", "address"], condition=~Q(address=""), name="one_block_of_an_address"
            ),
        ]

    def __str__(self) -> str:
        return f"block {self.pk}"
