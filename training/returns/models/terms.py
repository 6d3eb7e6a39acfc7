"""What a partnership asks: from which quarter, how soon, which quarters are closed, and what it has called to mind."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from training.audit.versioned import Versioned, VersionedQuerySet
from training.people.models import Partnership

USUAL_DAYS = 28
MOST_DAYS = 90


class ReturnTerms(Versioned):
    """From this quarter on, returns are due so many days after a quarter's end. Without any, none are asked for."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="return_terms")
    quarter_on = models.DateField(help_text="The first day of the first quarter that these are for")
    due_days = models.PositiveSmallIntegerField(
        default=USUAL_DAYS, validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)]
    )

    objects = models.Manager.from_queryset(VersionedQuerySet)()

    class Meta(Versioned.Meta):
        verbose_name_plural = "return terms"
        constraints = [
            *Versioned.Meta.constraints,
            models.UniqueConstraint(
                fields=["partnership", "quarter_on"],
                condition=Q(replaced_at__isnull=True),
                name="one_version_of_terms_from_a_quarter",
            ),
            models.CheckConstraint(
                condition=Q(due_days__gte=1, due_days__lte=MOST_DAYS), name="returns_are_due_before_the_next"
            ),
        ]

    def __str__(self) -> str:
        return f"returns of {self.partnership} from {self.quarter_on}"


class ClosedQuarter(models.Model):
    """A quarter whose figures have been given to the board. What is signed later is a restatement."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="closed_quarters")
    quarter_on = models.DateField()
    closed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "quarter_on"], name="a_quarter_is_closed_once")]

    def __str__(self) -> str:
        return f"{self.quarter_on} of {self.partnership} closed"


class Reminded(models.Model):
    """That agencies were written to about a quarter, once for each of the times at which they are."""

    class When(models.TextChoices):
        """At which times."""

        OPEN = "open", "When it opens"
        SOON = "soon", "A week before it is due"
        LATE = "late", "When it is late"

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    quarter_on = models.DateField()
    when = models.CharField(max_length=8, choices=When.choices)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "reminded"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "quarter_on", "when"], name="agencies_are_reminded_once")
        ]

    def __str__(self) -> str:
        return f"{self.when} for {self.quarter_on}"
