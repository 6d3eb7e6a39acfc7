"""The directory: whom one may find, the most useful first, fairly spread, and the next best where nobody fits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import and_

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Mod

from champions.models import (
    KEPT_FOR,
    MOST_WAITING,
    Block,
    Champion,
    ChampionQuerySet,
    ContactRequest,
    Entry,
    EntryQuerySet,
)
from champions.offers import Language, OfferKind
from champions.selectors.circles import WHY, Circle, terms_of
from champions.selectors.searching import Search, Wishes
from training.access.access import Access
from training.people.kinds import AgencyKind
from training.people.models import Agency, Locality, Membership, Partnership

PER_PAGE = 12
NEXT_BEST = 4
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
    """One page of champions, who meet every wish unless they are the next best. No total is ever told.

    `met` is how many of the `wishes` each meets, on a page of the next best.
    """

    champions: tuple[Champion, ...]
    page: int
    has_more: bool
    is_next_best: bool = False
    wishes: int = 0
    met: tuple[int, ...] = ()


def findable(access: Access, circles: Iterable[Circle], *, on: date) -> ChampionQuerySet:
    """Who chose to be listed, holds the duty on a running post, and does not keep this one away: as of this moment.

    Each row is looked up on its own: for a few champions, not for a search.
    """
    anywhere = Q(pk__in=[])
    for circle in circles:
        posts = terms_of(circle.partnership, on=on).filter(post__employment__person=OuterRef("person"))
        anywhere |= Q(Exists(posts), partnership=circle.partnership)
    rows = Champion.objects.everywhere(reason=WHY).filter(anywhere).listed().not_keeping_away(access)
    return rows.select_related("profile", "person", "partnership")


def found(access: Access, circles: Iterable[Circle], search: Search, *, page: int, on: date, at: datetime) -> Found:
    """A page of those who fit; where nobody does, of the others, those first who meet the most wishes."""
    page, wishes = max(1, min(page, MOST_PAGES)), Wishes(search, circles)
    each = wishes.all()
    entries = in_order(awake(access, circles, on=on), wishes, on=on, at=at)
    rows = _page(entries.filter(reduce(and_, each, Q())), page)
    is_next_best = not (rows or search.is_blank or page > 1)
    if is_next_best:
        met = sum((Case(When(wish, then=1), default=0) for wish in each), Value(0))
        rows = _page(in_order(awake(access, circles, on=on).annotate(met=met), wishes, "-met", on=on, at=at), page)[
            :NEXT_BEST
        ]
    shown = {row.champion_id: getattr(row, "met", 0) for row in rows[:PER_PAGE]}
    alive = findable(access, circles, on=on).in_bulk(list(shown))
    has_more = len(rows) > PER_PAGE and page < MOST_PAGES and not is_next_best
    return Found(
        champions=tuple(alive[pk] for pk in shown if pk in alive),
        page=page,
        has_more=has_more,
        is_next_best=is_next_best,
        wishes=len(each) if is_next_best else 0,
        met=tuple(met for pk, met in shown.items() if pk in alive),
    )


def _page(entries: EntryQuerySet, page: int) -> list[Entry]:
    """A page and one more, to know whether another follows. Without the words: thousands of rows are sorted."""
    return list(entries.only("champion")[(page - 1) * PER_PAGE : page * PER_PAGE + 1])


def awake(access: Access, circles: Iterable[Circle], *, on: date) -> EntryQuerySet:
    """The entries of those who may be asked now, not of who rests, has their fill, or keeps this one away."""
    waiting = ContactRequest.objects.everywhere(reason="how many wait, not whose").waiting().order_by()
    full = waiting.values("champion").annotate(count=Count("pk")).filter(count__gte=MOST_WAITING)
    away = Block.objects.everywhere(reason="whom the one who asks may not see").against(access).values("owner")
    rows = Entry.objects.everywhere(reason=WHY).filter(is_open=True)
    rows = rows.filter(champion__partnership__in=[each.partnership for each in circles])
    rows = rows.exclude(rests_until__gte=on).exclude(champion__in=full.values("champion"))
    return rows.exclude(champion__person__in=away)


def in_order(entries: EntryQuerySet, wishes: Wishes, *first: str, on: date, at: datetime) -> EntryQuerySet:
    """Useful first: trained, of the very district, then who works today, answers, and was asked least of late.

    The rest is by a turn that moves on with each day.
    """
    here = wishes.here()
    return entries.annotate(
        here=Case(When(here, then=1), default=0) if here else Value(0),
        load=_asked_of_late(at) - Case(When(wishes.works_on(on), then=1), default=0),
        turn=Mod(F("champion") * TURN + on.toordinal() * 31, ROUND),
    ).order_by(*first, "is_training", "-here", "load", "turn", "champion")


def _asked_of_late(at: datetime) -> Coalesce:
    """How often they were asked in thirty days; what they left without an answer counts twice."""
    asked = ContactRequest.objects.everywhere(reason="how often a champion was asked of late, not by whom")
    late = asked.filter(champion=OuterRef("champion"), asked_at__gte=at - KEPT_FOR).order_by().values("champion")
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
    """The languages that those who meet the wishes show, for the next choice. One query."""
    entries = awake(access, circles, on=on).filter(reduce(and_, Wishes(search, circles).all(), Q()))
    mark, own = f"{OfferKind.LANGUAGE}:", {circle.partnership.pk for circle in circles if circle.is_champion}
    read = entries.values_list("champion__partnership", "for_everybody", "for_champions")
    words = (champions if partnership in own else everybody for partnership, everybody, champions in read)
    codes = {token.removeprefix(mark) for said in words for token in said.split() if token.startswith(mark)}
    return tuple((each.value, str(each.label)) for each in Language if each.value in codes)
