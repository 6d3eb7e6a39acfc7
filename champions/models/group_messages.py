"""What a coordinator writes to some of the champions at once."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from training.access.access import Access
from training.access.scoping import ScopedQuerySet
from training.notices.models import Notice
from training.people.models import Locality, Partnership, Person, User

from .meetings import Meeting

GROUP_MESSAGES_A_DAY = 3
LONGEST_GROUP_MESSAGE = 1500
GROUP_MESSAGES_KEPT_FOR = timedelta(days=30)


class GroupMessage(models.Model):
    """Words to a group of champions, and to how many they went. Three a day. The worker writes to them, lot by lot.

    Who is in the group is asked again for each lot, with the eyes of whoever wrote it.
    """

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
    district = models.ForeignKey(Locality, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    subject = models.CharField(max_length=30, choices=Subject.choices)
    words = models.CharField(max_length=LONGEST_GROUP_MESSAGE, blank=True)
    written_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    group_size = models.PositiveIntegerField(default=0, help_text="How many were in the group when it was sent")
    people = models.PositiveIntegerField(default=0, help_text="To how many it has gone")
    told_up_to = models.PositiveBigIntegerField(
        null=True, default=None, help_text="While it goes out: id of the last person of the group who was looked at"
    )
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

    @property
    def is_going_out(self) -> bool:
        """Whether the worker still has to write to some."""
        return self.told_up_to is not None


class AddressedQuerySet(ScopedQuerySet):
    """Messages as they came to people."""

    def visible_to(self, access: Access) -> Self:
        """One's own."""
        own = Q(person_id=access.person_id) if access.person_id else Q(pk__in=[])
        return self._scoped("visible_to").filter(own)

    def on_the_way(self) -> Self:
        """Those whose mail has not left yet."""
        return self.filter(notice__isnull=False, notice__sent_at__isnull=True)

    def old(self, at: datetime) -> Self:
        """Those that have served."""
        return self.filter(message__sent_at__lt=at - GROUP_MESSAGES_KEPT_FOR)


class Addressed(models.Model):
    """A group message as it came to one of them, with what was filled in. Read on the site, for thirty days."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    message = models.ForeignKey(GroupMessage, on_delete=models.CASCADE, related_name="addressed")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    words = models.TextField()
    notice = models.ForeignKey(Notice, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = AddressedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "addressed"
        constraints = [models.UniqueConstraint(fields=["message", "person"], name="a_group_message_comes_to_one_once")]

    def __str__(self) -> str:
        return f"addressed {self.pk}"
