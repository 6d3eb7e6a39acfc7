"""What one sees of a champion: nothing that they do not show to somebody like oneself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, prefetch_related_objects

from champions.models import Champion, ChampionOffer, ChampionProfile
from champions.offers import Audience, OfferKind
from champions.selectors.circles import Circle
from champions.selectors.facts import Known, known
from champions.status import Status

NAMELESS = "A champion"


@dataclass(frozen=True, slots=True)
class Card:
    """What others see of a champion: what they show, and whether they are still in training."""

    uid: str
    name: str
    agency: str = ""
    locality: str = ""
    specialisms: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    is_training: bool = False


def name_shown(champion: Champion, audiences: Iterable[str]) -> str:
    """Their own name, to whom they show it; else the other one they gave, or none."""
    profile = champion.profile
    return champion.person.name if profile.name_to in audiences else profile.alias or NAMELESS


def preview(champion: Champion, *, on: date) -> dict[str, Card]:
    """Their own card as each audience sees it, by the audience's title; once where all see the same."""
    circles = [Circle(champion.partnership, is_champion=each) for each in (False, True)]
    everybody, champions = (cards([champion], [circle], on=on)[0] for circle in circles)
    if everybody == champions:
        return {str(Audience.EVERYBODY.label): everybody}
    return {str(Audience.EVERYBODY.label): everybody, str(Audience.CHAMPIONS.label): champions}


def cards(champions: Iterable[Champion], circles: Iterable[Circle], *, on: date) -> tuple[Card, ...]:
    """The cards of these champions, in their order. One query, and those for the facts of each partnership."""
    rows = list(champions)
    offers = ChampionOffer.objects.everywhere(reason="what listed champions offer")
    prefetch_related_objects(rows, Prefetch("profile__offers", queryset=offers))
    facts: dict[tuple[int, int], Known] = {}
    for partnership in {row.partnership for row in rows}:
        people = [row.person_id for row in rows if row.partnership_id == partnership.pk]
        facts |= {(partnership.pk, each.person.pk): each for each in known(partnership, on=on, people=people)}
    seen_as = {circle.partnership.pk: circle.audiences for circle in circles}
    return tuple(_card(row, facts[row.partnership_id, row.person_id], seen_as[row.partnership_id]) for row in rows)


def _card(champion: Champion, now: Known, audiences: tuple[str, ...]) -> Card:
    profile: ChampionProfile = champion.profile
    offered: dict[str, list[str]] = {kind: [] for kind in OfferKind}
    for offer in profile.offers.all():
        offered[offer.kind].append(offer.title)
    shown = {f"{kind}s": tuple(words) for kind, words in offered.items() if _is_shown(profile, f"{kind}s", audiences)}
    agency = now.agency if _is_shown(profile, "agency", audiences) else None
    locality = now.locality if _is_shown(profile, "locality", audiences) else None
    return Card(
        uid=str(champion.uid),
        name=name_shown(champion, audiences),
        agency=agency.title if agency else "",
        locality=locality.title if locality else "",
        is_training=now.status == Status.IN_TRAINING,
        **shown,
    )


def _is_shown(profile: ChampionProfile, name: str, audiences: tuple[str, ...]) -> bool:
    return getattr(profile, f"{name}_to") in audiences
