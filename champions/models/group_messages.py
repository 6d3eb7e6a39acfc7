"""What a coordinator writes to some of the champions at once."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from training.access.access import Access
from training.access.scoping import ScopedQuerySet
from training.people.models import Partnership, Person

GROUP_MESSAGES_A_DAY = 3
MOST_AT_ONCE = 500
LONGEST_GROUP_MESSAGE = 1500
GROUP_MESSAGES_KEPT_FOR = timedelta(days=30)


class GroupMessage(models.Model):
    """Words to a group of champions, and to how many they went. Three a day."""

    class Subject(models.TextChoices):
        """The subject of the mail that tells of it."""

        MESSAGE = "A message for you", "A message for you"
        LEARNING = "Learning", "Learning"
        MEETING = "Meeting", "Meeting"

    class Group(models.TextChoices):
        """To whom."""

        LAPSING = "lapsing", "Those with something that ends soon"
        AWAITING = "awaiting", "Those whose manager has not agreed yet"
        DISTRICT = "district", "Active champions of a district"
        ABSENT = "absent", "Those who did not come to a meeting that was for them"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    group = models.CharField(max_length=20, choices=Group.choices)
    subject = models.CharField(max_length=30, choices=Subject.choices)
    words = models.CharField(max_length=LONGEST_GROUP_MESSAGE)
    people = models.PositiveIntegerField(help_text="To how many it went")
    sent_at = models.DateTimeField(db_index=True)
    sent_on = models.DateField()
    number = models.PositiveSmallIntegerField(help_text="Among the partnership's of that day")

    class Meta:
        ordering = ["-sent_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "sent_on", "number"], name="one_group_message_of_a_number_a_day"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=GROUP_MESSAGES_A_DAY),
                name="no_more_than_three_group_messages_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"group message {self.pk}"


class AddressedQuerySet(ScopedQuerySet):
    """Messages as they came to people."""

    def visible_to(self, access: Access) -> Self:
        """One's own."""
        own = Q(person_id=access.person_id) if access.person_id else Q(pk__in=[])
        return self._scoped("visible_to").filter(own)

    def old(self, at: datetime) -> Self:
        """Those that have served."""
        return self.filter(message__sent_at__lt=at - GROUP_MESSAGES_KEPT_FOR)


class Addressed(models.Model):
    """A group message as it came to one of them, with what was filled in. Read on the site, for thirty days."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    message = models.ForeignKey(GroupMessage, on_delete=models.CASCADE, related_name="addressed")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    words = models.TextField()

    objects = AddressedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "addressed"

    def __str__(self) -> str:
        return f"addressed {self.pk}"
