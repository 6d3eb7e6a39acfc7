"""Looks at a directory of 20,000 champions, timed: `python bench/directory.py [--champions N] [--looks N]`.

On the database of the settings, which must be thrown away afterwards. Figures are by the clock and in processor time,
which on PostgreSQL is that of this process and of the database's own together, in steps of ten milliseconds.
"""

import argparse
import os
import random
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time

import django

if __name__ == "__main__":
    django.setup()

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from champions import terms
from champions.known_as import as_text, tokens
from champions.models import (
    Block,
    Champion,
    ChampionOffer,
    ChampionProfile,
    ChampionTurn,
    ContactRequest,
    Entry,
    Neighbours,
)
from champions.needs import NEEDS
from champions.offers import SHOWN, Day, Language, OfferKind, Specialism
from champions.selectors.cards import cards
from champions.selectors.circles import circles_of
from champions.selectors.directory import found
from champions.selectors.searching import Search
from champions.services.entries import refresh_entries
from champions.status import Turn
from training.access.access import Access, Grant
from training.access.clock import today
from training.access.roles import LEARNER
from training.people.kinds import AgencyKind
from training.people.models import (
    Agency,
    Designation,
    Duty,
    Employment,
    Locality,
    Membership,
    Partnership,
    Person,
    Post,
    Term,
)

AT = datetime.now(UTC)
BEGAN = AT - timedelta(days=900)
AGENCIES = 200
LOCALITIES = 20
SAID = {"recorded_at": BEGAN, "recorded_by": "system:seed", "starts_on": BEGAN.date()}


@transaction.atomic
def seed(count: int) -> Partnership:
    """A partnership with so many listed champions, blocks and requests, the same each time."""
    chance = random.Random(7)  # noqa: S311 - invented data, not a secret
    partnership = Partnership.objects.create(code="wide", title="A wide partnership")
    kinds = AgencyKind.values
    agencies = Agency.objects.bulk_create(
        Agency(code=f"W{n}", title=f"Agency {n}", kind=kinds[n % len(kinds)]) for n in range(AGENCIES)
    )
    Membership.objects.bulk_create(Membership(partnership=partnership, agency=each, **SAID) for each in agencies)
    places = Locality.objects.bulk_create(
        Locality(partnership=partnership, code=f"L{n}", title=f"District {n}", kind="district")
        for n in range(LOCALITIES)
    )
    Neighbours.objects.bulk_create(Neighbours(one=a, other=b) for a, b in zip(places, places[1:], strict=False))
    people = _people(count + 1, agencies, places, chance)
    _listings(partnership, people[:count], chance)
    return partnership


def _people(count: int, agencies: list[Agency], places: list[Locality], chance: random.Random) -> list[Person]:
    """People with a post each, all but the last with the duty on it."""
    people = Person.objects.bulk_create(
        (Person(first_name=f"First{n % 700}", last_name=f"Last{n % 9000}", recorded_at=BEGAN) for n in range(count)),
        batch_size=2000,
    )
    employments = Employment.objects.bulk_create(
        (
            Employment(
                person=person,
                agency=agencies[n % AGENCIES],
                employee_ref=f"E{n}",
                work_email=f"p{n}@wide.example",
                recorded_at=BEGAN,
            )
            for n, person in enumerate(people)
        ),
        batch_size=2000,
    )
    posts = Post.objects.bulk_create(
        (Post(employment=each, assignment_ref="", recorded_at=BEGAN) for each in employments), batch_size=2000
    )
    Term.objects.bulk_create((Term(post=each, locality=chance.choice(places), **SAID) for each in posts), 2000)
    duty = Designation.objects.get_or_create(code="CHAMPION", defaults={"title": "Champion"})[0]
    Duty.objects.bulk_create((Duty(post=each, designation=duty, **SAID) for each in posts[:-1]), batch_size=2000)
    return people


