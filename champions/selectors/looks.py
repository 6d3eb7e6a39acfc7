"""How much was looked at in the directory: for a champion their own card's count, for the coordinator the busy days."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from champions.models import CardLook, Champion, ReaderDay
from champions.selectors.facts import members
from training.people.models import Partnership, Term

MANY_LOOKS = 40
MANY_CARDS = 150


@dataclass(frozen=True, slots=True)
class BusyDay:
    """A day on which one reader looked at a lot. Not who: their agency, and a mark by which the site's keeper knows."""

    day: date
    agency: str
    mark: str
    looks: int
    cards: int


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A day of the directory: how many looks there were, by how many readers."""

    day: date
    looks: int
    readers: int


def shown_by_day(champion: Champion, *, on: date) -> tuple[tuple[date, int], ...]:
    """How often a champion's card was shown on each day that it was, newest first. To whom is not kept."""
    rows = CardLook.objects.of(champion).filter(day__lte=on).order_by("-day")
    return tuple(rows.values("day").annotate(times=Count("pk")).values_list("day", "times"))


def looked_at(partnership: Partnership, *, on: date) -> tuple[tuple[LookedAt, ...], tuple[BusyDay, ...]]:
    """The days of the directory as readers of a partnership's agencies used it, and the busy days of single readers."""
    posts = Term.objects.everywhere(reason="readers of the directory").known_now().current_on(on)
    here = posts.filter(post__employment__agency__in=members(partnership, on))
    why = "the coordinator looks whether the directory is copied"
    rows = ReaderDay.objects.everywhere(reason=why).filter(
        day__lte=on, user__person__in=here.values("post__employment__person")
    )
    days: dict[date, list[ReaderDay]] = {}
    for row in rows.select_related("user").order_by("-day", "pk"):
        days.setdefault(row.day, []).append(row)
    totals = tuple(LookedAt(day, sum(row.looks for row in read), len(read)) for day, read in days.items())
    busy = [row for read in days.values() for row in read if row.looks >= MANY_LOOKS or row.cards >= MANY_CARDS]
    titles = (
        {} if not busy else dict(here.values_list("post__employment__person__user", "post__employment__agency__title"))
    )
    return totals, tuple(
        BusyDay(row.day, titles[row.user_id], str(row.user.uid)[:8], row.looks, row.cards) for row in busy
    )
