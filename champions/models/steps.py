"""Read tables for speed alone: where champions stand from day to day, and how many posts a workplace has."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from champions.status import Status
from training.access.access import Access
from training.access.permissions import Permission
from training.access.scoping import ScopedQuerySet
from training.people.models import Agency, Locality, Partnership, Person, Post, Workplace

from .champions import Champion


class ChampionStepQuerySet(ScopedQuerySet):
    """Where champions stand. What is counted here is the same for everybody who counts it."""

    def visible_to(self, access: Access) -> Self:
        """Those of the partnerships that one coordinates."""
        return self._scoped("visible_to").filter(partnership__in=access.partnerships(Permission.COORDINATE_CHAMPIONS))

    def current_on(self, on: date) -> Self:
        """What holds on this day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)

    def active(self) -> Self:
        """Active champions, those who lapse soon included."""
        return self.filter(status__in=[each for each in Status if each.is_active])


class ChampionStep(models.Model):
    """A longest run of days with one status at one place, by the facts known when it was worked out.

    Dropped and rebuilt from facts at any time (`manage.py rebuild_champions`). Days to come are in it, so that no
    nightly job turns 'active' into 'lapsing'. `post` is where they are a champion, or were.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    champion = models.ForeignKey(Champion, null=True, on_delete=models.CASCADE, related_name="steps")
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    workplace = models.ForeignKey(Workplace, null=True, on_delete=models.CASCADE, related_name="+")
    locality = models.ForeignKey(Locality, null=True, on_delete=models.SET_NULL, related_name="+")
    status = models.CharField(max_length=20, choices=[(each.value, each.label) for each in Status])
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="The last day")
    is_community = models.BooleanField(default=False)

    objects = ChampionStepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "person", "starts_on"], name="one_step_of_a_champion_from_a_day"
            )
        ]
        indexes = [models.Index(fields=["partnership", "status", "starts_on"], name="champion_step_by_status")]

    def __str__(self) -> str:
        return f"{self.status} from {self.starts_on}"


class StaffCount(models.Model):
    """How many of an agency's posts run in a district, on the day of its mark.

    The roster of community champions has none: they are nobody's staff.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    locality = models.ForeignKey(Locality, null=True, on_delete=models.CASCADE, related_name="+")
    posts = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.posts} posts"


class WorkplaceCount(models.Model):
    """How many posts run at a workplace, on the day of its agency's mark: no row where nobody works."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    workplace = models.OneToOneField(Workplace, on_delete=models.CASCADE, related_name="+")
    locality = models.ForeignKey(Locality, null=True, on_delete=models.SET_NULL, related_name="+")
    posts = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.posts} posts"


class StepMark(models.Model):
    """Up to which change of an agency's standings its part of these tables is worked out; none: to be done anew."""

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="+")
    changes = models.PositiveBigIntegerField(null=True)
    counted_on = models.DateField(null=True, help_text="The day for which its posts are counted")

    def __str__(self) -> str:
        return f"up to change {self.changes}"
