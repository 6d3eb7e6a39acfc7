"""A network of 20,000 champions over 50,000 workplaces, timed: `python bench/network.py [--champions N] [...]`.

On the database of the settings, which must be thrown away afterwards: the steps worked out, and the coordinator's
coverage, gaps and desk. After `python bench/directory.py` its network is taken, else one like it is made. Figures are
the clock and, beside it, the processor time of this process.
"""

import argparse
import random
from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time

import django

if __name__ == "__main__":
    django.setup()

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench import directory
from bench.directory import AT, BEGAN, SAID
from champions.models import Champion, ChampionStep, ChampionTurn
from champions.selectors.coverage import coverage
from champions.selectors.desk import Desk, Wanted
from champions.selectors.gaps import agency_gaps, as_gaps, workplaces_without
from champions.selectors.network import rows_of
from champions.services.steps import rebuild_steps, refresh_steps
from champions.status import Turn
from training.access.access import Access, Grant
from training.access.clock import london_date
from training.access.roles import CHAMPION_COORDINATOR
from training.people.models import Agency, Employment, Locality, Partnership, Person, Post, Term, Workplace
from training.people.roster.bulk import take_stock

RUNS = 21
ON = london_date(AT)


@transaction.atomic
def spread(partnership: Partnership, workplaces: int) -> None:
    """So many workplaces with somebody at each, the champions at the first of them; one of ten has stood down."""
    chance = random.Random(5)  # noqa: S311 - invented data, not a secret
    places = list(Locality.objects.filter(partnership=partnership))
    agencies = list(Agency.objects.filter(partnerships=partnership).order_by("pk"))
    sites = Workplace.objects.bulk_create(
        (
            Workplace(
                agency=agencies[n % len(agencies)], code=f"S{n}", title=f"Place {n}", locality=chance.choice(places)
            )
            for n in range(workplaces)
        ),
        batch_size=2000,
    )
    terms = list(Term.objects.everywhere(reason="bench").select_related("post__employment"))
    by_agency: dict[int, list[Workplace]] = {}
    for site in sites:
        by_agency.setdefault(site.agency_id, []).append(site)
    for term in terms:
        term.workplace, term.locality = chance.choice(by_agency[term.post.employment.agency_id]), None
    Term.objects.everywhere(reason="bench").bulk_update(terms, ["workplace", "locality"], batch_size=500)
    people = Person.objects.bulk_create(
        (Person(first_name=f"Staff{n}", recorded_at=BEGAN) for n in range(workplaces)), 2000
    )
    employments = Employment.objects.bulk_create(
        (
            Employment(person=each, agency_id=sites[n].agency_id, employee_ref=f"S{n}", recorded_at=BEGAN)
            for n, each in enumerate(people)
        ),
        batch_size=2000,
    )
    posts = Post.objects.bulk_create(
        (Post(employment=each, assignment_ref="", recorded_at=BEGAN) for each in employments), 2000
    )
    Term.objects.bulk_create((Term(post=each, workplace=sites[n], **SAID) for n, each in enumerate(posts)), 2000)
    said = {"happened_on": BEGAN.date(), "recorded_at": BEGAN, "recorded_by": "system:seed"}
    champions = Champion.objects.everywhere(reason="bench").filter(partnership=partnership)
    turns = (ChampionTurn(champion=each, turn=Turn.STOOD_DOWN, **said) for each in champions if chance.random() >= 0.9)
    ChampionTurn.objects.bulk_create(turns, batch_size=2000)


def timed(what: str, run: Callable[[], object], runs: int = 1) -> None:
    """Print how long it takes; of several runs the middle one, and the queries of one more."""
    clock, busy = [], []
    for _ in range(runs):
        started, working = perf_counter(), process_time()
        run()
        clock.append(perf_counter() - started)
        busy.append(process_time() - working)
    said = f"{what}: {1000 * median(clock):.0f} ms, of which this process {1000 * median(busy):.0f} ms"
    if runs > 1:
        with CaptureQueriesContext(connection) as queries:
            run()
        said += f"; {len(queries)} queries"
    print(said)


def gaps(partnership: Partnership) -> None:
    """As the page shows them: agencies, and the first fifty workplaces with how many there are."""
    agency_gaps(partnership, on=ON)
    rows = workplaces_without(partnership, on=ON)
    rows.count()
    as_gaps(rows[:50])


def desk_page(access: Access, partnership: Partnership, wanted: Wanted) -> None:
    """Every count of the desk, and one page of the list."""
    desk = Desk(access, partnership, ON, AT)
    for name in ("active", "put_forward", "to_confirm", "unanswered", "handovers", "late_requests", "districts"):
        getattr(desk, name)
    people = desk.people(wanted)
    people.count()
    rows_of(access, partnership, [each.pk for each in people[:25]], on=ON)


def main() -> None:
    """Seed, rebuild, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--champions", type=int, default=20_000)
    parser.add_argument("--workplaces", type=int, default=50_000)
    options = parser.parse_args()
    partnership = Partnership.objects.filter(code="wide").first() or directory.seed(options.champions)
    spread(partnership, options.workplaces)
    take_stock(Term, Workplace, Champion, ChampionTurn)
    timed("Steps of everybody", lambda: rebuild_steps(at=AT))
    take_stock(ChampionStep)
    access = Access(user_id=0, grants=(Grant(CHAMPION_COORDINATOR, partnership_id=partnership.pk),))
    timed("Nothing changed", lambda: refresh_steps(at=AT), RUNS)
    timed("Coverage", lambda: coverage(partnership, on=ON), RUNS)
    timed("Gaps", lambda: gaps(partnership), RUNS)
    timed("Desk", lambda: desk_page(access, partnership, Wanted(status="lapsing", sort="ends")), RUNS)
    timed("Everybody, the first page", lambda: desk_page(access, partnership, Wanted()), RUNS)
    timed("By name", lambda: desk_page(access, partnership, Wanted(name="an")), RUNS)


if __name__ == "__main__":
    main()
