"""The directory: whom one may find, the most useful first, fairly spread, and the next best where nobody fits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import and_

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Mod

from champions.models import KEPT_FOR, MOST_WAITING, Champion, ChampionOffer, ChampionQuerySet, ContactRequest
from champions.offers import Day, Language, OfferKind
from champions.selectors.circles import WHY, Circle, circles_of, partnerships_of, terms_of
from champions.selectors.searching import Search, Wishes
from training.access.access import Access
from training.people.kinds import AgencyKind
from training.people.models import Agency, Locality, Membership, Partnership

__all__ = ["Choices", "Found", "Search", "choices", "circles_of", "directory", "findable", "found", "partnerships_of"]

PER_PAGE = 12
MOST_PAGES = 8
ROUND = 1009  # a prime: the day turns the order round it
TURN = 7919
DUE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the directory can be narrowed to."""

    localities: tuple[tuple[int, str], ...]
    agency_kinds: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One page of champions, the first wishes met by all of them unless it is the next best. No total is ever told."""

    champions: tuple[Champion, ...]
    page: int
    has_more: bool
    is_next_best: bool = False
    wishes: int = 0


def findable(access: Access, circles: Iterable[Circle], *, on: date) -> ChampionQuerySet:
    """Who chose to be listed, holds the duty on a running post, and does not keep this one away."""
    anywhere = Q(pk__in=[])
    for circle in circles:
        posts = terms_of(circle.partnership, on=on)
        anywhere |= Q(partnership=circle.partnership, person__in=posts.values("post__employment__person"))
    rows = Champion.objects.everywhere(reason=WHY).filter(anywhere).listed().not_keeping_away(access)
    return rows.select_related("profile", "person", "partnership")


def directory(access: Access, circles: Iterable[Circle], search: Search, *, on: date, at: datetime) -> ChampionQuerySet:
    """Who may be asked now and meets every wish, in order."""
    wishes = Wishes(search, circles, on=on)
    met = reduce(and_, wishes.all(), Q())
    return _in_order(_awake(findable(access, circles, on=on), on=on).filter(met), wishes, at=at)


def found(access: Access, circles: Iterable[Circle], search: Search, *, page: int, on: date, at: datetime) -> Found:
    """A page of those who fit; where nobody does, of the others, those first who meet the most wishes."""
    page = max(1, min(page, MOST_PAGES))
    rows = _page(directory(access, circles, search, on=on, at=at), page)
    if rows or search.is_blank or page > 1:
        return _found(rows, page)
    wishes = Wishes(search, circles, on=on)
    each = wishes.all()
    met = sum((Case(When(wish, then=1), default=0) for wish in each), Value(0))
    others = _awake(findable(access, circles, on=on), on=on).annotate(met=met)
    rows = _page(_in_order(others, wishes, "-met", at=at), page)
    return _found(rows, page, is_next_best=True, wishes=len(each))


def _page(rows: ChampionQuerySet, page: int) -> list[Champion]:
    """A page and one more, to know whether another follows."""
    return list(rows[(page - 1) * PER_PAGE : page * PER_PAGE + 1])


def _found(rows: list[Champion], page: int, *, is_next_best: bool = False, wishes: int = 0) -> Found:
    has_more = len(rows) > PER_PAGE and page < MOST_PAGES and not is_next_best
    return Found(tuple(rows[:PER_PAGE]), page, has_more, is_next_best, wishes)


def _awake(rows: ChampionQuerySet, *, on: date) -> ChampionQuerySet:
    """Without those who rest, and those with as many requests waiting as one can carry."""
    waiting = ContactRequest.objects.everywhere(reason="how many wait, not whose").waiting().order_by()
    full = waiting.values("champion").annotate(count=Count("pk")).filter(count__gte=MOST_WAITING)
    rests = Q(profile__rests_until__gte=on)
    return rows.exclude(rests).exclude(pk__in=full.values("champion"))


def _in_order(rows: ChampionQuerySet, wishes: Wishes, *first: str, at: datetime) -> ChampionQuerySet:
    """Useful first: of the very district, then who works today, answers, and was asked least of late.

    The rest is by a turn that moves on with each day.
    """
    on = wishes.on
    here = wishes.here()
    turn = Mod(F("pk") * TURN + on.toordinal() * 31, ROUND)
    rows = rows.annotate(
        here=Case(When(here, then=1), default=0) if here else Value(0),
        load=_asked_of_late(at) - Case(When(wishes.works_on(Day.values[min(on.weekday(), 5)]), then=1), default=0),
        turn=turn,
    )
    return rows.order_by(*first, "-here", "load", "turn", "pk")


def _asked_of_late(at: datetime) -> Coalesce:
    """How often they were asked in thirty days; what they left without an answer counts twice."""
    asked = ContactRequest.objects.everywhere(reason="how often a champion was asked of late, not by whom")
    late = asked.filter(champion=OuterRef("pk"), asked_at__gte=at - KEPT_FOR).order_by().values("champion")
    left = Q(asked_at__lt=at - DUE, replied_at__isnull=True, deleted_at__isnull=True)
    counted = late.annotate(load=Count("pk") + Count("pk", filter=left))
    return Coalesce(Subquery(counted.values("load")), 0)


def choices(partnerships: Iterable[Partnership], *, on: date) -> Choices:
    """The districts and kinds of agency of some partnerships. Two queries."""
    running = Membership.objects.known_now().current_on(on).filter(partnership__in=partnerships)
    kinds = Agency.objects.filter(pk__in=running.values("agency")).order_by().values_list("kind", flat=True).distinct()
    localities = Locality.objects.filter(partnership__in=partnerships)
    return Choices(
        tuple(localities.values_list("pk", "title")),
        tuple(sorted(((kind, str(AgencyKind(kind).label)) for kind in kinds), key=lambda it: it[1])),
    )


def languages(access: Access, circles: Iterable[Circle], search: Search, *, on: date) -> tuple[tuple[str, str], ...]:
    """The languages of those who meet the wishes, for the next choice. One query."""
    wishes = Wishes(search, circles, on=on)
    met = reduce(and_, wishes.all(), wishes.shows("languages"))
    rows = _awake(findable(access, circles, on=on), on=on).filter(met)
    spoken = ChampionOffer.objects.everywhere(reason=WHY).filter(kind=OfferKind.LANGUAGE)
    codes = set(
        spoken.filter(profile__in=rows.order_by().values("profile"))
        .order_by()
        .values_list("code", flat=True)
        .distinct()
    )
    return tuple((each.value, str(each.label)) for each in Language if each.value in codes)
