"""What is asked of the network, and the answers that it keeps."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from champions.words import stems
from training.access.access import Access
from training.access.permissions import Permission
from training.access.scoping import ScopedQuerySet
from training.people.models import Partnership, Person

from .blocks import Identity, kept_apart
from .champions import Champion

ENQUIRIES_A_DAY = 3
LONGEST_ENQUIRY = 600
LONGEST_ANSWER = 2000
TAKEN_FOR = timedelta(days=3)
CLOSED_KEPT_FOR = timedelta(days=30)
OPEN_FOR = timedelta(days=60)


def free_at(at: datetime) -> Q:
    """Those that nobody has taken, or somebody took and left."""
    return Q(taken_at__isnull=True) | Q(taken_at__lt=at - TAKEN_FOR)


class EnquiryQuerySet(ScopedQuerySet):
    """Enquiries. Whose they are, only their own askers see."""

    def visible_to(self, access: Access) -> Self:
        """Those that one asked."""
        own = Q(asker_id=access.person_id) if access.person_id else Q(pk__in=[])
        return self._scoped("visible_to").filter(own, withdrawn_at__isnull=True)

    def coordinated_by(self, access: Access) -> Self:
        """Those of the networks that one looks after. They are shown without who asked and who answered."""
        coordinated = access.partnerships(Permission.COORDINATE_CHAMPIONS)
        return self._scoped("coordinated_by").filter(partnership__in=coordinated, withdrawn_at__isnull=True)

    def for_champion(self, access: Access, champion: Champion | None, *, at: datetime) -> Self:
        """Those that a champion may answer: free ones and what they took, none between two who are kept apart."""
        found = self._scoped("for_champion").open()
        mine = Q(taken_by=champion) if champion else Q(pk__in=[])
        found = found.filter(free_at(at) | mine).exclude(asker__in=Identity.of(access).records)
        return found.exclude(asker__in=kept_apart(access).order_by().values("pk"))

    def open(self) -> Self:
        """Those that are neither answered, declined nor taken back."""
        return self.filter(answered_at__isnull=True, decided_at__isnull=True, withdrawn_at__isnull=True)

    def undecided(self) -> Self:
        """Those that the coordinator can still close."""
        return self.filter(decided_at__isnull=True, withdrawn_at__isnull=True)

    def old(self, at: datetime) -> Self:
        """Those that have served."""
        closed = Q(decided_at__lt=at - CLOSED_KEPT_FOR) | Q(withdrawn_at__lt=at - CLOSED_KEPT_FOR)
        return self.filter(closed | Q(decided_at__isnull=True, asked_at__lt=at - OPEN_FOR))


class Enquiry(models.Model):
    """Something that was asked of the network. A champion answers, the coordinator reads it over, the asker gets it."""

    class Decision(models.TextChoices):
        """How it was closed."""

        KEPT = "kept", "Send the answer and keep both, without names"
        SENT = "sent", "Send the answer and keep nothing"
        DECLINED = "declined", "It cannot be answered here"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    asker = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="enquiries")
    words = models.CharField(max_length=LONGEST_ENQUIRY, blank=True)
    asked_at = models.DateTimeField(db_index=True)
    asked_on = models.DateField()
    number = models.PositiveSmallIntegerField(help_text="Among the asker's of that day")
    taken_by = models.ForeignKey(Champion, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=LONGEST_ANSWER, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        verbose_name_plural = "enquiries"
        constraints = [
            models.UniqueConstraint(fields=["asker", "asked_on", "number"], name="one_enquiry_of_a_number_a_day"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=ENQUIRIES_A_DAY), name="no_more_than_three_enquiries_a_day"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(words="", answer=""),
                name="an_enquiry_taken_back_keeps_no_words",
            ),
        ]

    def __str__(self) -> str:
        return f"enquiry {self.pk}"

    @property
    def state(self) -> str:
        """For the one who asked, who is not told how far it is with whom."""
        if not self.decided_at:
            return "Waits for an answer"
        return "Cannot be answered here" if self.decision == self.Decision.DECLINED else "Answered"

    @property
    def is_declined(self) -> bool:
        """Whether it was closed without an answer."""
        return self.decision == self.Decision.DECLINED


class KeptAnswerQuerySet(models.QuerySet["KeptAnswer"]):
    """Answers that are kept. They are nobody's."""

    def standing(self) -> Self:
        """Those that hold."""
        return self.filter(withdrawn_at__isnull=True)


class KeptAnswer(models.Model):
    """An enquiry and its answer, read over by the coordinator and kept for all, without who asked or answered."""

    class SaidBy(models.TextChoices):
        """Who answered."""

        CHAMPION = "champion", "A champion"
        SPECIALIST = "specialist", "A specialist"
        COORDINATOR = "coordinator", "The coordinator"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=LONGEST_ENQUIRY)
    answer = models.CharField(max_length=LONGEST_ANSWER)
    said_by = models.CharField(max_length=20, choices=SaidBy.choices)
    kept_on = models.DateField()
    stems = models.TextField(help_text="By which it is found")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = KeptAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["-kept_on", "-id"]

    def __str__(self) -> str:
        return f"kept answer {self.pk}"

    @property
    def title(self) -> str:
        """The question, short."""
        return self.question if len(self.question) <= 120 else f"{self.question[:117]}..."

    def find_by(self) -> str:
        """The stems of its words, to be kept beside them."""
        return f" {' '.join(stems(f'{self.question} {self.answer}'))} "
