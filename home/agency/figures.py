"""An agency's headline figures on a day, each with what it is counted from."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from training.ledger.models import StandingStep
from training.ledger.selectors import Tally, tally
from training.ledger.selectors.summary import PERSON
from training.people.models import Agency

from .listing import falls_due

AHEAD = (30, 60, 90)


@dataclass(frozen=True, slots=True)
class Due:
    """How many things fall due within so many days, the sooner ones among them."""

    days: int
    count: int


@dataclass(frozen=True, slots=True)
class Headline:
    """`posts` and `people` are those of whom something is or will be asked."""

    posts: int
    people: int
    whole: Tally
    due: tuple[Due, ...]


def headline(agency: Agency, *, on: date) -> Headline:
    """In two queries."""
    steps = StandingStep.objects.within(agency).current_on(on).order_by()
    ahead = {f"due_{days}": Count("pk", filter=falls_due(on, days)) for days in AHEAD}
    found = steps.aggregate(posts=Count("post", distinct=True), people=Count(PERSON, distinct=True), **ahead)
    rows = steps.values_list("state", "is_valid", "is_required").annotate(count=Count("pk"))
    due = tuple(Due(days, found[f"due_{days}"]) for days in AHEAD)
    return Headline(found["posts"], found["people"], tally(rows), due)