def _listings(partnership: Partnership, people: list[Person], chance: random.Random) -> None:
    champions = Champion.objects.bulk_create(
        (Champion(person=each, partnership=partnership, recorded_at=BEGAN) for each in people), batch_size=2000
    )
    happened = {"happened_on": BEGAN.date(), "recorded_at": BEGAN, "recorded_by": "system:seed"}
    for turn in (Turn.NOMINATED, Turn.AGREED):
        ChampionTurn.objects.bulk_create(
            (ChampionTurn(champion=each, turn=turn, **happened) for each in champions), 2000
        )
    said = {f"{name}_to": "everybody" for name in SHOWN} | {
        "is_listed": True,
        "terms_version": terms.VERSION,
        "agreed_at": BEGAN,
    }
    profiles = ChampionProfile.objects.bulk_create(
        (ChampionProfile(champion=each, **said) for each in champions), batch_size=2000
    )
    offers = []
    for profile in profiles:
        for kind, words, most in (
            (OfferKind.SPECIALISM, Specialism, 4),
            (OfferKind.LANGUAGE, Language, 2),
            (OfferKind.DAY, Day, 4),
        ):
            for code in chance.sample(words.values, chance.randint(0, most)):
                offers.append(ChampionOffer(profile=profile, kind=kind, code=code))
    ChampionOffer.objects.bulk_create(offers, batch_size=2000)
    asked = chance.sample(champions, len(champions) // 4)
    ContactRequest.objects.bulk_create(
        (
            ContactRequest(
                sender=people[n],
                champion=each,
                about="team",
                urgency="week",
                asked_at=AT - timedelta(days=n % 40),
                asked_on=(AT - timedelta(days=n % 40)).date(),
                number=1,
                replied_at=AT if n % 3 else None,
            )
            for n, each in enumerate(asked)
            if each.person_id != people[n].pk
        ),
        batch_size=2000,
    )
    addresses = {each: f"{uuid.uuid4().hex}@away.example" for each in people[::20]}
    Block.objects.bulk_create(
        Block(
            owner=each,
            address=address,
            known_as=as_text(tokens([f"Away{each.pk} Away{each.pk}"], [address])),
            recorded_at=BEGAN,
        )
        for each, address in addresses.items()
    )


def searches(partnership: Partnership, count: int) -> list[Search]:
    """Any filters, the same each time."""
    chance = random.Random(11)  # noqa: S311 - the same each time
    places = list(Locality.objects.filter(partnership=partnership).values_list("pk", flat=True))

    def maybe(values, share: float):
        return chance.choice(list(values)) if chance.random() < share else None

    return [
        Search(
            need=maybe(range(1, len(NEEDS) + 1), 0.6),
            specialism=maybe(range(1, 19), 0.2),
            language=maybe(Language.values, 0.5) or "",
            locality=maybe(places, 0.6),
            agency_kind=maybe(AgencyKind.values, 0.2) or "",
            day=maybe(Day.values, 0.2) or "",
            text=maybe(("police", "last77", "agency 12", "polish stalking", "district", "zzz"), 0.3) or "",
        )
        for _ in range(count)
    ]


def processor() -> float:
    """Seconds of work so far: of this process and, where it can be seen, of the one that serves it at the database."""
    if connection.vendor != "postgresql":
        return process_time()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    times = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return process_time() + sum(map(int, times)) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Seed, look, and say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--champions", type=int, default=20_000)
    parser.add_argument("--looks", type=int, default=100)
    parser.add_argument("--slow", type=int, default=0, help="show so many of the slowest")
    given = parser.parse_args()
    partnership = Partnership.objects.filter(code="wide").first() or seed(given.champions)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    reader = Person.objects.everywhere(reason="bench").order_by("-pk")[0]
    access = Access(user_id=0, person_id=reader.pk, grants=(Grant(LEARNER),))
    began, rounds = process_time(), 0
    while refresh_entries(at=AT):
        rounds += 1
    print(
        f"entries: {Entry.objects.everywhere(reason='bench').count()}, {rounds} rounds, {process_time() - began:.1f} s"
    )
    took = []
    for search in searches(partnership, given.looks):
        worked, began = processor(), perf_counter()
        with CaptureQueriesContext(connection) as queries:
            circles = circles_of(access, on=today())
            page = found(access, circles, search, page=1, on=today(), at=AT)
            cards(page.champions, circles, on=today())
        clock = perf_counter() - began
        took.append((clock, processor() - worked, len(queries), page.is_next_best, search, queries))
    for place, word in enumerate(("clock", "processor")):
        each = sorted(one[place] * 1000 for one in took)
        median, p95 = each[len(each) // 2], quantiles(each, n=20)[-1]
        print(f"{word}: median {median:.0f} ms, p95 {p95:.0f} ms, most {each[-1]:.0f} ms")
    print("queries:", sorted({one[2] for one in took}), "next best:", sum(one[3] for one in took))
    for one in sorted(took, key=lambda it: -it[0])[: given.slow]:
        print(f"{one[0] * 1000:.0f} ms", one[4])
        for query in one[5].captured_queries:
            if float(query["time"]) > 0.02:
                print("   ", query["time"], query["sql"][:6000])


if __name__ == "__main__":
    main()
