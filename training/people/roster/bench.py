"""How long a roster of 20,000 rows takes: `run()` for `make bench`. Everything it writes is rolled back."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from time import perf_counter, process_time

from django.db import connection, transaction

from training.access.actor import Actor
from training.people.kinds import AgencyKind
from training.people.models import Agency, RoleGroup, RosterImport

from .apply import apply_import
from .stage import keep, preview
from .undo import undo_import

ROWS = 20_000
MOST_SECONDS = {"dry run": 4.0, "apply": 5.0}
DAY = date(2026, 11, 2)
BY = Actor.system("bench")


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of one step, those of them in which this process was at work, and the most it may take, if promised."""

    name: str
    seconds: float
    cpu: float
    most: float | None = None


def run() -> list[Took]:
    """Time a first file and a changed second one, and hand the figures back."""
    with transaction.atomic():
        took = list(_steps())
        transaction.set_rollback(True)
    return took


def _steps() -> Iterator[Took]:
    agency = Agency.objects.create(code="BENCH-ROSTER", title="Bench", kind=AgencyKind.NHS_ACUTE)
    RoleGroup.objects.get_or_create(code="MIDWIFE", defaults={"title": "Midwife"})
    at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    for name, change in (("first file", 0), ("a tenth changed", 10)):
        watch = _Watch()
        seen = preview(agency, _file(change), as_at=DAY, is_full=True)
        yield watch.took(f"{name}, dry run", MOST_SECONDS["dry run"])
        staged = keep(seen, as_at=DAY, is_full=True, by=BY, at=at)
        watch = _Watch()
        applied = apply_import(staged, by=BY, at=at)
        _check_keys()
        yield watch.took(f"{name}, apply", MOST_SECONDS["apply"])
        at += timedelta(hours=1)
    watch = _Watch()
    undo_import(RosterImport.objects.get(pk=applied.pk), by=BY, at=at)
    _check_keys()
    yield watch.took("undo")


class _Watch:
    """Runs from when it is made."""

    def __init__(self) -> None:
        self.started, self.busy = perf_counter(), process_time()

    def took(self, name: str, most: float | None = None) -> Took:
        """What has gone by. The confined child that reads the file counts as time, not as CPU of this process."""
        return Took(name, perf_counter() - self.started, process_time() - self.busy, most)


def _check_keys() -> None:
    """PostgreSQL puts the checks of foreign keys off until the commit, which a bench never reaches."""
    if connection.vendor == "postgresql":
        connection.check_constraints()


def _file(change: int) -> io.BytesIO:
    """A roster in which every `change`th post has another title."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(
        (
            *("employee_ref", "assignment_ref", "first_name", "last_name", "work_email", "post_title", "team"),
            *("site_code", "role_group", "designations", "employment_type", "start_date"),
            *("status", "fte", "manager_ref"),
        )
    )
    for number in range(ROWS):
        ref = f"{number:06}"
        title = "Ward sister" if change and number % change == 0 else "Midwife"
        duty = "MARAC_REP" if number % 50 == 0 else ""
        day = DAY - timedelta(days=number % 4000)
        person = (ref, ref, f"First{number}", f"Last{number}", f"staff{number}@bench.example")
        job = (title, f"Team {number % 300}", f"SITE{number % 20}", "MIDWIFE", duty, "permanent", day.isoformat())
        writer.writerow((*person, *job, "active", "1", f"{number // 12:06}"))
    return io.BytesIO(text.getvalue().encode())
