"""The published promise: a strategy with its tree of outcomes, what evidences them, and its targets."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from training.people.models import Partnership
from training.strategy.pack import Commitment, Evidence, Status

from .indicators import Indicator, choices


class StrategyQuerySet(models.QuerySet):
    """Which strategies are whose business."""

    def published(self) -> Self:
        """Those that anyone may read: all but drafts."""
        return self.exclude(status=Status.DRAFT)


class Strategy(models.Model):
    """A strategy as its pack tells it. A partnership's own shows figures; one of nobody's stands as an example.

    `principles`, `agencies`, `localities` and `services` are what the pack names, kept as it words them; they are not
    the agencies and localities of the people room. `succeeds` is {pack, outcomes}, the earlier refs by ours, or none.
    """

    partnership = models.ForeignKey(
        Partnership, null=True, blank=True, on_delete=models.PROTECT, related_name="strategies"
    )
    pack_id = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    area = models.CharField(max_length=200)
    from_year = models.PositiveSmallIntegerField()
    to_year = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=choices(Status))
    is_endorsed = models.BooleanField(default=False)
    is_fictional = models.BooleanField(default=False)
    note = models.TextField()
    owner_group = models.CharField(max_length=200)
    vision = models.TextField()
    topics = models.JSONField(default=list)
    principles = models.JSONField(default=list)
    agencies = models.JSONField(default=list)
    localities = models.JSONField(default=list)
    services = models.JSONField(default=list)
    succeeds = models.JSONField(null=True, blank=True)
    digest = models.CharField(max_length=64, help_text="Of the pack as it was read, so that a second load is nothing")
    loaded_at = models.DateTimeField()

    objects = StrategyQuerySet.as_manager()

    class Meta:
        ordering = ["-from_year", "title"]
        verbose_name_plural = "strategies"
        constraints = [
            models.CheckConstraint(condition=Q(to_year__gte=F("from_year")), name="strategy_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["partnership"], condition=Q(status="current"), name="one_current_strategy_of_a_partnership"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_historic(self) -> bool:
        """Whether its time is over."""
        return self.status == Status.HISTORIC

    @property
    def is_draft(self) -> bool:
        """Whether only its keepers read it yet."""
        return self.status == Status.DRAFT

    def agencies_that(self, commitment: Commitment) -> list[str]:
        """The names of the agencies that confirmed this about it."""
        return [agency["name"] for agency in self.agencies if agency.get("commitment") == commitment]

    @property
    def adopted_by(self) -> list[str]:
        """The agencies that have confirmed that they adopt it; those still pending are never published."""
        return self.agencies_that(Commitment.ADOPTED)

    @property
    def supported_by(self) -> list[str]:
        """The agencies that have confirmed that they support it."""
        return self.agencies_that(Commitment.SUPPORTING)

    @property
    def years(self) -> str:
        """'2021 to 2024'."""
        return f"{self.from_year} to {self.to_year}"


class FormerStrategy(models.Model):
    """What a strategy said until a moment, whole, as its pack; never of a draft, which binds nobody.

    Rows are only added: the database refuses any change.
    """

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="former")
    content = models.TextField()
    said_from = models.DateTimeField()
    replaced_at = models.DateTimeField()
    replaced_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["-replaced_at", "-pk"]
        verbose_name_plural = "former strategies"
        constraints = [
            models.CheckConstraint(
                condition=Q(replaced_at__gte=F("said_from")), name="strategy_was_said_before_it_was_replaced"
            )
        ]

    def __str__(self) -> str:
        return f"{self.strategy} until {self.replaced_at:%Y-%m-%d %H:%M}"


class Priority(models.Model):
    """What the strategy puts first."""

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="priorities")
    ref = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "priorities"
        constraints = [models.UniqueConstraint(fields=["strategy", "ref"], name="priority_ref_once_a_strategy")]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"


class Objective(models.Model):
    """A step towards a priority."""

    priority = models.ForeignKey(Priority, on_delete=models.CASCADE, related_name="objectives")
    ref = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["priority", "ref"], name="objective_ref_once_a_priority")]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"


class Outcome(models.Model):
    """A change that the strategy promises, and how far a workforce record can evidence it.

    `own_indicators` are the signs that the strategy's own framework looks for, as its pack words them.
    """

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="outcomes")
    ref = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    evidence = models.CharField(
        max_length=1,
        choices=[
            (Evidence.DIRECT.value, "Shown directly"),
            (Evidence.INDIRECT.value, "Shown in part"),
            (Evidence.NONE.value, "Not shown by training records"),
        ],
    )
    nice = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=60, blank=True)
    own_indicators = models.JSONField(default=list, blank=True)
    indicators = models.ManyToManyField(Indicator, through="OutcomeIndicator", related_name="outcomes")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["objective", "ref"], name="outcome_ref_once_an_objective")]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"


class OutcomeIndicator(models.Model):
    """An indicator that evidences an outcome, in the pack's order."""

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="links")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="links")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["outcome", "indicator"], name="indicator_once_an_outcome")]

    def __str__(self) -> str:
        return f"{self.indicator} for {self.outcome}"


class Target(models.Model):
    """The figure a strategy aims for."""

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="targets")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets")
    value = models.IntegerField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["strategy", "indicator"], name="one_target_of_an_indicator")]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"
