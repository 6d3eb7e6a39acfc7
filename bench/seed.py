"""A partnership of a million posts on PostgreSQL, the same each time: `python bench/seed.py [--posts N] [...]`.

Written past the ORM: people, posts and terms by generate_series, completions by COPY, each chained to the one before
as the ledger chains them (`manage.py verify_ledger` walks it). Triggers stay on. Indexes and foreign keys of the large
tables are taken off meanwhile and made anew, so only seed a database that is thrown away afterwards.
"""

import argparse
import hashlib
import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import django

if __name__ == "__main__":
    django.setup()

from django.db import connection, transaction

from training.access.actor import Actor
from training.ledger.chain import GENESIS
from training.ledger.models import ChainHead
from training.pathways.catalogue import read_catalogue
from training.pathways.models import Module, Requirement
from training.pathways.services import load_catalogue
from training.people.models import Agency, Partnership, RoleGroup, RosterImport
from training.people.models.roster import ImportState

SQL = Path(__file__).with_name("seed.sql")
BEGAN = datetime(2020, 1, 1, 12, tzinfo=UTC)
CODE = "million"
ASKED = 6
LARGE = ("people_person", "people_employment", "people_post", "people_term", "ledger_entry")
FOUR_YEARS = 1500
ENTRY = (
    "uid number kind module_code module_title edition completed_on recorded_at recorded_by method source evidence "
    "agency_title role_group_code role_group_title reason idempotency_key previous_hash hash agency_id module_id "
    "partnership_id person_id"
).replace(" ", ", ")


@dataclass(frozen=True)
class Size:
    """How much is made. A tenth of the posts are at one agency; the others share the rest evenly."""

    posts: int = 1_000_000
    completions: int = 5_000_000
    agencies: int = 400

    @property
    def large(self) -> int:
        """How many posts the large agency has."""
        return self.posts // 10

    def agency(self, post: int) -> int:
        """Where a post is, by number."""
        return 0 if post < self.large or self.agencies == 1 else 1 + post % (self.agencies - 1)


def seed(size: Size, *, on: date) -> Partnership:
    """Make it all; nothing of it may be there yet."""
    with transaction.atomic():
        partnership = _frame(size)
        _imports(on)
    groups = _groups(partnership)
    with connection.cursor() as cursor, without_indexes(cursor):
        for statement in SQL.read_text().split(";\n"):
            if statement.strip():
                cursor.execute(statement, _said(size, groups, on))
        with transaction.atomic():
            _entries(cursor, size, partnership, groups, on)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")  # as autovacuum does once rows have come
    return partnership


def _frame(size: Size) -> Partnership:
    partnership = Partnership.objects.create(code=CODE, title="A large partnership")
    Agency.objects.bulk_create(
        Agency(code=f"M{number:03}", title=f"Agency {number:03}", kind="nhs_acute") for number in range(size.agencies)
    )
    load_catalogue(
        partnership=partnership,
        catalogue=read_catalogue(),
        by=Actor.system("seed"),
        at=BEGAN,
        on=BEGAN.date(),
        all_role_groups=True,
    )
    return partnership


def _imports(on: date) -> None:
    """A full roster of every agency two days ago: without one an agency counts as not reporting."""
    applied = datetime.combine(on, time(), UTC) - timedelta(days=2)
    RosterImport.objects.bulk_create(
        RosterImport(
            agency=agency,
            sha256="0" * 64,
            is_full=True,
            as_at=on,
            state=ImportState.APPLIED,
            staged_at=applied,
            staged_by="system:seed",
            applied_at=applied,
            applied_by="system:seed",
        )
        for agency in Agency.objects.all()
    )


def _groups(partnership: Partnership) -> list[tuple[RoleGroup, list[Module]]]:
    """The role groups that are asked for six modules, with these."""
    rules = Requirement.objects.filter(module__pathway__partnership=partnership, role_group__isnull=False)
    asked: dict[RoleGroup, list[Module]] = {}
    for rule in rules.select_related("role_group", "module").order_by("role_group__code", "module__code"):
        if rule.role_group is not None:
            asked.setdefault(rule.role_group, []).append(rule.module)
    return [(group, modules) for group, modules in asked.items() if len(modules) == ASKED]


def _said(size: Size, groups: list[tuple[RoleGroup, list[Module]]], on: date) -> dict[str, Any]:
    """What seed.sql is told."""
    return {
        "posts": size.posts,
        "large": size.large,
        "agencies": size.agencies,
        "groups": [group.pk for group, _ in groups],
        "modules": [module.pk for module in Module.objects.filter(pathway__partnership__code=CODE)],
        "on_day": on,
        "began": BEGAN,
        "partnership": CODE,
    }


