"""The parts of the bench by name: each yields its figures."""

from collections.abc import Callable, Iterator
from itertools import chain

from django.db import connection

from certificates import bench as printing
from certificates.badges import bench as badges
from training.boards import bench as boards
from training.evidence import bench as evidence
from training.people.roster import bench as roster
from training.press import bench as papers
from training.strategy import bench as strategy

from . import commits, learners, million, pages, quarters, single
from .figures import Figure

MOST_SECONDS = {"rebuild": 10.0, "page": 0.1}


def _coverage() -> Iterator[Figure]:
    took = strategy.run()
    size = f"{took.posts:,} posts, {took.completions:,} completions, {connection.vendor}"
    yield Figure(f"Coverage, {size}: rebuild from facts", took.rebuild, "s", MOST_SECONDS["rebuild"], took.cpu)
    yield Figure(f"Coverage, {size}: board's page", took.page * 1000, "ms", MOST_SECONDS["page"] * 1000)
    yield Figure(f"Coverage, {size}: board's page", took.queries, "queries")


def _roster() -> Iterator[Figure]:
    for took in roster.run():
        yield Figure(
            f"Roster, {took.rows:,} rows, {connection.vendor}: {took.name}",
            took.value,
            took.unit,
            took.most,
            took.cpu,
        )


def _completions() -> Iterator[Figure]:
    size = f"Completions by file, {evidence.ROWS:,} rows, {connection.vendor}"
    for took in evidence.run():
        yield Figure(f"{size}: {took.name}", took.seconds, "s", took.most, took.cpu)
        yield Figure(f"{size}: {took.name}", took.a_second, "rows/s")


def _certificates() -> Iterator[Figure]:
    for each in chain(printing.run(), badges.run()):
        yield Figure(f"{each.name}, {connection.vendor}", each.value, each.unit, each.most)


def _boards() -> Iterator[Figure]:
    size = f"{boards.POSTS:,} posts, {connection.vendor}"
    for each in boards.run():
        yield Figure(f"Board pack, {size}: {each.name}", each.value, each.unit, each.most, each.cpu)


def _papers() -> Iterator[Figure]:
    for each in papers.run():
        yield Figure(each.name, each.value, each.unit, each.most)


PARTS: dict[str, Callable[[], Iterator[Figure]]] = {
    "pages": pages.run,
    "commits": commits.run,
    "single": single.run,
    "learners": learners.run,
    "coverage": _coverage,
    "roster": _roster,
    "completions": _completions,
    "certificates": _certificates,
    "papers": _papers,
    "boards": _boards,
    "million": million.run,
    "strategy": quarters.run,
}
