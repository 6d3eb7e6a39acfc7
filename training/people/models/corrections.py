"""'This isn't right': what people say is wrong about their post, and what HR answered."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from training.access.access import Access
from training.access.permissions import Permission
from training.access.scoping import ScopedQuerySet

from .agencies import Agency
from .posts import Person, Post

LONGEST = 300


class CorrectionQuerySet(ScopedQuerySet):
    """Requests, seen by whoever made them and by the HR they were made to."""

    def visible_to(self, access: Access) -> Self:
        """One's own."""
        return self._scoped("visible_to").filter(person__in=access.own_record)

    def to_answer(self, access: Access, agency: Agency, permission: Permission = Permission.MANAGE_ROSTER) -> Self:
        """Those to the agency's HR, if one is that, and not one's own."""
        if not access.may(permission, agency_id=agency.pk):
            return self._scoped("nobody").none()
        return self.within(agency).exclude(person__in=access.records)

    def within(self, agency: Agency) -> Self:
        """Those to one agency's HR."""
        return self._scoped("within").filter(agency=agency)

    def waiting(self) -> Self:
        """Those without an answer."""
        return self.filter(answered_at__isnull=True)


class Correction(models.Model):
    """A dated request that something about one's post or record be put right, and HR's answer."""

    class About(models.TextChoices):
        """What is wrong, coarsely."""

        ROLE = "role", "My job or role"
        TEAM = "team", "My team, place of work or manager"
        DATES = "dates", "When I started, left, or was away"
        AGENCY = "agency", "I do not work for this organisation"
        NAME = "name", "How my name or work email is written"
        JOINED = "joined", "A record that is not mine was joined to mine"
        TRAINING = "training", "My training, or what is asked of me"

    class Answer(models.TextChoices):
        """What HR did."""

        CORRECTED = "corrected", "Put right"
        DECLINED = "declined", "Not changed"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="corrections")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="corrections")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="corrections")
    about = models.CharField(max_length=10, choices=About.choices)
    words = models.CharField(max_length=LONGEST, blank=True)
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answer_words = models.CharField(max_length=LONGEST, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=80, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="a_correction_is_answered_whole",
            ),
            models.CheckConstraint(
                condition=~Q(answer="declined") | ~Q(answer_words=""), name="a_declined_correction_says_why"
            ),
            models.UniqueConstraint(
                fields=["post", "about"],
                condition=Q(answered_at__isnull=True),
                name="one_open_correction_of_a_kind_a_post",
            ),
        ]

    def __str__(self) -> str:
        return f"correction {self.pk}"
