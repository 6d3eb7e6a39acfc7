"""What keeps a champion one: what their manager was asked, check-ins, conditions; and what is left when they go."""

import uuid
from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from training.access.access import Access
from training.access.permissions import Permission
from training.access.scoping import ScopedQuerySet
from training.audit.versioned import Versioned, VersionedQuerySet
from training.notices.models import Notice
from training.people.models import Partnership, Person, Post

from .champions import Champion, OfChampionQuerySet

LINK_LASTS = timedelta(days=14)
QUESTION_KEPT_FOR = timedelta(days=30)


class ManagerQuestionQuerySet(ScopedQuerySet):
    """What managers were asked."""

    def visible_to(self, access: Access) -> Self:
        """Those that are put to oneself on the site. Whom the champion keeps away sees none."""
        if access.person_id is None:
            return self._scoped("nobody").none()
        kept = Champion.objects.everywhere(reason="whom the one who asks may not see").not_keeping_away(access)
        found = self._scoped("visible_to").filter(manager_id=access.person_id)
        return found.filter(Exists(kept.filter(pk=OuterRef("champion_id"))))

    def of(self, champion: Champion) -> Self:
        """Those about one champion."""
        return self._scoped("of").filter(champion=champion)

    def open(self, at: datetime) -> Self:
        """Those that can still be answered."""
        return self.filter(answered_at__isnull=True, withdrawn_at__isnull=True, open_until__gt=at)

    def to_confirm(self) -> Self:
        """Answers of whom no roster names as the manager, for the coordinator to confirm."""
        return self.filter(answer=ManagerQuestion.Answer.YES, needs_confirming=True, confirmed_at__isnull=True).filter(
            withdrawn_at__isnull=True
        )

    def old(self, at: datetime) -> Self:
        """Those that have served, with an address or a link still on them."""
        over = Q(answered_at__lt=at - QUESTION_KEPT_FOR) | Q(withdrawn_at__lt=at - QUESTION_KEPT_FOR)
        return self.filter(over | Q(open_until__lt=at - QUESTION_KEPT_FOR)).exclude(address="", token_hash="")  # noqa: S106 - none


class ManagerQuestion(models.Model):
    """What a manager is asked about a champion: to agree, or to check in.

    Put to `manager` on the site, or sent to `address` as a link that can be used once; only its hash is kept.
    """

    class Asks(models.TextChoices):
        """What is asked."""

        AGREE = "agree", "To agree to the time it takes"
        CHECK_IN = "check_in", "To check in"

    class Answer(models.TextChoices):
        """What the manager said."""

        YES = "yes", "Yes"
        NO = "no", "No"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    champion = models.ForeignKey(Champion, on_delete=models.CASCADE, related_name="questions")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", help_text="Where they are a champion")
    asks = models.CharField(max_length=10, choices=Asks.choices)
    manager = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    address = models.EmailField(blank=True, help_text="In small letters")
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    needs_confirming = models.BooleanField(default=False, help_text="The roster does not name who was asked")
    words_version = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField(db_index=True)
    asked_by = models.CharField(max_length=80)
    open_until = models.DateTimeField()
    answer = models.CharField(max_length=5, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=80, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ManagerQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answer_has_its_moment",
            ),
            models.UniqueConstraint(
                fields=["champion", "asks"],
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_question_about_a_champion",
            ),
            models.UniqueConstraint(fields=["token_hash"], condition=~Q(token_hash=""), name="one_question_of_a_link"),
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"

    def is_open(self, at: datetime) -> bool:
        """Whether it can still be answered."""
        return self.answered_at is None and self.withdrawn_at is None and self.open_until > at


class CheckIn(models.Model):
    """That the champion, or their manager, said once more that it goes on. Written once, never changed."""

    class Side(models.TextChoices):
        """Who checked in."""

        OWN = "own", "The champion"
        MANAGER = "manager", "Their manager"

    champion = models.ForeignKey(Champion, on_delete=models.PROTECT, related_name="check_ins")
    side = models.CharField(max_length=10, choices=Side.choices)
    checked_on = models.DateField()
    words_version = models.PositiveSmallIntegerField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = OfChampionQuerySet.as_manager()

    class Meta:
        ordering = ["checked_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["champion", "side", "checked_on"], name="one_check_in_of_a_side_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.side} check-in on {self.checked_on}"


