"""Links by which holders show their passports, and what was seen through them."""

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from certificates import code
from training.access.access import Access
from training.access.scoping import ScopedQuerySet
from training.people.models import Person


class ShareQuerySet(ScopedQuerySet):
    """Links are their holder's; whoever has one may follow it while it runs."""

    def visible_to(self, access: Access) -> Self:
        """One's own."""
        return self._scoped("visible_to").filter(person_id__in=access.own_record)

    def of(self, person: Person) -> Self:
        """Those that one person made."""
        return self._scoped("of").filter(person=person)

    def of_all_records(self, person: Person) -> Self:
        """Those that one person made, under whichever of their records: each may show what the others have earned."""
        theirs = Q(person=person.pk)
        if person.same_as_id is not None:
            theirs |= Q(person__same_as=person.same_as_id)
        return self._scoped("of_all_records").filter(theirs)

    def with_code(self, plain: str) -> Self:
        """The one with this code, for whoever has it."""
        return self._scoped("with_code").filter(code=plain)

    def running(self, on: date) -> Self:
        """Those that nobody has ended, and whose last day is not over."""
        return self.filter(ended_at__isnull=True, last_on__gte=on)


class Share(models.Model):
    """A link that a holder made: to which modules, until which day, unless ended before.

    Whoever has it knows the holder by the names that it was made with. Once the holder is called another way it opens
    nothing: it would lead from the old name to the new, or go on telling the old one.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="passport_shares")
    code = models.CharField(max_length=code.LENGTH, unique=True)
    label = models.CharField(max_length=60, blank=True, help_text="For whom it was made, in the holder's words")
    modules = models.JSONField(default=list, help_text="Ids of modules; none: all of them")
    names = models.JSONField(
        default=list, help_text="The names that it may show; the first as printed when it was made"
    )
    roster_name = models.CharField(max_length=250, default="", help_text="What the roster called the holder then")
    last_on = models.DateField(help_text="The last day on which it opens anything")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("made_at")), name="share_ended_after_made"
            )
        ]

    def __str__(self) -> str:
        return f"share {self.uid}"

    def get_absolute_url(self) -> str:
        """Its holder's page about it."""
        return reverse("passport-share", args=[self.uid])

    @property
    def opening(self) -> str:
        """What it leads to, for whoever has it."""
        return reverse("passport-opened", args=[self.code])

    def runs_on(self, day: date) -> bool:
        """Whether nobody has ended it, and its last day is not over."""
        return self.ended_at is None and day <= self.last_on

    def is_for(self, name: str, *, on_roster: str) -> bool:
        """Whether its holder, whose name is printed and stands on the roster as given, is still called as then."""
        return name in self.names and on_roster == self.roster_name


class ViewingQuerySet(ScopedQuerySet):
    """What was seen is told to the holder alone."""

    def visible_to(self, access: Access) -> Self:
        """Through one's own links."""
        return self._scoped("visible_to").filter(share__person_id__in=access.own_record)

    def through(self, share: Share) -> Self:
        """Through one link, for its holder."""
        return self._scoped("through").filter(share=share)


class Viewing(models.Model):
    """One look through a link: when, and at which modules. Nothing of who looked."""

    class What(models.TextChoices):
        """How it was looked at."""

        PAGE = "page", "Looked at"
        FILE = "file", "Taken as a file"
        ACCEPTED = "accepted", "Accepted by an agency"
        ACCEPTED_AS = "as_other", "Accepted by an agency for somebody whom its roster has under another name"

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="viewings")
    what = models.CharField(max_length=10, choices=What.choices)
    modules = models.JSONField(default=list)
    seen_at = models.DateTimeField()

    objects = ViewingQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"viewing {self.pk}"
