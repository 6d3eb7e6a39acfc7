"""Whom people keep away."""

import uuid
from collections.abc import Callable
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from training.access.access import Access
from training.access.scoping import ScopedQuerySet
from training.people.models import Employment, Person, User
from training.people.models.posts import PersonQuerySet


class BlockQuerySet(ScopedQuerySet):
    """Whom champions keep away: read by their owner alone."""

    def visible_to(self, access: Access) -> Self:
        """One's own."""
        if access.person_id is None:
            return self._scoped("nobody").none()
        return self._scoped("visible_to").filter(owner_id=access.person_id)

    def against(self, access: Access) -> Self:
        """Those that keep this one away: by any record of theirs, by an address that either side has, or by their name.

        The name is for those who come back on another agency's roster, under another address, and are not known to be
        the same yet. A namesake misses one champion, and cannot tell either.
        """
        me = _records_of(access)
        addresses = _addresses_of(access, me)
        rosters = Employment.objects.everywhere(reason="the addresses of those kept away")
        namesakes = me.exclude(last_name="").filter(
            first_name__iexact=OuterRef("kept_away__first_name"), last_name__iexact=OuterRef("kept_away__last_name")
        )
        known = Q(kept_away__in=me) | Q(kept_away__in=rosters.filter(addresses("work_email")).values("person"))
        known |= addresses("address") | addresses("kept_away__user__email") | Q(Exists(namesakes))
        return self.filter(known).exclude(owner__in=me)


def _records_of(access: Access) -> PersonQuerySet:
    """Every record known to be of the one who asks, whether or not its training counts for them."""
    people = Person.objects.everywhere(reason="the one who asks")
    joined = people.filter(pk__in=access.own_record, same_as__isnull=False).values("same_as")
    return people.filter(Q(pk__in=access.records) | Q(same_as__in=joined))


def _addresses_of(access: Access, me: PersonQuerySet) -> Callable[[str], Q]:
    """A condition on a column: that it holds an address of theirs, from a roster or a login."""
    rosters = Employment.objects.everywhere(reason="the addresses of the one who asks")
    at_work = rosters.filter(person__in=me).exclude(work_email="").values("work_email")
    logins = User.objects.filter(Q(pk=access.user_id or 0) | Q(person__in=me)).values("email")
    return lambda column: Q(**{f"{column}__in": at_work}) | Q(**{f"{column}__in": logins})


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