class LapseNotice(models.Model):
    """That a champion has been told that they lapse, or is to be. There as long as they do: each lapse is told once."""

    champion = models.OneToOneField(Champion, on_delete=models.CASCADE, related_name="+")
    told_from = models.DateTimeField(null=True, help_text="When the mail may leave; none where they have no address")
    notice = models.ForeignKey(Notice, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = OfChampionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"lapse notice {self.pk}"


class NetworkConditionsQuerySet(VersionedQuerySet):
    """What partnerships ask of their champions."""

    def begun_on(self, on: date) -> Self:
        """Those in force on a day or before, the latest last."""
        return self.known_now().filter(starts_on__lte=on).order_by("starts_on", "pk")


class NetworkConditions(Versioned):
    """What a partnership asks of its champions from a day on, until the next version: 0 where nothing is asked."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="network_conditions")
    starts_on = models.DateField()
    meetings_needed = models.PositiveSmallIntegerField(default=0)
    meetings_of = models.PositiveSmallIntegerField(default=0)
    check_in_months = models.PositiveSmallIntegerField(default=0)
    warn_days = models.PositiveSmallIntegerField(default=60)

    objects = NetworkConditionsQuerySet.as_manager()

    class Meta(Versioned.Meta):
        verbose_name_plural = "network conditions"
        constraints = [
            *Versioned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(meetings_needed__lte=F("meetings_of"), meetings_of__lte=12),
                name="no_more_meetings_needed_than_held",
            ),
            models.CheckConstraint(
                condition=Q(check_in_months__lte=36, warn_days__lte=180), name="conditions_in_reach"
            ),
            models.UniqueConstraint(
                fields=["partnership", "starts_on"],
                condition=Q(replaced_at__isnull=True),
                name="one_version_of_conditions_from_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"conditions from {self.starts_on}"


class HandoverQuerySet(ScopedQuerySet):
    """What is left to do where a champion went."""

    def visible_to(self, access: Access) -> Self:
        """Those of the partnerships that one coordinates."""
        coordinated = access.partnerships(Permission.COORDINATE_CHAMPIONS)
        return self._scoped("visible_to").filter(champion__partnership__in=coordinated)

    def open(self) -> Self:
        """Those that wait for the coordinator."""
        return self.exclude(outcome__in=Handover.CLOSED).filter(back_at__isnull=True)


class Handover(models.Model):
    """The task that is left when a champion goes: who comes after them, if anybody. Over when they return."""

    class Why(models.TextChoices):
        """How it came to be."""

        STOOD_DOWN = "stood_down", "They stood down"
        LEFT = "left", "Their post or duty ended on the roster"
        MOVED = "moved", "They moved to another post in the partnership"

    class Wish(models.TextChoices):
        """What was said on standing down of who takes over."""

        KNOWN = "known", "Somebody in the team takes over"
        WANTED = "wanted", "Somebody is needed, and not yet found"
        NOBODY = "nobody", "Nobody is needed there now"

    class Outcome(models.TextChoices):
        """What came of it."""

        WAITING = "waiting", "Waiting for the agency"
        SUCCESSOR = "successor", "A successor has been put forward"
        NOT_NEEDED = "not_needed", "No successor is needed"

    CLOSED = (Outcome.SUCCESSOR, Outcome.NOT_NEEDED)

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    champion = models.ForeignKey(Champion, on_delete=models.CASCADE, related_name="handovers")
    why = models.CharField(max_length=20, choices=Why.choices)
    wish = models.CharField(max_length=20, choices=Wish.choices, blank=True)
    opened_on = models.DateField()
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.CharField(max_length=80, blank=True)
    back_at = models.DateTimeField(null=True, blank=True, help_text="When they returned")

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["opened_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["champion"], condition=Q(back_at__isnull=True), name="one_handover_of_a_champion_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"handover {self.pk}"
