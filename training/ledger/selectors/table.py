"""The read table of standings as it is read for a day, each row with what its post was then."""

from datetime import date

from django.db.models import FilteredRelation, Q

from training.ledger.models import StandingStepQuerySet

WITHHELD = "Name withheld"


def with_term(steps: StandingStepQuerySet, on: date) -> StandingStepQuerySet:
    """The steps of a day, each joined with what its post was on that day as `term`: at most one, for none overlap."""
    runs = Q(post__terms__starts_on__lte=on, post__terms__replaced_at__isnull=True) & (
        Q(post__terms__ends_on__isnull=True) | Q(post__terms__ends_on__gte=on)
    )
    return steps.current_on(on).annotate(term=FilteredRelation("post__terms", condition=runs))
