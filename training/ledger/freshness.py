"""How true the read table of standings is: up to which moment, and how many people's figures are still on their way."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min

from .rebuild import refresh_stale, stale_marks
from .selectors.summary import PERSON

SETTLES = timedelta(minutes=2)
"""What is recorded is known from the moment at which its writing began. No writing takes so long: a file of 100,000
rows takes half a minute, from its own moment on. So what was known at an earlier moment stays the same for ever."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """All that was known before `as_of` is in the table; the figures of so many wait to be worked out again."""

    as_of: datetime
    posts: int = 0
    people: int = 0


def brought_up_to_date(*, at: datetime, **whose: Any) -> Freshness:
    """Work out anew what is stale of an `agency`, a `person` or of `posts`; how true the table then is of them.

    As much as somebody can wait for: what a roster or a change of a rule leaves over is the worker's, and is counted.
    """
    found = freshness(at=at, **whose)
    if not found.posts:
        return found
    refresh_stale(at=at, **whose)  # it may find that the worker has done it all meanwhile
    return freshness(at=at, **whose)


def freshness(*, at: datetime, **whose: Any) -> Freshness:
    """How true the table is at this moment; one query."""
    marks = stale_marks(**whose).order_by()
    found = marks.aggregate(since=Min("first_marked_at"), posts=Count("pk"), people=Count(PERSON, distinct=True))
    return Freshness(found.pop("since") or at, **found)
