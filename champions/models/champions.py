"""Champions, their turns, and addresses put forward."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from champions.status import Turn, Way
from training.access.access import Access
from training.access.permissions import Permission
from training.access.scoping import ScopedQuerySet
from training.people.models import Agency, Employment, Partnership, Person

from .blocks import Block
from .wording import number_in_force

NOMINATION_KEPT_FOR = timedelta(days=90)


class ChampionQuerySet(ScopedQuerySet):
    """Champions. To a coordinator whom one keeps away a row of theirs has no name (`is_withheld`)."""

    def visible_to(self, access: Access) -> Self:
        """Oneself, and the champions of the partnerships that one coordinates."""
        coordinated = Q(partnership__in=access.partnerships(Permission.COORDINATE_CHAMPIONS))
        own = Q(person_id=access.person_id) if access.person_id else Q(pk__in=[])
        return self._scoped("visible_to").filter(own | coordinated)

    def within(self, agency: Agency) -> Self:
        """The champions on one agency's roster."""
        employed = Employment.objects.within(agency).filter(person=OuterRef("person"))
        return self._scoped("within").filter(Exists(employed))

    def listed(self) -> Self:
        """Those who chose to be listed, under the terms of today, and whose record is not protected."""
        return self.filter(
            profile__is_listed=True, profile__terms_version=number_in_force(), person__is_protected=False
        ).select_related("profile", "person")

    def not_keeping_away(self, access: Access) -> Self:
        """Leaves out those who keep this one away, by person or by any address of theirs."""
        keeps = Block.objects.everywhere(reason="whom the one who asks may not see").against(access)
        return self.exclude(person__in=keeps.values("owner"))


class Champion(models.Model):
    """A person's place in the network of a partnership. What happened, and when, stands in the turns."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="championships")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="champions")
    recorded_at = models.DateTimeField()

    objects = ChampionQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "partnership"], name="one_champion_of_a_person_in_a_partnership")
        ]

    def __str__(self) -> str:
        return f"champion {self.pk}"


class NominationQuerySet(ScopedQuerySet):
    """Addresses put forward, seen by who looks after the network."""

    def visible_to(self, access: Access) -> Self:
        """Those of the partnerships that one coordinates."""
        return self._scoped("visible_to").filter(partnership__in=access.partnerships(Permission.COORDINATE_CHAMPIONS))

    def old(self, at: datetime) -> Self:
        """Those whose time is over."""
        return self.filter(recorded_at__lt=at - NOMINATION_KEPT_FOR)


class Nomination(models.Model):
    """An address that a coordinator put forward, kept as it was typed, whether or not anybody has it.

    `person` is whoever a roster names as champion under that address; it is never shown, so that no list of addresses
    tells who works where.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="nominations")
    address = models.EmailField(help_text="In small letters")
    nominated_on = models.DateField()
    recorded_at = models.DateTimeField(db_index=True)
    recorded_by = models.CharField(max_length=80)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True, help_text="When the worker looked who has it; never shown")
    is_declined = models.BooleanField(default=False, help_text="By whoever has it; never shown")

    objects = NominationQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["partnership", "address"], name="one_nomination_of_an_address")]

    def __str__(self) -> str:
        return f"nomination {self.pk}"


class OfChampionQuerySet(ScopedQuerySet):
    """Rows that belong to a champion."""

    def visible_to(self, access: Access) -> Self:
        """Those of the champions that one may see."""
        return self._scoped("visible_to").filter(champion__in=Champion.objects.visible_to(access))

    def of(self, champion: Champion) -> Self:
        """Those of one champion."""
        return self._scoped("of").filter(champion=champion)


class ChampionTurn(models.Model):
    """Something that happened in a champion's life: put forward, agreed, stood down. Written once, never changed."""

    class Reason(models.TextChoices):
        """Why one stands down, where it is said."""

        MOVED = "moved", "Changed job"
        TIME = "time", "No time for it now"
        AGENCY = "agency", "The agency decided"
        OTHER = "other", "Another reason"

    class Mistake(models.TextChoices):
        """Why a standing-down is taken back."""

        PERSON = "person", "The wrong person was chosen"
        MEANING = "meaning", "It was a misunderstanding"
        STAYS = "stays", "They stay after all"

    champion = models.ForeignKey(Champion, on_delete=models.PROTECT, related_name="turns")
    turn = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Turn])
    happened_on = models.DateField()
    reason = models.CharField(max_length=20, choices=[*Reason.choices, *Mistake.choices], blank=True)
    way = models.CharField(max_length=20, blank=True, choices=[(each.value, each.value) for each in Way])
    words_version = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Of what was agreed to")
    was_listed = models.BooleanField(default=False, help_text="Standing down: whether they could be found until then")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = OfChampionQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason="") | Q(turn__in=["stood_down", "taken_back"]),
                name="only_standing_down_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.turn} on {self.happened_on}"
