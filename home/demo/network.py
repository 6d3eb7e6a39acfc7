"""Severnshire's Champions Network: nominated, agreed by their managers, and most of them listed by their own wish."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from champions.models import Champion
from champions.offers import SHOWN, Audience, Channel, Day, Listing, Specialism
from champions.services.aims import set_aims
from champions.services.listing import opt_in
from champions.services.neighbours import set_neighbours
from champions.services.network import nominate, record_agreement
from champions.terms import VERSION
from training.access.actor import Actor
from training.people.models import Locality, Partnership, Person

from .history import SEED, champion_duties
from .lives import build_lives
from .shelves import build_shelves

DAYS = tuple(day for day in Day if day != Day.WEEKEND)
AGREED = 27
LISTED = 24
# Whom the receptionist's story finds: champions who know stalking and speak Polish, with all of it shown
FOUND_PLACES = (2, 9, 16)
FOUND: dict[str, Any] = {
    **{f"{name}_to": Audience.EVERYBODY for name in SHOWN},
    "specialisms": (Specialism.DOMESTIC_ABUSE, Specialism.STALKING),
    "languages": ("pl",),
}


def build_network(partnership: Partnership, *, by: Actor, at: datetime, on: date) -> None:
    """Everybody with the designation is nominated; a few still wait for their manager, some are not listed."""
    set_aims(partnership=partnership, by=by, at=at, active=25, languages=["pl", "ro", "so"])
    chance = random.Random(SEED)  # noqa: S311 - invented data, not a secret
    agreed: list[Champion] = []
    _make_neighbours(partnership, by=by, at=at)
    for place, duty in enumerate(champion_duties(on)):
        person = duty.post.employment.person
        champion = nominate(person=person, partnership=partnership, on=on - timedelta(days=420 - place), by=by, at=at)
        if place < AGREED:
            record_agreement(champion=champion, agreed_on=on - timedelta(days=400 - place), by=by, at=at)
            agreed.append(champion)
        if place < LISTED:
            opt_in(
                person=person,
                partnership=partnership,
                listing=replace(_listing(person, chance), **FOUND)
                if place in FOUND_PLACES
                else _listing(person, chance),
                terms_version=VERSION,
                by=by,
                at=at,
            )
    build_lives(partnership, agreed, by=by, at=at, on=on)
    build_shelves(partnership, agreed, by=by, at=at)


def _make_neighbours(partnership: Partnership, *, by: Actor, at: datetime) -> None:
    """Each district lies beside the next in the alphabet: the county is invented."""
    localities = list(Locality.objects.filter(partnership=partnership).select_related("partnership"))
    for place, locality in enumerate(localities):
        beside = {each.pk for each in localities[max(0, place - 1) : place + 2]} - {locality.pk}
        set_neighbours(locality=locality, beside=beside, by=by, at=at)


def _listing(person: Person, chance: random.Random) -> Listing:
    """What one champion lets others see; every eighth goes by another name."""
    return Listing(
        alias=f"{person.first_name[0]}." if chance.random() < 0.125 else "",
        name_to=_to(chance, 0.9),
        agency_to=_to(chance, 0.9),
        locality_to=_to(chance, 0.95),
        specialisms_to=Audience.EVERYBODY,
        languages_to=Audience.EVERYBODY,
        days_to=_to(chance, 0.7),
        channels_to=_to(chance, 0.6),
        specialisms=tuple(sorted({Specialism.DOMESTIC_ABUSE, *chance.sample(list(Specialism), 2)})),
        languages=tuple(
            sorted(chance.sample(["pl", "ur", "pa", "cy", "bfi", "ro", "ar"], chance.choice([0, 0, 1, 2])))
        ),
        days=tuple(day for day in DAYS if chance.random() < 0.6),
        channels=tuple(channel for channel in Channel if chance.random() < 0.5),
    )


def _to(chance: random.Random, share: float) -> str:
    """Shown to everybody by most, of the rest to champions by half."""
    if chance.random() < share:
        return Audience.EVERYBODY
    return Audience.CHAMPIONS if chance.random() < 0.5 else ""
