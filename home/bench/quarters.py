"""What a board of a million posts waits for: on a database that bench/seed.py and bench/quarters.py have filled.

This process does nothing else: what it holds in memory while it drafts is what the worker would.
"""

from collections.abc import Iterator
from time import perf_counter, process_time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from training.access.clock import london_date
from training.access.roles import BOARD_MEMBER
from training.boards import bench as boards
from training.boards.selectors.packs import offered_days
from training.people.models import Partnership
from training.people.roster.bench import work
from training.ui.spreadsheet import Value, xlsx_bytes

from .figures import Figure
from .million import kept_ready, seconds, signed_in

MOST_MS, MOST_MB = 150, 1024
PAGES = 41
ROWS, MOST_SECONDS = 100_000, 6
DIVISIONS = (
    ("agency", ""),
    ("agency", "tier:A"),
    ("role_family", "topic:domestic_abuse"),
    ("role_group", "tier:B"),
    ("locality", "module:DA-A1"),
)


def run() -> Iterator[Figure]:
    """Each promise in turn; drafting first, before this process holds anything else."""
    partnership = Partnership.objects.get(code="million")
    yield Figure("Agencies", partnership.agencies.count(), "")
    yield Figure("Days of which figures are kept", partnership.coverage_builds.count(), "")
    for each in boards.measure(partnership, at=timezone.now()):
        yield Figure(each.name, each.value, each.unit, each.most, each.cpu)
    yield from _pages(partnership)
    yield from _spreadsheet()


def _pages(partnership: Partnership) -> Iterator[Figure]:
    kept_ready()
    board = signed_in("board", BOARD_MEMBER, partnership=partnership)
    quarter = offered_days(london_date(timezone.now()))[0]
    url, explorer = (reverse(name, args=[partnership.code]) for name in ("board", "explorer"))
    asked = {"Board's page": url, "Board's page, the last agencies": f"{url}?page=99"}
    for by, scope in DIVISIONS:
        name = f"Explorer, by {by.replace('_', ' ')}, {scope or 'everything'}"
        asked[name] = f"{explorer}?by={by}&asked={scope}"
    asked["Explorer, by agency, as at a quarter's end"] = f"{explorer}?by=agency&as_at={quarter}"
    for name, address in asked.items():
        yield from _page(name, board, address)


def _page(name: str, client: Client, address: str) -> Iterator[Figure]:
    """The slowest twentieth, by the clock and by the processor time of this process and the database's."""
    taken, worked = [], []
    for _ in range(PAGES):
        busy = work()
        taken.append(seconds(client, address))
        worked.append(work() - busy)
    place = -(PAGES // 20)
    yield Figure(f"{name}: p95", sorted(taken)[place] * 1000, "ms", MOST_MS)
    yield Figure(f"{name}: p95 of processor time", sorted(worked)[place] * 1000, "ms", MOST_MS)
    with CaptureQueriesContext(connection) as queries:
        seconds(client, address)
    yield Figure(name, len(queries), "queries")


def _spreadsheet() -> Iterator[Figure]:
    """As wide as the file for freedom of information: year, agency, role group, module, and what was asked and done."""

    def rows() -> Iterator[tuple[Value, ...]]:
        for row in range(ROWS):
            agency, group, module = f"Agency {row % 400:03}", f"Role group {row % 37}", f"Module {row % 30}"
            yield 2026, agency, group, module, row % 977, row % 613, f"{row % 101}%", "*" if row % 9 == 0 else row % 364

    head = ("year", "agency", "role_group", "module", "required", "completed", "rate", "overdue")
    boards.FORGET_THE_MOST.write_text("5")
    before = boards.memory("VmRSS")
    started, busy = perf_counter(), process_time()
    size = len(xlsx_bytes("Coverage", head, rows()))
    name = f"A spreadsheet of {ROWS:,} rows, {size / 2**20:.1f} MB"
    yield Figure(name, perf_counter() - started, "s", MOST_SECONDS, process_time() - busy)
    yield Figure("The same: memory grown by at the most", boards.memory("VmHWM") - before, "MB", MOST_MB)
