"""Severnshire's Champions Network: nominated, agreed by their managers, and most of them listed by their own wish."""

import random
from datetime import date, datetime, timedelta

from champions.offers import Day, Listing, Specialism
from champions.services.listing import opt_in
from champions.services.network import nominate, record_agreement
from champions.terms import VERSION
from training.access.actor import Actor
from training.people.models import Partnership, Person

from .history import SEED, champion_duties

DAYS = tuple(day for day in Day if day != Day.WEEKEND)
AGREED = 27
LISTED = 24


def build_network(partnership: Partnership, *, by: Actor, at: datetime, on: date) -> None:
    """Everybody with the designation is nominated; a few still wait for their manager, some are not listed."""
    chance = random.Random(SEED)  # noqa: S311 - invented data, not a secret
    for place, duty in enumerate(champion_duties(on)):
        person = duty.post.employment.person
        champion = nominate(person=person, partnership=partnership, on=on - timedelta(days=420 - place), by=by, at=at)
        if place < AGREED:
            record_agreement(champion=champion, agreed_on=on - timedelta(days=400 - place), by=by, at=at)
        if place < LISTED:
            opt_in(
                person=person,
                partnership=partnership,
                listing=_listing(person, chance),
                terms_version=VERSION,
                by=by,
                at=at,
            )


def _listing(person: Person, chance: random.Random) -> Listing:
    """What one champion lets others see; every eighth goes by another name."""
    return Listing(
        alias=f"{person.first_name[0]}." if chance.random() < 0.125 else "",
        shows_agency=chance.random() < 0.9,
        shows_locality=chance.random() < 0.95,
        shows_specialisms=True,
        shows_languages=True,
        shows_days=chance.random() < 0.7,
        specialisms=tuple(sorted({Specialism.DOMESTIC_ABUSE, *chance.sample(list(Specialism), 2)})),
        languages=tuple(
            sorted(chance.sample(["pl", "ur", "pa", "cy", "bfi", "ro", "ar"], chance.choice([0, 0, 1, 2])))
        ),
        days=tuple(day for day in DAYS if chance.random() < 0.6),
    )
