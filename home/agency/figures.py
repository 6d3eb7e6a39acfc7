"""An agency's headline figures on a day, each with what it is counted from."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Exists, OuterRef, Value, When
from django.db.models.functions import Coalesce

from training.ledger.models import StandingStep
from training.ledger.selectors import Tally, tally
from training.people.models import Agency, Post

from .listing import falls_due

AHEAD = (30, 60, 90)
NOT_SOON = 1000
# Of somebody with several records here, the first
HOLDER = Coalesce("employment__person__same_as", "employment__person")


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
    """In two queries, neither of which sorts the standings of a large agency to tell them apart."""
    steps = StandingStep.objects.within(agency).current_on(on).order_by()
    soonest = Case(*(When(falls_due(on, days), then=Value(days)) for days in AHEAD), default=Value(NOT_SOON))
    rows = list(steps.values_list("state", "is_valid", "is_required", soonest).annotate(count=Count("pk")))
    asked = StandingStep.objects.everywhere(reason="of posts of one agency").current_on(on).filter(post=OuterRef("pk"))
    posts = Post.objects.within(agency).filter(Exists(asked))
    found = posts.aggregate(posts=Count("pk"), people=Count(HOLDER, distinct=True))
    due = tuple(Due(days, sum(count for *_, within, count in rows if within <= days)) for days in AHEAD)
    return Headline(found["posts"], found["people"], tally((*state, count) for *state, _, count in rows), due)
