"""The published promise: strategies with their outcome trees, and the figures that evidence them."""

from django.db import models
from django.db.models import F, Q

from training.people.models import Partnership

from .pack import Commitment, Direction, Evidence, Frequency, Source, Status, Unit


def _choices(words: type) -> list[tuple[str, str]]:
    return [(word.value, word.value.replace("_", " ").capitalize()) for word in words]  # type: ignore[attr-defined]


class Indicator(models.Model):
    """A figure that evidences outcomes: what is counted, out of whom, which way is welcome, and what to beware of.

    `measure` says, for coverages, whom and which modules are counted. `is_collected` is whether this release works
    the figure out; one that is not collected is shown as such, never as zero.
    """

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=160)
    unit = models.CharField(max_length=10, choices=_choices(Unit))
    direction = models.CharField(max_length=10, choices=_choices(Direction))
    source = models.CharField(max_length=10, choices=_choices(Source))
    is_collected = models.BooleanField(default=False)
    frequency = models.CharField(max_length=10, choices=_choices(Frequency))
    formula = models.TextField()
    numerator = models.TextField()
    denominator = models.TextField(blank=True)
    logic = models.TextField()
    caution = models.TextField()
    suppress_below = models.PositiveSmallIntegerField(null=True, blank=True)
    measure = models.JSONField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.code


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
    status = models.CharField(max_length=10, choices=_choices(Status))
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


class CoverageBuild(models.Model):
    """A partnership's coverage on a day, counted from facts at one moment: what the board reads.

    For speed alone: dropped and rebuilt from facts at any time (`manage.py rebuild_coverage`). `agencies` are those in
    the partnership on the day, as {code, title, is_silent, is_signed_up}.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="coverage_builds")
    as_at = models.DateField()
    worked_out_at = models.DateTimeField()
    milliseconds = models.PositiveIntegerField(help_text="How long counting took: the worker rests in proportion")
    agencies = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "as_at"], name="one_coverage_build_of_a_day"),
        ]

    def __str__(self) -> str:
        return f"coverage of {self.partnership} on {self.as_at}"


class CoverageCell(models.Model):
    """One cell of a build, exact. What its place and counts mean stands in `coverage.py`.

    The marks say from whom it is hidden; they are set for the whole build together, by `suppress` alone.
    """

    build = models.ForeignKey(CoverageBuild, on_delete=models.CASCADE, related_name="cells")
    group_kind = models.CharField(max_length=12, blank=True)
    group = models.CharField(max_length=40, blank=True)
    scope_kind = models.CharField(max_length=12, blank=True)
    scope = models.CharField(max_length=40, blank=True)
    numerator = models.PositiveIntegerField()
    denominator = models.PositiveIntegerField()
    on_leave = models.PositiveIntegerField(default=0)
    exempt = models.PositiveIntegerField(default=0)
    in_induction = models.PositiveIntegerField(default=0)
    is_hidden_from_board = models.BooleanField()
    is_hidden_from_public = models.BooleanField()
    are_excluded_hidden_from_board = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["build", "group_kind", "group", "scope_kind", "scope"], name="one_coverage_cell_of_a_place"
            ),
            models.CheckConstraint(condition=Q(numerator__lte=F("denominator")), name="in_date_are_among_those_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.numerator} of {self.denominator}"
