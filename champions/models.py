"""The network's tables: champions and their turns, what they let be seen, requests, and whom they keep away."""

import uuid
from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from champions import terms
from champions.offers import LISTS, OfferKind
from champions.status import Turn
from training.access.access import Access
from training.access.permissions import Permission
from training.access.scoping import ScopedQuerySet
from training.people.models import Agency, Employment, Partnership, Person, User

KEPT_FOR = timedelta(days=30)
NOMINATION_KEPT_FOR = timedelta(days=90)
REQUESTS_A_DAY = 5


class ChampionQuerySet(ScopedQuerySet):
    """Champions. Whom a champion keeps away sees no row of theirs, whatever role they hold."""

    def visible_to(self, access: Access) -> Self:
        """Oneself, and the champions of the partnerships that one coordinates."""
        coordinated = Q(partnership__in=access.partnerships(Permission.COORDINATE_CHAMPIONS))
        own = Q(person_id=access.person_id) if access.person_id else Q(pk__in=[])
        return self._scoped("visible_to").filter(own | coordinated).not_keeping_away(access)

    def within(self, agency: Agency) -> Self:
        """The champions on one agency's roster."""
        employed = Employment.objects.within(agency).filter(person=OuterRef("person"))
        return self._scoped("within").filter(Exists(employed))

    def listed(self) -> Self:
        """Those who chose to be listed, under the terms of today, and whose record is not protected."""
        return self.filter(
            profile__is_listed=True, profile__terms_version=terms.VERSION, person__is_protected=False
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
    """Something that happened in a champion's life: nominated, agreed, stood down. Written once, never changed."""

    class Reason(models.TextChoices):
        """Why one stands down, where it is said."""

        MOVED = "moved", "Changed job"
        TIME = "time", "No time for it now"
        AGENCY = "agency", "The agency decided"
        OTHER = "other", "Another reason"

    champion = models.ForeignKey(Champion, on_delete=models.PROTECT, related_name="turns")
    turn = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Turn])
    happened_on = models.DateField()
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = OfChampionQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason="") | Q(turn="stood_down"), name="only_standing_down_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.turn} on {self.happened_on}"


class ChampionProfile(models.Model):
    """What a champion agreed to have shown, each thing by its own tick, and under which terms. No exact place, ever."""

    champion = models.OneToOneField(Champion, on_delete=models.CASCADE, related_name="profile")
    is_listed = models.BooleanField(default=False)
    terms_version = models.PositiveSmallIntegerField()
    agreed_at = models.DateTimeField()
    alias = models.CharField(max_length=60, blank=True, help_text="Shown in place of their name")
    shows_agency = models.BooleanField(default=False)
    shows_locality = models.BooleanField(default=False)
    shows_specialisms = models.BooleanField(default=False)
    shows_languages = models.BooleanField(default=False)
    shows_days = models.BooleanField(default=False)

    objects = OfChampionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"profile {self.pk}"


class ChampionOfferQuerySet(ScopedQuerySet):
    """What champions offer."""

    def of(self, profile: ChampionProfile) -> Self:
        """Those of one profile."""
        return self._scoped("of").filter(profile=profile)


class ChampionOffer(models.Model):
    """One specialism, language or day of a champion's listing."""

    profile = models.ForeignKey(ChampionProfile, on_delete=models.CASCADE, related_name="offers")
    kind = models.CharField(max_length=20, choices=[(each.value, each.value) for each in OfferKind])
    code = models.CharField(max_length=40)

    objects = ChampionOfferQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["profile", "kind", "code"], name="one_offer_of_a_kind")]
        indexes = [models.Index(fields=["kind", "code"], name="offer_by_kind")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """In words."""
        return str(LISTS[OfferKind(self.kind)](self.code).label)


class ContactRequestQuerySet(ScopedQuerySet):
    """Requests, seen by the two they are between and by nobody else."""

    def visible_to(self, access: Access) -> Self:
        """Those that one sent or got, and neither side has deleted."""
        if access.person_id is None:
            return self._scoped("nobody").none()
        own = Q(sender_id=access.person_id) | Q(champion__person_id=access.person_id)
        return self._scoped("visible_to").filter(own, deleted_at__isnull=True)

    def old(self, at: datetime) -> Self:
        """Those whose time is over."""
        return self.filter(asked_at__lt=at - KEPT_FOR)


class ContactRequest(models.Model):
    """A short request to a champion and the answer. Deleted words go at once; the row, without them, in 30 days."""

    class About(models.TextChoices):
        """What it is about."""

        WORRY = "worry", "I am worried about somebody I work with or for"
        NEXT_STEP = "next_step", "I do not know the next step"
        TEAM = "team", "A talk or briefing for my team"
        RESOURCES = "resources", "Posters, leaflets or other materials"
        NETWORK = "network", "Becoming a champion"

    class Urgency(models.TextChoices):
        """How soon an answer is hoped for."""

        TODAY = "today", "Today"
        WEEK = "week", "This week"
        WHENEVER = "whenever", "When you have time"

    class Reply(models.TextChoices):
        """What a champion can answer with one press."""

        CALL = "call", "Call me"
        MEET = "meet", "Let us meet"
        NOT_ME = "not_me", "I am not the right person"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sender = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sent_requests")
    champion = models.ForeignKey(Champion, on_delete=models.CASCADE, related_name="requests")
    about = models.CharField(max_length=20, choices=About.choices)
    urgency = models.CharField(max_length=20, choices=Urgency.choices)
    words = models.CharField(max_length=600, blank=True)
    asked_at = models.DateTimeField(db_index=True)
    asked_on = models.DateField()
    number = models.PositiveSmallIntegerField(help_text="Among the sender's requests of that day")
    reply = models.CharField(max_length=20, choices=Reply.choices, blank=True)
    reply_words = models.CharField(max_length=300, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = ContactRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["sender", "asked_on", "number"], name="one_request_of_a_number_a_day"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=REQUESTS_A_DAY), name="no_more_than_five_requests_a_day"
            ),
            models.UniqueConstraint(
                fields=["sender", "champion"],
                condition=Q(replied_at__isnull=True, deleted_at__isnull=True),
                name="one_open_request_to_a_champion",
            ),
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True) | Q(words="", reply_words=""),
                name="a_deleted_request_keeps_no_words",
            ),
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"

    @property
    def goes_on(self) -> date:
        """The day on which it is gone for both."""
        return self.asked_on + KEPT_FOR


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
