"""The log of briefings: one's own, an agency's for its HR, and what people thought, ten cards at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from champions.models import BriefingCard, CascadeVersion
from champions.selectors.mine import Mine
from champions.services.briefings import TEN
from training.access.access import Access
from training.people.models import Agency, Locality, Partnership, Team, Workplace
from training.strategy.suppress import HIDDEN, Audience, figure
from training.strategy.suppress import Count as People

MOST_PLACES = 400
GOOD = 4  # of 5
RELATED = ("team", "workplace", "locality", "agency", "cascade")


@dataclass(frozen=True, slots=True)
class Places:
    """Teams and workplaces of one's own agency, to pick from, and one's own district."""

    teams: tuple[Team, ...]
    workplaces: tuple[Workplace, ...]
    locality: Locality | None


def places_of(found: Mine) -> Places:
    """Where a champion may say that they gave a briefing: at their own agency."""
    return Places(
        tuple(Team.objects.filter(agency=found.known.agency)[:MOST_PLACES]),
        tuple(Workplace.objects.filter(agency=found.known.agency).select_related("locality")[:MOST_PLACES]),
        found.known.locality,
    )


def my_briefings(access: Access) -> QuerySet[CascadeVersion]:
    """One's own log, newest first, without what was taken out."""
    return CascadeVersion.objects.visible_to(access).counted().select_related(*RELATED)


def my_briefing(access: Access, uid: UUID) -> CascadeVersion | None:
    """One of them."""
    return my_briefings(access).filter(cascade__uid=uid).first()


def last_said(access: Access) -> CascadeVersion | None:
    """What one logged last: the next is likely to be with the same pack."""
    return my_briefings(access).order_by("-cascade__pk").first()


def agency_briefings(access: Access, agency: Agency) -> QuerySet[CascadeVersion]:
    """An agency's log for its HR: teams, days and numbers. None of champions who keep this one away."""
    return CascadeVersion.objects.within(agency).counted().told_to(access).select_related(*RELATED)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What people thought of a pack: of how many, and which share said 4 or 5 of 5. Hidden below ten."""

    title: str
    people: str
    useful: str
    knows_next: str


def opinions(partnership: Partnership, titles: Iterable[tuple[str, str]]) -> tuple[Opinion, ...]:
    """By pack, in whole tens: a ten that is not full yet is not counted."""
    cards = BriefingCard.objects.filter(partnership=partnership)
    given = dict(cards.order_by().values_list("pack").annotate(count=Count("pk")))
    full = Q(pk__in=[])
    for pack, count in given.items():
        full |= Q(pack=pack, ten__lt=count // TEN)
    counted = (
        cards.filter(full)
        .order_by()
        .values_list("pack")
        .annotate(
            people=Count("pk"),
            found_useful=Count("pk", filter=Q(useful__gte=GOOD)),
            sure=Count("pk", filter=Q(knows_next__gte=GOOD)),
        )
    )
    shares = {pack: tuple(rest) for pack, *rest in counted}
    return tuple(Opinion(title, *_shown(*shares.get(slug, (0, 0, 0)))) for slug, title in titles)


def _shown(people: int, *good: int) -> list[str]:
    """How many, and each share of them, to the nearest five; nothing below ten."""
    if people < TEN:
        return [HIDDEN] * (1 + len(good))
    shares = [figure(People(some, people), Audience.AUTHORS, is_hidden=False).percent_text for some in good]
    return [str(people), *shares]


def packs_given(partnership: Partnership) -> list[tuple[str, str]]:
    """Slug and last title of the packs that were given in a partnership, by title."""
    rows = CascadeVersion.objects.everywhere(reason="which packs were given").counted()
    rows = rows.filter(cascade__champion__partnership=partnership).order_by()
    return sorted(rows.values_list("pack").annotate(title=Max("pack_title")), key=lambda each: each[1])
