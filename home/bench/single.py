"""What one completion costs the process that records it: chain, audit and news told, and its standing worked out."""

from collections.abc import Iterator
from time import perf_counter, process_time

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from training.access.actor import Actor
from training.access.clock import london_date
from training.ledger import services as ledger
from training.ledger.models import Method
from training.ledger.rebuild import refresh_stale
from training.pathways.models import Module
from training.people.models import Person

from .figures import Figure

WARM_UP = 20
MANY = 300
MOST_CPU_MS = 3.0
BY = Actor.system("bench")


def run() -> Iterator[Figure]:
    """One after another, for people of the demo world in turn, each read by the page that follows."""
    people = list(Person.objects.everywhere(reason="bench").order_by("pk"))
    module = Module.objects.select_related("pathway__partnership").get(code="DA-A1")
    for number in range(WARM_UP):
        _record(people[-number - 1], module, -number - 1)
    recording = 0.0
    started, busy = perf_counter(), process_time()
    for number in range(MANY):
        recording += _record(people[number % len(people)], module, number)
    seconds, cpu = perf_counter() - started, process_time() - busy
    name = f"One completion, {connection.vendor}"
    yield Figure(f"{name}: CPU, with its standing", cpu / MANY * 1000, "ms", MOST_CPU_MS)
    yield Figure(f"{name}: of it recording", recording / MANY * 1000, "ms")
    yield Figure(f"{name}: time for {MANY}, one after another", seconds, "s", 1.0)
    with CaptureQueriesContext(connection) as queries:
        _record(people[0], module, MANY)
    yield Figure(f"{name}: statements", len(queries), "queries")


def _record(person: Person, module: Module, number: int) -> float:
    """The CPU seconds that recording took, without the standing."""
    at = timezone.now()
    new = ledger.NewCompletion(
        person=person,
        module=module,
        completed_on=london_date(at),
        method=Method.IMPORT,
        idempotency_key=f"bench:{number}",
    )
    busy = process_time()
    ledger.record_completion(new, by=BY, at=at)
    taken = process_time() - busy
    refresh_stale(at=at, person=person)
    return taken
