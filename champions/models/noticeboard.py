"""The noticeboard: threads that the coordinator opens, what champions say in them, and concerns about it."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from training.access.access import Access
from training.access.permissions import Permission
from training.access.scoping import ScopedQuerySet
from training.people.models import Partnership

from .blocks import kept_apart
from .champions import Champion, OfChampionQuerySet

LONGEST_CONTRIBUTION = 1500
CONTRIBUTIONS_A_DAY = 10
TRUSTED_FROM = 3
CHANGED_WITHIN = timedelta(minutes=15)
CONTRIBUTIONS_KEPT_FOR = timedelta(days=365)


class Thread(models.Model):
    """What is talked about, as the coordinator lists it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="threads")
    title = models.CharField(max_length=100)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-id"]

    def __str__(self) -> str:
        return f"thread {self.pk}"


class ContributionQuerySet(ScopedQuerySet):
    """What was said. Between two of whom one keeps the other away nothing is shown, nor what answers it."""

    def visible_to(self, access: Access) -> Self:
        """One's own."""
        own = Q(author__person_id=access.person_id) if access.person_id else Q(pk__in=[])
        return self._scoped("visible_to").filter(own)

    def read_by(self, access: Access, partnership: Partnership) -> Self:
        """What a champion of the partnership reads: what is shown, and their own."""
        own = Q(author__person_id=access.person_id) if access.person_id else Q(pk__in=[])
        found = self._scoped("read_by").filter(own | Q(shown_at__isnull=False, removed_at__isnull=True))
        apart = kept_apart(access).order_by().values("pk")
        found = found.filter(thread__partnership=partnership).exclude(author__person__in=apart)
        return found.exclude(answers_to__author__person__in=apart)

    def moderated_by(self, access: Access) -> Self:
        """What a coordinator judges. Who keeps them away is judged by another coordinator."""
        coordinated = access.partnerships(Permission.COORDINATE_CHAMPIONS)
        theirs = Champion.objects.everywhere(reason="subquery: who does not keep this one away")
        theirs = theirs.filter(partnership__in=coordinated).not_keeping_away(access)
        found = self._scoped("moderated_by").filter(author__in=theirs, removed_at__isnull=True)
        return found.filter(Q(answers_to__isnull=True) | Q(answers_to__author__in=theirs))

    def waiting(self) -> Self:
        """Those that nobody has let through yet."""
        return self.filter(shown_at__isnull=True, removed_at__isnull=True)

    def old(self, at: datetime) -> Self:
        """Those that have served."""
        return self.filter(said_at__lt=at - CONTRIBUTIONS_KEPT_FOR)


class Contribution(models.Model):
    """What a champion says on the noticeboard, or answers there. Plain words; those of what is removed go at once."""

    class Why(models.TextChoices):
        """Why it was removed."""

        PERSON = "person", "It says who somebody is"
        ELSEWHERE = "elsewhere", "It belongs somewhere else"
        UNKIND = "unkind", "It is unkind"
        OTHER = "other", "Another reason: ask your coordinator"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="contributions")
    author = models.ForeignKey(Champion, on_delete=models.CASCADE, related_name="contributions")
    answers_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="answers")
    words = models.CharField(max_length=LONGEST_CONTRIBUTION, blank=True)
    said_at = models.DateTimeField(db_index=True)
    said_on = models.DateField()
    number = models.PositiveSmallIntegerField(help_text="Among the author's of that day")
    shown_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_why = models.CharField(max_length=20, choices=Why.choices, blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ["said_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["author", "said_on", "number"], name="one_contribution_of_a_number_a_day"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=CONTRIBUTIONS_A_DAY), name="no_more_than_ten_contributions_a_day"
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(words=""), name="a_removed_contribution_keeps_no_words"
            ),
        ]

    def __str__(self) -> str:
        return f"contribution {self.pk}"

    def may_change(self, at: datetime) -> bool:
        """Whether its author can still change it."""
        return self.removed_at is None and at < self.said_at + CHANGED_WITHIN


class Concern(models.Model):
    """That a champion says that a contribution should not be there. Its author is not told who said so."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="concerns")
    champion = models.ForeignKey(Champion, on_delete=models.CASCADE, related_name="+")
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = OfChampionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contribution", "champion"], name="one_concern_of_a_champion")]

    def __str__(self) -> str:
        return f"concern {self.pk}"
