"""Whom people keep away."""

import uuid
from dataclasses import dataclass
from typing import Self

from django.db import models
from django.db.models import F, Q

from training.access.access import Access
from training.access.scoping import ScopedQuerySet
from training.people.models import Person, User
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
        me = Identity.of(access)
        known = Q(kept_away__in=me.records) | Q(address__in=me.addresses)
        known |= Q(kept_away__user__email__in=me.addresses) | Q(kept_away__employments__work_email__in=me.addresses)
        for name in me.names:
            known |= _is_called(name)
        return self.filter(known).exclude(owner__in=me.records)


@dataclass(frozen=True, slots=True)
class Identity:
    """By what the one who asks may be known: every record of theirs, the addresses and the names on them."""

    records: frozenset[int]
    addresses: frozenset[str]
    names: frozenset[str]

    @classmethod
    def of(cls, access: Access) -> "Identity":
        """One query. Records known to be theirs count whether or not their training does."""
        if access.person_id is None:
            logins = User.objects.filter(pk=access.user_id or 0).values_list("email", flat=True)
            return cls(frozenset(), frozenset(logins), frozenset())
        people = Person.objects.everywhere(reason="the one who asks")
        joined = people.filter(pk=access.person_id, same_as__isnull=False).values("same_as")
        rows = people.filter(Q(pk__in=access.records) | Q(same_as__in=joined)).order_by()
        columns = ("pk", "first_name", "preferred_name", "last_name", "user__email", "employments__work_email")
        found = list(rows.values_list(*columns))
        addresses = {address for row in found for address in row[4:] if address}
        names = {_full(given, row[3]) for row in found for given in row[1:3] if given}
        return cls(frozenset(row[0] for row in found), frozenset(addresses), frozenset(names))


def _full(given: str, last_name: str) -> str:
    return " ".join(f"{given} {last_name}".split())


def _is_called(name: str) -> Q:
    """Whoever a roster knows by this full name, given or preferred; community champions have the whole in one field.

    A single word is nobody's full name.
    """
    words, found = name.split(), Q(pk__in=[])
    for count in range(1, len(words) + 1 if len(words) > 1 else 1):
        given, last = " ".join(words[:count]), " ".join(words[count:])
        called = Q(kept_away__first_name__iexact=given) | Q(kept_away__preferred_name__iexact=given)
        found |= called & Q(kept_away__last_name__iexact=last)
    return found


def kept_apart(access: Access) -> PersonQuerySet:
    """Those who keep this one away, and those whom this one keeps away: neither meets the other's words."""
    people = Person.objects.everywhere(reason="whose words this one is not shown")
    blocks = Block.objects.everywhere(reason="whose words this one is not shown")
    own = blocks.filter(owner__in=Identity.of(access).records)
    addresses = own.exclude(address="").values("address")
    away = Q(pk__in=own.exclude(kept_away=None).values("kept_away")) | Q(user__email__in=addresses)
    away |= Q(employments__work_email__in=addresses)
    joined = people.filter(away, same_as__isnull=False).values("same_as")
    keeps_away = Q(pk__in=blocks.against(access).values("owner"))
    return people.filter(keeps_away | Q(pk__in=people.filter(away).order_by().values("pk")) | Q(same_as__in=joined))


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