def _entries(cursor: Any, size: Size, partnership: Partnership, groups: Any, on: date) -> None:
    """Completions, chained, in about a hundredth of the time that the ledger's own service takes."""
    agencies = list(Agency.objects.order_by("code"))
    number, head = 0, GENESIS
    with cursor.cursor.copy(f"COPY ledger_entry ({ENTRY}) FROM STDIN") as copy:
        for number, head, row in _rows(size, partnership, groups, agencies, on):  # noqa: B007 - the last ones count
            copy.write(row)
    ChainHead.objects.create(partnership=partnership, number=number, hash=head)


def _rows(
    size: Size, partnership: Partnership, groups: Any, agencies: list[Agency], on: date
) -> Iterator[tuple[int, str, str]]:
    """Each line of the COPY, with its number and its hash: the canonical JSON of `chain.content`, written by hand."""
    dice = random.Random(size.posts)  # noqa: S311 - test data, no secret
    days = [(on - timedelta(days=back)).isoformat() for back in range(1, FOUR_YEARS + 1)]
    words = [[_module_json(module) for module in modules] for _, modules in groups]
    group_titles = [json.dumps(group.title, ensure_ascii=False) for group, _ in groups]
    number, head, sha256, roll = 0, GENESIS, hashlib.sha256, dice.random
    while number < size.completions:
        post = number % size.posts
        agency = agencies[size.agency(post)]
        which = post % len(groups)
        group, modules = groups[which]
        turn = number // size.posts if roll() < 0.8 else int(roll() * ASKED)
        module = modules[turn % ASKED]
        day = days[int(roll() * FOUR_YEARS)]
        number += 1
        uid = f"0000e000-0000-4000-8000-{number:012x}"
        key = f"{CODE}:{number}"
        body = (
            f'{{"agency":"{agency.uid}","agency_title":"{agency.title}","completed_on":"{day}","edition":"",'
            f'"effective_on":null,"evidence":"","idempotency_key":"{key}","kind":"completion","method":"import",'
            f'{words[which][turn % ASKED]},"number":{number},"partnership":"{partnership.uid}",'
            f'"person":"0000a000-0000-4000-8000-{post:012x}","reason":"","recorded_at":"{day}T18:00:00.000000+00:00",'
            f'"recorded_by":"system:seed","role_group_code":"{group.code}","role_group_title":{group_titles[which]},'
            f'"source":"","target":null,"uid":"{uid}"}}'
        )
        before, head = head, sha256(f"{head}\n{body}".encode()).hexdigest()
        yield (
            number,
            head,
            f"{uid}\t{number}\tcompletion\t{module.code}\t{module.title}\t\t{day}\t{day}T18:00:00Z\tsystem:seed\timport\t\t\t"
            f"{agency.title}\t{group.code}\t{group.title}\t\t{key}\t{before}\t{head}\t{agency.pk}\t{module.pk}\t"
            f"{partnership.pk}\t{post + 1}\n",
        )


def _module_json(module: Module) -> str:
    title = json.dumps(module.title, ensure_ascii=False)
    return f'"module":"{module.uid}","module_code":"{module.code}","module_title":{title}'


@contextmanager
def without_indexes(cursor: Any) -> Iterator[None]:
    """The large tables without their foreign keys and further indexes; made anew afterwards, which checks them."""
    cursor.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid::regclass::text = ANY(%s) AND contype IN ('f', 'x') ORDER BY 2",
        [list(LARGE)],
    )
    constraints = cursor.fetchall()
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index i WHERE NOT indisprimary "
        "AND indrelid::regclass::text = ANY(%s) AND NOT EXISTS (SELECT FROM pg_constraint c "
        "WHERE c.conindid = i.indexrelid)",
        [list(LARGE)],
    )
    indexes = cursor.fetchall()
    for table, name, _ in constraints:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    cursor.execute("SET maintenance_work_mem = '512MB'")
    for _, definition in indexes:
        cursor.execute(definition)
    for table, name, definition in constraints:
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def main() -> None:
    """Seed as the arguments say, and print how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=Size.posts)
    parser.add_argument("--completions", type=int, default=Size.completions)
    parser.add_argument("--agencies", type=int, default=Size.agencies)
    parser.add_argument("--on", type=date.fromisoformat, required=True, help="the day on which it is 'today'")
    said = parser.parse_args()
    started = perf_counter()
    size = Size(said.posts, said.completions, said.agencies)
    seed(size, on=said.on)
    print(f"{size.posts:,} posts and {size.completions:,} completions in {perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
