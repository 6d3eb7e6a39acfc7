"""How long coverage takes from facts: a partnership of a hundred thousand posts, made, timed and taken back."""

import random
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from time import perf_counter, process_time
from typing import Any

from django.db import connection, models, transaction

from training.access.actor import Actor
from training.pathways.catalogue import read_catalogue
from training.pathways.models import Exemption, Requirement
from training.pathways.services import load_catalogue
from training.people.models import (
    Agency,
    Designation,
    Duty,
    Employment,
    Membership,
    Partnership,
    Person,
    Post,
    Term,
)

from .coverage_facts import coverage_facts
from .models import Entry, Method

POSTS, COMPLETIONS, AGENCIES = 100_000, 500_000, 400
BEGAN = datetime(2020, 1, 1, 12, tzinfo=UTC)
SAID: dict[str, Any] = {"recorded_at": BEGAN, "recorded_by": "system:bench"}


@dataclass(frozen=True, slots=True)
class Timing:
    """What was made, and in how many seconds coverage was worked out from it; `cpu` of them in this process."""

    posts: int
    completions: int
    rows: int
    made_in: float
    worked_out_in: float
    cpu: float


def run(*, posts: int = POSTS, completions: int = COMPLETIONS, on: date = date(2026, 3, 31)) -> Timing:
    """Make the partnership, work out its coverage, and take everything back. Nothing is left in the database."""
    with transaction.atomic():
        started = perf_counter()
        partnership = make(posts=posts, completions=completions, on=on)
        made, busy = perf_counter(), process_time()
        facts = coverage_facts(partnership, on=on)
        done, cpu = perf_counter(), process_time() - busy
        transaction.set_rollback(True)
    return Timing(posts, completions, len(facts), made - started, done - made, cpu)


def make(*, posts: int, completions: int, on: date) -> Partnership:
    """A partnership with so many posts and completions, the same each time. Its entries are not chained."""
    dice = random.Random(posts)  # noqa: S311 - test data, no secret
    partnership = Partnership.objects.create(code=f"bench-{uuid.uuid4().hex[:8]}", title="Bench")
    agencies = [_agency(partnership, number) for number in range(AGENCIES)]
    load_catalogue(
        partnership=partnership,
        catalogue=read_catalogue(),
        by=Actor.system("bench"),
        at=BEGAN,
        on=BEGAN.date(),
        all_role_groups=True,
    )
    asked = _asked(partnership)
    jobs = [dice.choice(sorted(asked)) for _ in range(posts)]
    first = {model: _next_key(model) for model in (Person, Employment, Post)}
    keys = range(posts)
    _write(Person, {"first_name": "A", "recorded_at": BEGAN}, ("id",), ((first[Person] + n,) for n in keys))
    _write(
        Employment,
        SAID,
        ("id", "person_id", "agency_id", "employee_ref"),
        ((first[Employment] + n, first[Person] + n, agencies[n % AGENCIES].pk, str(n)) for n in keys),
    )
    _write(Post, SAID, ("id", "employment_id"), ((first[Post] + n, first[Employment] + n) for n in keys))
    names = ("post_id", "role_group_id", "starts_on", "ends_on", "status")
    held = [first[Post] + n for n in keys]
    rows = (row for post, job in zip(held, jobs, strict=True) for row in _terms(dice, post, job, on))
    _write(Term, SAID, names, rows)
    _make_exceptions(dice, held, asked, on)
    _write_entries(dice, partnership, first[Person], [asked[job] for job in jobs], completions, on)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as autovacuum does once rows have come
    return partnership


def _agency(partnership: Partnership, number: int) -> Agency:
    agency = Agency.objects.create(code=f"{partnership.code}-{number}", title=f"Agency {number}", kind="nhs_acute")
    Membership.objects.create(partnership=partnership, agency=agency, starts_on=BEGAN.date(), **SAID)
    return agency


