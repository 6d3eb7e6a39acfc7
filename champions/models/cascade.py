"""Briefings that champions give to teams: what was said of each, who was counted by code, and cards."""

import uuid
from datetime import date, datetime, timedelta
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from champions.codes import Opening, cards_of, new_code, of_briefing, spaced
from training.access.access import Access
from training.access.scoping import ScopedQuerySet
from training.audit.versioned import Versioned, VersionedQuerySet
from training.people.models import Agency, Locality, Partnership, Person, Team, Workplace

from .blocks import Block
from .champions import Champion

ARRIVALS_KEPT_FOR = timedelta(days=30)


class CascadeQuerySet(ScopedQuerySet):
    """Briefings, seen by the champion who gave them."""

    def visible_to(self, access: Access) -> Self:
        """One's own."""
        own = Q(champion__person_id=access.person_id) if access.person_id else Q(pk__in=[])
        return self._scoped("visible_to").filter(own)


class Cascade(models.Model):
    """One briefing. What it was stands in its versions; here is its code, and how often that was used."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    champion = models.ForeignKey(Champion, on_delete=models.PROTECT, related_name="cascades")
    code = models.CharField(max_length=12, unique=True, default=new_code)
    counted_in = models.PositiveSmallIntegerField(default=0, help_text="By code; the number stays, the people go")
    cards = models.PositiveSmallIntegerField(default=0, help_text="Feedback cards given in")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = CascadeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"briefing {self.pk}"

    @property
    def spaced_code(self) -> str:
        """Its code as it is shown."""
        return spaced(self.code)


class CascadeVersionQuerySet(ScopedQuerySet, VersionedQuerySet):  # type: ignore[override]
    """What was said of briefings."""

    def visible_to(self, access: Access) -> Self:
        """One's own."""
        return self._scoped("visible_to").filter(cascade__in=Cascade.objects.visible_to(access).values("pk"))

    def within(self, agency: Agency) -> Self:
        """Those at one agency."""
        return self._scoped("within").filter(agency=agency)

    def counted(self) -> Self:
        """What stands: the last word on each briefing, without those that never took place."""
        return self.known_now().filter(is_struck=False)

    def told_to(self, access: Access) -> Self:
        """Line by line: without the briefings of champions who keep this one away. What is counted counts them."""
        away = Block.objects.everywhere(reason="whose briefings this one is told of").against(access)
        return self.exclude(cascade__champion__person__in=away.values("owner"))

    def between(self, first_on: date, last_on: date) -> Self:
        """Of these days, both included."""
        return self.filter(held_on__gte=first_on, held_on__lte=last_on)


class CascadeVersion(Versioned):
    """What a champion said of a briefing, as known at a moment. A correction is a further version; nothing is erased.

    The pack is kept by its words: pages change, and what was given does not.
    """

    cascade = models.ForeignKey(Cascade, on_delete=models.PROTECT, related_name="versions")
    pack = models.SlugField(max_length=255)
    pack_title = models.CharField(max_length=255)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    workplace = models.ForeignKey(Workplace, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    locality = models.ForeignKey(Locality, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    where = models.CharField(max_length=80, blank=True, help_text="In words, where no team or workplace is picked")
    people = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(500)])
    held_on = models.DateField()
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(5), MaxValueValidator(240)])
    is_struck = models.BooleanField(default=False, help_text="It did not take place")

    objects = CascadeVersionQuerySet.as_manager()

    class Meta(Versioned.Meta):
        ordering = ["-held_on", "-id"]
        indexes = [models.Index(fields=["agency", "held_on"], name="briefing_by_agency_and_day")]
        constraints = [
            *Versioned.Meta.constraints,
            models.CheckConstraint(condition=Q(people__gte=1, people__lte=500), name="a_briefing_reaches_1_to_500"),
            models.UniqueConstraint(
                fields=["cascade"], condition=Q(replaced_at__isnull=True), name="one_word_stands_on_a_briefing"
            ),
        ]

    def __str__(self) -> str:
        return f"briefing {self.cascade_id} as said at {self.recorded_at}"

    @property
    def place(self) -> str:
        """Where, in words."""
        return str(self.team or self.workplace or self.where)

    @property
    def opening(self) -> Opening:
        """When its code counts people: never so late that those counted before are forgotten, and count twice."""
        by_day = of_briefing(self.held_on)
        until = self.cascade.recorded_at + ARRIVALS_KEPT_FOR
        return Opening(by_day.opens_at, min(by_day.closes_at, until))

    def takes_cards(self, at: datetime) -> bool:
        """Whether its code still opens a feedback card."""
        opening = cards_of(self.held_on)
        return opening.opens_at <= at <= opening.closes_at


class ArrivalQuerySet(ScopedQuerySet):
    """Who was counted at a briefing."""

    def visible_to(self, access: Access) -> Self:
        """Oneself. Champions see a number, and nobody sees names."""
        own = Q(person_id=access.person_id) if access.person_id else Q(pk__in=[])
        return self._scoped("visible_to").filter(own)


class Arrival(models.Model):
    """That somebody entered the code of a briefing, so that they count once. Gone thirty days after; never training."""

    cascade = models.ForeignKey(Cascade, on_delete=models.CASCADE, related_name="arrivals")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    recorded_at = models.DateTimeField(db_index=True)

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cascade", "person"], name="one_counts_once_at_a_briefing")]

    def __str__(self) -> str:
        return f"arrival {self.pk}"


class BriefingCard(models.Model):
    """What somebody thought of a briefing: two taps, without a name, a day, a champion or an agency.

    Its identifier is random, so that the order of rows tells nothing of people. It belongs to one of the pack's tens
    (counted from 0), and is shown once that is full: one new card would tell what the last one said.
    """

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    pack = models.SlugField(max_length=255)
    ten = models.PositiveIntegerField()
    useful = models.PositiveSmallIntegerField()
    knows_next = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["partnership", "pack", "ten"], name="card_by_pack_and_ten")]
        constraints = [
            models.CheckConstraint(
                condition=Q(useful__gte=1, useful__lte=5, knows_next__gte=1, knows_next__lte=5),
                name="cards_are_one_to_five",
            )
        ]

    def __str__(self) -> str:
        return f"card {self.pk}"
