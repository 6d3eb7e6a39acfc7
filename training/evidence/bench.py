"""How many completions a second come in by file, with ledger, chain and standing: `run()` for `make bench`.

Everything it writes is rolled back.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from time import perf_counter, process_time

from django.db import connection, transaction
from django.db.models import Count

from training.access.actor import Actor
from training.ledger.bench import make
from training.ledger.rebuild import rebuild_standings
from training.pathways.models import Requirement
from training.people.models import Agency, Employment, Partnership, Post
from training.people.services import mark_stale

from .apply import apply_import
from .models import Mode
from .stage import keep, preview
from .undo import undo_import

PEOPLE, MODULES = 5_000, 5
ROWS = PEOPLE * MODULES
LEAST_A_SECOND = 5_000
DAY = date(2026, 11, 2)
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
BY = Actor.system("bench")


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of one step, those of them in which this process was at work, and the most it may take, if promised."""

    name: str
    seconds: float
    cpu: float
    most: float | None = None

    @property
    def a_second(self) -> float:
        """Rows a second."""
        return ROWS / self.seconds


def run() -> list[Took]:
    """Time a file of 25,000 completions from its bytes to the standings, and the same file again."""
    with transaction.atomic():
        took = list(_steps())
        transaction.set_rollback(True)
    return took


def _steps() -> Iterator[Took]:
    partnership = make(posts=PEOPLE, completions=0, on=DAY)
    agency = _one_agency(partnership)
    refs = list(Employment.objects.within(agency).order_by("pk").values_list("employee_ref", flat=True))
    content = _file(refs, _modules(partnership))
    mark_stale(Post.objects.within(agency).values_list("pk", flat=True), at=AT)
    rebuild_standings(at=AT, agency=agency)
    watch = _Watch()
    seen = preview(agency, io.BytesIO(content), mode=Mode.HISTORY, on=DAY, at=AT)
    yield watch.took("read and compare")
    watch = _Watch()
    staged = keep(seen, by=BY, at=AT)
    yield watch.took("keep the preview")
    watch = _Watch()
    apply_import(staged, by=BY, at=AT + timedelta(hours=1))
    applied = watch.took("apply: ledger and chain")
    yield applied
    watch = _Watch()
    rebuild_standings(at=AT + timedelta(hours=1), agency=agency)
    if connection.vendor == "postgresql":
        connection.check_constraints()
    standing = watch.took("standings")
    yield standing
    seconds, cpu = applied.seconds + standing.seconds, applied.cpu + standing.cpu
    yield Took("ledger, chain and standings", seconds, cpu, ROWS / LEAST_A_SECOND)
    watch = _Watch()
    again = preview(agency, io.BytesIO(content), mode=Mode.HISTORY, on=DAY, at=AT + timedelta(hours=2))
    assert not again.plan.has_changes
    yield watch.took("the same file again")
    watch = _Watch()
    undo_import(staged, by=BY, at=AT + timedelta(hours=3))
    yield watch.took("undo")


class _Watch:
    """Runs from when it is made."""

    def __init__(self) -> None:
        self.started, self.busy = perf_counter(), process_time()

    def took(self, name: str) -> Took:
        """What has gone by. The confined child that reads the file counts as time, not as CPU of this process."""
        return Took(name, perf_counter() - self.started, process_time() - self.busy)


def _one_agency(partnership: Partnership) -> Agency:
    """Everybody on one roster."""
    agencies = Agency.objects.filter(partnerships=partnership).order_by("pk")
    agency = agencies[0]
    Employment.objects.everywhere(reason="bench").filter(agency__in=agencies).update(agency=agency)
    return agency


def _modules(partnership: Partnership) -> list[str]:
    """The modules that most rules ask for."""
    rules = Requirement.objects.filter(module__pathway__partnership=partnership)
    asked = rules.values("module__code").annotate(count=Count("pk")).order_by("-count", "module__code")
    return list(asked.values_list("module__code", flat=True)[:MODULES])


def _file(refs: list[str], modules: list[str]) -> bytes:
    """Each person did each module on a day of the last two years."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("employee_ref", "course_code", "completed_on", "evidence_ref"))
    for number, ref in enumerate(refs):
        for place, module in enumerate(modules):
            day = DAY - timedelta(days=(number * 7 + place * 31) % 700)
            writer.writerow((ref, module, day.isoformat(), f"C-{number}-{place}"))
    return text.getvalue().encode()
