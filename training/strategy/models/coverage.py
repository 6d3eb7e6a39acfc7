"""The read table of coverage: what the board reads, dropped and rebuilt from facts at any time."""

from django.db import models
from django.db.models import F, Q

from training.people.models import Partnership


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

    The marks say from whom it is hidden, and whether then it is hidden of how many, too; they are set for the whole
    build together, by `figures.marks` alone.
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
    value = models.FloatField(null=True, blank=True)
    is_hidden_from_board = models.BooleanField()
    is_hidden_from_public = models.BooleanField()
    are_excluded_hidden_from_board = models.BooleanField()
    is_asked_hidden_from_board = models.BooleanField(default=True)
    is_asked_hidden_from_public = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["build", "group_kind", "group", "scope_kind", "scope"], name="one_coverage_cell_of_a_place"
            ),
            models.CheckConstraint(condition=Q(numerator__lte=F("denominator")), name="in_date_are_among_those_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.numerator} of {self.denominator}"
