"""How long a first download takes, and how many certificates are drawn a second: `run()` for `make bench`.

By two children, as two web workers have them, or the worker. Everything it writes is rolled back.
"""

import statistics
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, process_time

from django.db import transaction

from certificates import printing
from certificates.badges.bench import Measured
from certificates.bulk import APART, TOGETHER
from certificates.designs import save_design
from certificates.models import Certificate, Design
from certificates.services import issue_all
from training.access.actor import Actor
from training.ledger.bench import make
from training.ledger.models import Completion
from training.pathways.models import Module
from training.people.models import Partnership, Person
from training.press import press
from training.press.bench import used_by_children

CERTIFICATES, AT_ONCE = 1000, 2
MOST_DOWNLOAD_MS = 150.0
LEAST_A_SECOND = 80.0
ELSEWHERE = 22.0  # a second and core: what a well-known learning system renders
DAY = date(2026, 11, 2)


def run() -> Iterator[Measured]:
    """Time first downloads, a ZIP's files and documents to print."""
    with transaction.atomic(), TemporaryDirectory() as folder:
        partnership = make(posts=CERTIFICATES, completions=CERTIFICATES, on=DAY)
        completions = Completion.objects.everywhere(reason="bench").filter(partnership=partnership)
        rows = issue_all(completions.select_related("person", "module__tier", "partnership")[:CERTIFICATES])
        yield from _downloads(rows[:100], Path(folder))
        yield from _many(rows, Path(folder))
        yield from _together(rows)
        yield from _again(rows, partnership, Path(folder))
        transaction.set_rollback(True)


def _downloads(rows: list[Certificate], folder: Path) -> Iterator[Measured]:
    """Each by one of two threads, each with a child that is warm, as a learner has who has opened the page."""

    def download(row: Certificate) -> float:
        started = monotonic()
        html, design = printing.as_page([printing.said_of(row)])
        printing.keep(folder / f"{row.uid}.pdf", press.pdf(html, design=design))
        return (monotonic() - started) * 1000

    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(download, rows[:10]))
        took = list(threads.map(download, rows[10:]))
    yield Measured("First download: p95", statistics.quantiles(took, n=20)[-1], "ms", MOST_DOWNLOAD_MS)
    yield Measured("First download: median", statistics.median(took), "ms")


def _many(rows: list[Certificate], folder: Path) -> Iterator[Measured]:
    """A file for each, as a ZIP holds them: laid out together, and written apart."""
    parts = [rows[start : start + APART] for start in range(0, len(rows), APART)]
    pages = (printing.as_page([printing.said_of(row) for row in part]) for part in parts)
    yield from _timed("Bulk, a file each", _kept(pages, folder), len(rows))


def _kept(pages: Iterator[tuple[str, str]], folder: Path) -> Iterator[None]:
    for number, content in enumerate(press.pdfs(pages, is_apart=True, at_once=AT_ONCE)):
        printing.keep(folder / f"{number}.pdf", content)
        yield


def _together(rows: list[Certificate]) -> Iterator[Measured]:
    """Many in one document, as a file to print holds them."""
    parts = [rows[start : start + TOGETHER] for start in range(0, len(rows), TOGETHER)]
    pages = (printing.as_page([printing.said_of(row) for row in part]) for part in parts)
    yield from _timed(f"Bulk, {TOGETHER} in a document", press.pdfs(pages, at_once=AT_ONCE), len(rows))


def _again(rows: list[Certificate], partnership: Partnership, folder: Path) -> Iterator[Measured]:
    """Every one drawn again, alone, after its module, its holder's name and the partnership's design have changed."""
    save_design(Design(partnership=partnership, ink="#222222"), by=Actor.system("bench"), at=rows[0].issued_at)
    Module.objects.filter(pathway__partnership=partnership).update(title="Another title", outcomes=["another"])
    people = Person.objects.everywhere(reason="bench").filter(entries__partnership=partnership)
    Person.objects.everywhere(reason="bench").filter(pk__in=people.values("pk")).update(last_name="Another")
    kept = Certificate.objects.everywhere(reason="bench").in_bulk([row.pk for row in rows])
    pages = (printing.as_page([printing.said_of(kept[row.pk])]) for row in rows)
    other = 0
    for number, content in enumerate(press.pdfs(pages, at_once=AT_ONCE)):
        other += content != (folder / f"{number}.pdf").read_bytes()
    yield Measured(f"{len(rows):,} drawn again after changes: with other bytes", other, "", 0.0)


def _timed(name: str, work: Iterator[object], count: int) -> Iterator[Measured]:
    """By the clock and by the processors' time, ours and that of the children."""
    started, used = monotonic(), process_time() + used_by_children()
    for _ in work:
        pass
    seconds, cpu = monotonic() - started, process_time() + used_by_children() - used
    yield Measured(f"{name}: each", seconds / count * 1000, "ms", 1000 / LEAST_A_SECOND)
    yield Measured(f"{name}: each", cpu / count * 1000, "ms CPU", AT_ONCE * 1000 / LEAST_A_SECOND)
    yield Measured(f"{name}: by the clock", count / seconds, "a second")
    yield Measured(f"{name}: a core, against {ELSEWHERE:g} elsewhere", count / cpu / ELSEWHERE, "times")
