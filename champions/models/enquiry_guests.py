"""Specialists from outside who are asked to answer an enquiry by a link of their own."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from .enquiries import LONGEST_ENQUIRY, Enquiry

SPECIALIST_LINK_LASTS = timedelta(days=14)


class EnquiryGuestQuerySet(models.QuerySet["EnquiryGuest"]):
    """Specialists who were asked."""

    def asked(self) -> Self:
        """Those who have neither answered nor been told no more; their time may be over."""
        return self.filter(answered_at__isnull=True, withdrawn_at__isnull=True)

    def open(self, at: datetime) -> Self:
        """Those whose link works: while the enquiry itself waits for an answer."""
        waits = Q(
            enquiry__answered_at__isnull=True, enquiry__decided_at__isnull=True, enquiry__withdrawn_at__isnull=True
        )
        return self.asked().filter(waits, open_until__gt=at)

    def take_back(self, at: datetime) -> None:
        """Ask them no longer: what was put to them, and their address, go at once."""
        self.asked().update(withdrawn_at=at, address="", question="")


class EnquiryGuest(models.Model):
    """A specialist who is asked by address, in the coordinator's words. All of it goes with the enquiry."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="guests")
    address = models.EmailField(blank=True, help_text="In small letters; gone once the question is taken back")
    question = models.CharField(max_length=LONGEST_ENQUIRY, blank=True, help_text="As it is put to them")
    token_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80)
    open_until = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = EnquiryGuestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry"],
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="one_specialist_is_asked_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(address="", question=""),
                name="a_question_taken_back_from_a_specialist_keeps_no_words",
            ),
        ]

    def __str__(self) -> str:
        return f"enquiry guest {self.pk}"
