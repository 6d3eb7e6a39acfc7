"""What a million posts cost: on a database that bench/seed.py has filled, which is changed and thrown away."""

import gc
import resource
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from training.access.actor import Actor
from training.access.clock import london_date
from training.access.roles import AGENCY_HR, BOARD_MEMBER, Role
from training.ledger import services as ledger
from training.ledger.export import ledger_csv
from training.ledger.management.commands.rebuild_standing import rebuilt
from training.ledger.models import Entry, Method
from training.ledger.rebuild import refresh_stale
from training.pathways.models import Module
from training.people.models import Agency, Partnership, Person, RoleGrant, User
from training.strategy.rebuild import rebuild_coverage
from training.strategy.selectors.reports import counted

from .figures import Figure

PROCESSES = 2
PAGES = 21
BATCH, BATCHES, SINGLES = 5000, 4, 200
EXPORTED = 400_000
FLAT = 16  # MB: what is read and written at once, and no more however long the file is
BY = Actor.system("bench")
FORGET_THE_MOST = Path("/proc/self/clear_refs")  # 5 is: what was used before does not count as the most


def run() -> Iterator[Figure]:
    """Each promise in turn."""
    partnership = Partnership.objects.get(code="million")
    yield from _rebuild()
    yield from _as_at(partnership)
    yield from _pages(partnership)
    yield from _recording(partnership)
    yield from _export(partnership)


def _timed(name: str, promise: float, work: Callable[[], object]) -> Figure:
    started, busy = perf_counter(), process_time()
    work()
    return Figure(name, perf_counter() - started, "s", promise, process_time() - busy)


def _rebuild() -> Iterator[Figure]:
    yield _timed(
        f"Full rebuild of standings by {PROCESSES} processes", 180, lambda: rebuilt(timezone.now(), None, PROCESSES)
    )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield Figure("Full rebuild: memory of both together at the most", peak * PROCESSES, "MB", 2048)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE ledger_standingstep")  # as autovacuum does


def _as_at(partnership: Partnership) -> Iterator[Figure]:
    at = timezone.now()
    on, known_at = london_date(at) - timedelta(days=22), at - timedelta(minutes=2)

    def report() -> None:
        counted(partnership, on=on, at=at, known_at=known_at, groups=("agency",), scopes=("tier",))

    yield _timed("As-at report of a past day, agency by tier", 8, report)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Figure("As-at report: memory at the most", most, "MB", 2048)


def _pages(partnership: Partnership) -> Iterator[Figure]:
    at = timezone.now()
    rebuild_coverage(partnership, on=london_date(at), at=at)
    kept_ready()
    board = signed_in("board", BOARD_MEMBER, partnership=partnership)
    yield _page("Coverage, agency by tier, from cells", board, reverse("board", args=[partnership.code]), 100)
    for code, size in (("M001", "an agency of 2,255"), ("M000", "an agency of 100,000")):
        agency = Agency.objects.get(code=code)
        hr = signed_in(code, AGENCY_HR, agency=agency)
        first = seconds(hr, reverse("agency-matrix", args=[code]))
        yield Figure(f"Matrix of {size}: the first after a change, counted anew", first * 1000, "ms")
        for name, view in (("Matrix", "agency-matrix"), ("People list", "agency-people")):
            yield _page(f"{name} of {size}", hr, reverse(view, args=[code]), 200)
        yield _page(f"People list of {size}, by name 'an'", hr, reverse("agency-people", args=[code]) + "?text=an", 200)
        yield _page(f"HR's overview of {size}", hr, reverse("agency", args=[code]), 1000)
    yield _page("Learner's page", _learner(), reverse("learning"), 1000)


def kept_ready() -> None:
    """As training.wsgi does, where pages are served: what is loaded stays, and is not looked through again."""
    gc.collect()
    gc.freeze()


def _learner() -> Client:
    """Somebody of the largest agency."""
    user = User.objects.create_user("learner@million.example")
    person = Person.objects.everywhere(reason="bench").order_by("pk")[0]
    person.user = user
    person.save(update_fields=["user"])
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client


def signed_in(name: str, role: Role, **scope: Partnership | Agency) -> Client:
    """Somebody with a role."""
    at = timezone.now()
    user = User.objects.create_user(f"{name.lower()}@million.example")
    RoleGrant.objects.create(
        user=user, role_code=role.code, starts_on=london_date(at), recorded_at=at, recorded_by=str(BY), **scope
    )
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client


def _page(name: str, client: Client, url: str, promise: float) -> Figure:
    """The slowest but one of twenty-one: the first, which may count anew, is not left out."""
    busy = process_time()
    taken = sorted(seconds(client, url) for _ in range(PAGES))
    return Figure(f"{name}: p95", taken[-2] * 1000, "ms", promise, (process_time() - busy) / PAGES)


def seconds(client: Client, url: str) -> float:
    """How long a page takes."""
    started = perf_counter()
    answer = client.get(url, secure=True)
    if answer.status_code != 200:
        raise RuntimeError(f"{url} answered {answer.status_code}")
    return perf_counter() - started


def _recording(partnership: Partnership) -> Iterator[Figure]:
    modules = list(Module.objects.filter(pathway__partnership=partnership).select_related("pathway__partnership"))
    people = list(Person.objects.everywhere(reason="bench").order_by("-pk")[: BATCH * BATCHES])
    day = london_date(timezone.now()) - timedelta(days=1)
    news = (_new(person, modules[place % len(modules)], day, place) for place, person in enumerate(people))
    started, busy = perf_counter(), process_time()
    while batch := list(islice(news, BATCH)):
        at = timezone.now()
        ledger.record_completions(batch, by=BY, at=at)
        while refresh_stale(at=at, limit=BATCH):
            pass
    seconds, cpu = perf_counter() - started, process_time() - busy
    yield Figure(f"{BATCH * BATCHES:,} completions in bulk, with standings", seconds, "s", BATCHES * 1.0, cpu)
    busy = process_time()
    for place, person in enumerate(people[:SINGLES]):
        at = timezone.now()
        ledger.record_completion(_new(person, modules[0], day - timedelta(days=1), -place - 1), by=BY, at=at)
        refresh_stale(at=at, person=person)
    yield Figure("One completion, with its standing: CPU", (process_time() - busy) / SINGLES * 1000, "ms", 3)


def _new(person: Person, module: Module, day: date, number: int) -> ledger.NewCompletion:
    return ledger.NewCompletion(
        person=person, module=module, completed_on=day, method=Method.IMPORT, idempotency_key=f"bench:{number}"
    )


def _export(partnership: Partnership) -> Iterator[Figure]:
    entries = Entry.objects.everywhere(reason="bench").filter(partnership=partnership, number__lte=EXPORTED)
    FORGET_THE_MOST.write_text("5")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield _timed(f"Export of {EXPORTED:,} ledger rows", 4, lambda: sum(len(piece) for piece in ledger_csv(entries)))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    yield Figure("Export: memory grown by", grown, "MB", FLAT)
