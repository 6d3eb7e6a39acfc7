"""How long rosters of 20,000 and of 100,000 rows take: `run()` for `make bench`. All it writes is rolled back."""

import csv
import gc
import os
import resource
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import IO
from uuid import uuid4

from django.db import connection, transaction

from training.access.actor import Actor
from training.people.kinds import AgencyKind
from training.people.models import Agency, Designation, Person, RoleGroup, RosterImport

from .apply import apply_import
from .stage import keep, preview
from .undo import undo_import

MOST_SECONDS = {
    20_000: {"parse and preview": 4.0, "apply": 5.0},
    100_000: {"parse and preview": 10.0, "apply": 12.0, "the unchanged file again": 4.0},
}
CHANGED = "a tenth changed, "
MOST_MB = 512
DAY = date(2026, 11, 2)
BY = Actor.system("bench")
HEADER = (
    *("employee_ref", "assignment_ref", "first_name", "last_name", "work_email", "post_title", "team"),
    *("site_code", "role_group", "designations", "employment_type", "start_date", "status", "fte", "manager_ref"),
)


@dataclass(frozen=True, slots=True)
class Took:
    """What one step took and the most it may take, if promised. `cpu` is the work in it: of this process, of the child
    that reads the file and, where it runs on this machine, of the database's process."""

    rows: int
    name: str
    value: float
    cpu: float | None = None
    most: float | None = None
    unit: str = "s"


def run() -> list[Took]:
    """Time a first file, the same again, a changed one and its undoing, and hand the figures back."""
    return [took for rows in MOST_SECONDS for took in _of_size(rows)]


def _of_size(rows: int) -> list[Took]:
    """The steps, the memory so far, and what the database itself takes, with how many times that an apply takes."""
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        took = [*_steps(Path(folder), rows), _memory(rows)]
        floors = list(_floor(rows, datetime(2026, 11, 2, tzinfo=UTC)))
        transaction.set_rollback(True)
    apply = next(it for it in took if it.name == "apply")
    times = [Took(rows, f"apply, times the {it.name}", apply.value / it.value, None, None, "x") for it in floors]
    return [*took, *floors, *times]


def _memory(rows: int) -> Took:
    """Of this process, which does what the worker does; a child's would count what it was forked from."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Took(rows, "memory of the worker", most, None, MOST_MB, "MB")


def _steps(folder: Path, rows: int) -> Iterator[Took]:
    agency = Agency.objects.create(code="BENCH-ROSTER", title="Bench", kind=AgencyKind.NHS_ACUTE)
    RoleGroup.objects.get_or_create(code="MIDWIFE", defaults={"title": "Midwife"})
    Designation.objects.get_or_create(code="MARAC_REP", defaults={"title": "MARAC representative"})
    at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    first, changed = (_write_file(folder / f"{change}.csv", rows, change) for change in (0, 10))
    watch = _Watch(rows)
    applied = _staged(agency, first, at)
    yield watch.took("parse and preview")
    yield _applied(rows, applied, at, "apply")
    watch = _Watch(rows)
    again = _staged(agency, first, at + timedelta(hours=1))
    yield watch.took("the unchanged file again")
    if again.counts["unchanged"] != rows:
        raise RuntimeError(f"the same file is not unchanged: {again.counts}")
    at += timedelta(hours=2)
    watch = _Watch(rows)
    applied = _staged(agency, changed, at)
    yield watch.took(CHANGED + "parse and preview")
    yield _applied(rows, applied, at, CHANGED + "apply")
    watch = _Watch(rows)
    undo_import(RosterImport.objects.get(pk=applied.pk), by=BY, at=at + timedelta(hours=1))
    _check_keys()
    yield watch.took("undo")


def _staged(agency: Agency, path: Path, at: datetime) -> RosterImport:
    gc.collect()
    with path.open("rb") as file:
        staged = keep(preview(agency, file, as_at=DAY, is_full=True), as_at=DAY, is_full=True, by=BY, at=at)
    _check_keys()
    return staged


def _applied(rows: int, staged: RosterImport, at: datetime, name: str) -> Took:
    gc.collect()
    watch = _Watch(rows)
    apply_import(staged, by=BY, at=at, is_overruled=True)
    _check_keys()
    return watch.took(name)


def _floor(rows: int, at: datetime) -> Iterator[Took]:
    """What the database itself takes for as many rows: the least, and by the ORM's own means."""
    columns = ", ".join(f"c{number} text" for number in range(len(HEADER)))
    row = tuple("a usual value" for _name in HEADER)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE bench_floor ({columns})")
        watch = _Watch(rows)
        if connection.vendor == "postgresql":
            with cursor.copy("COPY bench_floor FROM STDIN") as copy:
                for _number in range(rows):
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(row))
            cursor.executemany(f"INSERT INTO bench_floor VALUES ({marks})", (row for _ in range(rows)))  # type: ignore[arg-type]  # noqa: S608
        yield watch.took("rows into a bare table")
    watch = _Watch(rows)
    with transaction.atomic():
        people = (Person(uid=uuid4(), first_name="A", last_name="B", recorded_at=at) for _number in range(rows))
        Person.objects.bulk_create(
            people, batch_size=1000, update_conflicts=True, unique_fields=["uid"], update_fields=["last_name"]
        )
        yield watch.took("ORM's bulk upsert of one narrow table")
        transaction.set_rollback(True)


class _Watch:
    """Runs from when it is made."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.started, self.busy = perf_counter(), work()

    def took(self, name: str) -> Took:
        """What has gone by, and what was promised."""
        promised = MOST_SECONDS[self.rows].get(name.removeprefix(CHANGED))
        return Took(self.rows, name, perf_counter() - self.started, work() - self.busy, promised)


def work() -> float:
    """Seconds of processor time so far: this process, its children, and the database's process if it is local."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system + _database_work()


def _database_work() -> float:
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        process = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not process.exists():
        return 0.0
    ticks = process.read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def _check_keys() -> None:
    """PostgreSQL puts the checks of foreign keys off until the commit, which a bench never reaches."""
    if connection.vendor == "postgresql":
        connection.check_constraints()


def _write_file(path: Path, rows: int, change: int) -> Path:
    """A roster in which every `change`th post has another title."""
    with path.open("w", newline="", encoding="utf-8") as file:
        _write_rows(file, rows, change)
    return path


def _write_rows(file: IO[str], rows: int, change: int) -> None:
    writer = csv.writer(file)
    writer.writerow(HEADER)
    for number in range(rows):
        ref = f"{number:06}"
        title = "Ward sister" if change and number % change == 0 else "Midwife"
        duty = "MARAC_REP" if number % 50 == 0 else ""
        day = DAY - timedelta(days=number % 4000)
        person = (ref, ref, f"First{number}", f"Last{number}", f"staff{number}@bench.example")
        job = (title, f"Team {number % 300}", f"SITE{number % 20}", "MIDWIFE", duty, "permanent", day.isoformat())
        writer.writerow((*person, *job, "active", "1", f"{number // 12:06}"))