def _asked(partnership: Partnership) -> dict[int, list[int]]:
    """The modules asked of each role group."""
    found: dict[int, list[int]] = {}
    rules = Requirement.objects.filter(module__pathway__partnership=partnership, role_group__isnull=False)
    for group, module in rules.order_by("module").values_list("role_group_id", "module_id"):
        found.setdefault(group, []).append(module)
    return found


def _next_key(model: type[models.Model]) -> int:
    return int(model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0) + 1


def _write(
    model: type[models.Model], same: dict[str, Any], names: tuple[str, ...], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Insert rows past the ORM, which takes ten times as long: `same` in every row, `names` as each row has them."""
    fields = {field.attname: field for field in model._meta.concrete_fields if isinstance(field, models.Field)}
    fixed = {
        name: fields[name].get_db_prep_save(same.get(name, fields[name].get_default()), connection)
        for name in fields
        if name not in (*names, "id", "uid")
    }
    is_new = "uid" in fields
    columns = [fields[name].column for name in (*fixed, *names, *(["uid"] if is_new else []))]
    quoted = ", ".join(connection.ops.quote_name(str(column)) for column in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    said = tuple(fixed.values())
    days = [isinstance(fields[name], models.DateField) for name in names]
    to_day, to_uid = connection.ops.adapt_datefield_value, _uid_as_stored()

    def as_stored() -> Iterator[tuple[Any, ...]]:
        for row in rows:
            values = (to_day(value) if is_day else value for value, is_day in zip(row, days, strict=True))
            yield (*said, *values, *([to_uid(uuid.uuid4())] if is_new else []))

    _load(f"{table} ({quoted})", len(columns), as_stored())


def _load(into: str, width: int, rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * width)
            cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)  # type: ignore[arg-type]  # noqa: S608


def _uid_as_stored() -> Callable[[uuid.UUID], Any]:
    return (lambda uid: uid) if connection.features.has_native_uuid_field else (lambda uid: uid.hex)


def _terms(dice: random.Random, post: int, job: int, on: date) -> Iterator[tuple[Any, ...]]:
    """Two terms for a fifth, leave for a twentieth, newcomers for another."""
    starts_on = on - timedelta(days=dice.randint(100, 2000) if dice.random() > 0.05 else dice.randint(0, 99))
    kind = dice.random()
    if kind > 0.25 or starts_on > on - timedelta(days=100):
        yield post, job, starts_on, None, "active"
        return
    moved_on = starts_on + timedelta(days=50)
    yield post, job, starts_on, moved_on - timedelta(days=1), "active"
    yield post, job, moved_on, None, "maternity" if kind < 0.05 else "active"


def _make_exceptions(dice: random.Random, held: list[int], asked: dict[int, list[int]], on: date) -> None:
    """Duties for three in a hundred, exemptions for one."""
    duties = list(Designation.objects.order_by("pk").values_list("pk", flat=True))
    names = ("post_id", "designation_id")
    rows = ((post, dice.choice(duties)) for post in dice.sample(held, len(held) * 3 // 100))
    _write(Duty, SAID | {"starts_on": BEGAN.date()}, names, rows)
    modules = sorted({module for modules in asked.values() for module in modules})
    excused = ((post, dice.choice(modules)) for post in dice.sample(held, len(held) // 100))
    _write(Exemption, SAID | {"starts_on": on, "reason_code": "agreed"}, ("post_id", "module_id"), excused)


def _write_entries(
    dice: random.Random, partnership: Partnership, first: int, asked: list[list[int]], count: int, on: date
) -> None:
    """Completions spread over four years, each of a module that the job asks for."""
    same = SAID | {
        "partnership_id": partnership.pk,
        "kind": Entry.Kind.COMPLETION,
        "module_code": "DA",
        "module_title": "Module",
        "method": Method.ONLINE,
    }
    rows = (
        (
            number + 1,
            first + number % len(asked),
            dice.choice(asked[number % len(asked)]),
            on - timedelta(days=dice.randint(0, 1500)),
            f"{partnership.code}:{number}",
        )
        for number in range(count)
    )
    _write(Entry, same, ("number", "person_id", "module_id", "completed_on", "idempotency_key"), rows)
