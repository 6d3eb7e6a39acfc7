"""What the survey says of a course, for its authors: of ten people or more, and so that no two looks give anybody away.

A month counts once it is over, and only together with so many further months that at least ten people more are in it:
whoever subtracts yesterday's figures from today's is left with ten people, or with nothing.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from courses.models import CoursePage, SurveyCount
from training.strategy.suppress import SMALLEST_WHOLE

Pairs = Counter[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Confidence:
    """How sure the same people felt before and after, as a tap from 1 to 5; `moved_up` by one tap or more."""

    people: int
    mean_before: float
    mean_after: float
    moved_up: int


def confidence(course: CoursePage, *, on: date) -> dict[str, Confidence]:
    """By statement, what the course's answers tell on this day; one that too few have answered is left out."""
    months: dict[str, dict[date, Pairs]] = {}
    rows = SurveyCount.objects.filter(course=course, month__lt=on.replace(day=1)).order_by("month")
    for statement, month, before, after, people in rows.values_list("statement", "month", "before", "after", "people"):
        months.setdefault(statement, {}).setdefault(month, Counter())[(before, after)] += people
    told = {statement: released(by_month.values()) for statement, by_month in months.items()}
    return {statement: _confidence(pairs) for statement, pairs in told.items() if pairs}


def released(months: Iterable[Pairs]) -> Pairs:
    """The months in order, added up in batches of at least ten people; the last, smaller batch waits."""
    told: Pairs = Counter()
    batch: Pairs = Counter()
    for month in months:
        batch += month
        if batch.total() >= SMALLEST_WHOLE:
            told += batch
            batch = Counter()
    return told


def _confidence(pairs: Pairs) -> Confidence:
    people = pairs.total()
    return Confidence(
        people=people,
        mean_before=sum(before * n for (before, _), n in pairs.items()) / people,
        mean_after=sum(after * n for (_, after), n in pairs.items()) / people,
        moved_up=sum(n for (before, after), n in pairs.items() if after > before),
    )
