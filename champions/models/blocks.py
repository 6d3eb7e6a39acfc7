"""Whom people keep away."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q

from champions.known_as import is_name, name_in, plain_address, tokens
from training.access.access import Access
from training.access.scoping import ScopedQuerySet
from training.people.models import Employment, Person, User
from training.people.models.posts import PersonQuerySet

AT_A_TIME = 300
LOOKED_UP_EVERY = timedelta(minutes=10)


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
        known = Q(kept_away__in=me.records)
        for token in me.known_as:
            known |= Q(known_as__contains=f" {token} ")
        return self.filter(known).exclude(owner__in=me.records)

    def to_look_up(self, at: datetime) -> Self:
        """Those of which it was looked up longest ago who is known by them; none twice in ten minutes."""
        due = self.filter(Q(looked_up_at=None) | Q(looked_up_at__lt=at - LOOKED_UP_EVERY))
        return due.order_by(F("looked_up_at").asc(nulls_first=True), "pk")[:AT_A_TIME]


@dataclass(frozen=True, slots=True)
class Identity:
    """By what the one who asks may be known: every record of theirs, and names and addresses on them as tokens."""

    records: frozenset[int]
    known_as: frozenset[str]

    @classmethod
    def of(cls, access: Access) -> "Identity":
        """One query. Records known to be theirs count whether or not their training does.

        A login that stands on no roster has its own name, or the one that can be read in its address.
        """
        if access.person_id is None:
            logins = User.objects.filter(pk=access.user_id or 0)
            found = next(iter(logins.values_list("email", "first_name", "last_name")), ("", "", ""))
            return cls(frozenset(), tokens([" ".join(found[1:]), name_in(found[0])], found[:1]))
        people = Person.objects.everywhere(reason="the one who asks")
        joined = people.filter(pk=access.person_id, same_as__isnull=False).values("same_as")
        return cls.on(people.filter(Q(pk__in=access.records) | Q(same_as__in=joined)))

    @classmethod
    def on(cls, people: PersonQuerySet) -> "Identity":
        """What stands on these records. One query."""
        columns = ("pk", "first_name", "preferred_name", "last_name", "user__email", "employments__work_email")
        found = list(people.order_by().values_list(*columns))
        names = {f"{given} {row[3]}" for row in found for given in row[1:3] if given}
        addresses = {address for row in found for address in row[4:] if address}
        return cls(frozenset(row[0] for row in found), tokens(names, addresses))


def has_address(*addresses: str) -> Q:
    """People who sign in with one of these addresses or have it on a roster, with or without a '+tag'.

    Asked at once, in one query: as part of another no database would look them up by an index.
    """
    plain = [plain_address(each) for each in addresses]
    rosters = Employment.objects.everywhere(reason="whose address it is").filter(work_email__plain__in=plain)
    logins = User.objects.filter(email__plain__in=plain, person__isnull=False)
    found = rosters.order_by().values_list("person").union(logins.order_by().values_list("person"))
    return Q(pk__in=[pk for (pk,) in found])


def is_withheld(access: Access) -> Q:
    """People whose name the one who asks does not read: protected records, and whoever keeps them away, alike."""
    blocks = Block.objects.everywhere(reason="whose name the one who asks does not read").against(access)
    return Q(is_protected=True) | Q(pk__in=blocks.values("owner"))


def kept_apart(access: Access) -> PersonQuerySet:
    """Those who keep this one away, and those whom this one keeps away: neither meets the other's words."""
    people = Person.objects.everywhere(reason="whose words this one is not shown")
    blocks = Block.objects.everywhere(reason="whose words this one is not shown")
    me = Identity.of(access)
    own = blocks.filter(owner__in=me.records)
    away = Q(pk__in=own.exclude(kept_away=None).values("kept_away"))
    if addresses := set(own.exclude(address="").values_list("address", flat=True)):
        away |= has_address(*addresses)
    known_as = {token for said in own.values_list("known_as", flat=True) for token in said.split()}
    away |= Q(pk__in=_called({token for token in known_as if is_name(token)}))
    joined = people.filter(away, same_as__isnull=False).values("same_as")
    keeps_away = Q(pk__in=blocks.against(access).values("owner"))
    apart = keeps_away | Q(pk__in=people.filter(away).order_by().values("pk")) | Q(same_as__in=joined)
    return people.filter(apart).exclude(pk__in=me.records)


def _called(names: set[str]) -> list[int]:
    """Those of these names among whoever said or asked something in the network; compared here, one by one."""
    if not names:
        return []
    people = Person.objects.everywhere(reason="whose words this one is not shown").order_by()
    heard = people.filter(Q(championships__contributions__isnull=False) | Q(enquiries__isnull=False)).distinct()
    rows = heard.values_list("pk", "first_name", "preferred_name", "last_name")
    return [pk for pk, *given, last in rows if names & tokens(f"{each} {last}" for each in given if each)]


class Block(models.Model):
    """Somebody whom a person keeps from finding them: known by a request they sent, or by an address.

    Whoever has the address then is kept away for good, under other addresses too; their name is not shown for it.
    The one kept away never learns of it: it is on their owner's record, and on no export of theirs.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="blocks")
    kept_away = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    address = models.EmailField(blank=True, help_text="In small letters, without a '+tag'")
    known_as = models.TextField(
        default="", help_text="Plain names and addresses of whoever is kept away (champions/known_as.py); never shown"
    )
    is_unnamed = models.BooleanField(
        default=False, help_text="By a request that was taken back: the owner reads no name"
    )
    recorded_at = models.DateTimeField()
    looked_up_at = models.DateTimeField(null=True, blank=True, db_index=True, help_text="When `known_as` was, last")

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
