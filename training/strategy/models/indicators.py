"""The figures that evidence outcomes, and what each of them means."""

from django.db import models

from training.access.roles import ROLES
from training.strategy.pack import Direction, Frequency, Owner, Source, Unit


def choices(words: type) -> list[tuple[str, str]]:
    """The words as a field's choices."""
    return [(word.value, word.value.replace("_", " ").capitalize()) for word in words]  # type: ignore[attr-defined]


class Indicator(models.Model):
    """A figure that evidences outcomes: what is counted, out of whom, which way is welcome, and what to beware of.

    `measure` says, for coverages, whom and which modules are counted. `is_collected` is whether this release works
    the figure out; one that is not collected is shown as such, never as zero.
    """

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=160)
    unit = models.CharField(max_length=10, choices=choices(Unit))
    direction = models.CharField(max_length=10, choices=choices(Direction))
    source = models.CharField(max_length=10, choices=choices(Source))
    is_collected = models.BooleanField(default=False)
    frequency = models.CharField(max_length=10, choices=choices(Frequency))
    owner = models.CharField(max_length=30, choices=choices(Owner), default=Owner.PARTNERSHIP.value)
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

    @classmethod
    def titles(cls) -> dict[str, str]:
        """Of every indicator, by code."""
        return dict(cls.objects.values_list("code", "title"))

    @property
    def is_from_outside(self) -> bool:
        """Whether its values are given, by form or by file, and not worked out here."""
        return self.source != Source.COMPUTED

    @property
    def per(self) -> int:
        """For every so many a ratio is told."""
        return 1000 if self.source == Source.COMPUTED else 100

    @property
    def answered_for_by(self) -> str:
        """The role that answers for it, in words."""
        return ROLES[self.owner].title
