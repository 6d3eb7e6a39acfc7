"""How long a whole pack takes at the size promised: counted, frozen, drawn, and written as a spreadsheet."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter

import pikepdf
from django.db import transaction
from django.utils import timezone

from training.access.actor import Actor
from training.access.clock import london_date
from training.ledger.bench import COMPLETIONS, POSTS, make
from training.people.models import Partnership
from training.people.roster.bench import work
from training.press.bench import used_by_children
from training.press.paper import as_long_pdf
from training.strategy.bench import copy_build, send_rosters
from training.strategy.models import CoverageBuild
from training.strategy.pack_reader import read_pack
from training.strategy.periods import compared_with, quarter_ends
from training.strategy.rebuild import rebuild_coverage
from training.strategy.services import load_pack

from .contents import Contents, digest_of
from .models import BoardPack
from .parts import paper_of
from .selectors.packs import offered_days
from .services import freezing, packs
from .tables import xlsx_of

BY = Actor.system("bench")
MOST_SECONDS, MOST_TO_DRAW, MOST_MB = 60.0, 20.0, 1024.0
FORGET_THE_MOST = Path("/proc/self/clear_refs")  # 5 is: what was used before does not count as the most


@dataclass(frozen=True, slots=True)
class Took:
    """One figure, and the most it may be; `cpu` are the seconds of it that were work, the database's with them."""

    name: str
    value: float
    unit: str
    most: float | None = None
    cpu: float | None = None


def run(*, posts: int = POSTS, completions: int = COMPLETIONS) -> Iterator[Took]:
    """Make a partnership with three years of quarters, take it through a pack, and take everything back."""
    at = timezone.now()
    with transaction.atomic():
        partnership = make(posts=posts, completions=completions, on=london_date(at))
        send_rosters(partnership, at)
        make_quarters(partnership, at=at)
        yield from measure(partnership, at=at)
        transaction.set_rollback(True)


def make_quarters(partnership: Partnership, *, at: datetime) -> CoverageBuild:
    """A strategy, today's figures, and those of the ends of twelve quarters: with one in a hundred fewer each."""
    load_pack(read_pack("severnshire-2026"), partnership=partnership, by=BY, at=at)
    today = london_date(at)
    build = rebuild_coverage(partnership, on=today, at=at)
    copy_build(build, sorted({*quarter_ends(today), *compared_with(today)}, reverse=True), percent=99)
    return build


def measure(partnership: Partnership, *, at: datetime) -> Iterator[Took]:
    """Each step of a pack of this partnership, as at the last quarter's end."""
    pack = packs.open_pack(
        partnership=partnership,
        strategy=partnership.strategies.get(),
        meeting_on=london_date(at),
        as_at=offered_days(london_date(at))[0],
        by=BY,
        at=at,
    )
    yield from _drafted(pack, at=at)
    BoardPack.objects.filter(pk=pack.pk).update(work="")
    pack.refresh_from_db()
    packs.send_to_review(pack=pack, by=BY, at=at)
    packs.wish_frozen(pack=pack, seen=digest_of(pack.figures), even_without=True, by=BY, at=at)
    yield _timed("Freezing it", MOST_SECONDS, lambda: freezing.freeze(pack, by=BY, at=at))
    contents = Contents.read(pack.snapshot.content)
    yield _drawn(contents, pack.snapshot.digest)
    yield _timed("Its spreadsheet", None, lambda: xlsx_of(contents))


def _drafted(pack: BoardPack, *, at: datetime) -> Iterator[Took]:
    """Time, and what this process holds, all told."""
    yield Took("Memory before drafting", memory("VmRSS"), "MB")
    FORGET_THE_MOST.write_text("5")
    yield _timed("Drafting a whole pack", MOST_SECONDS, lambda: freezing.count(pack, at=at))
    yield Took("Drafting: memory at the most, with all that was held before", memory("VmHWM"), "MB", MOST_MB)
    yield Took("Memory after drafting", memory("VmRSS"), "MB")


def _drawn(contents: Contents, digest: str) -> Took:
    started, used = perf_counter(), used_by_children()
    with pikepdf.open(io.BytesIO(as_long_pdf(paper_of(contents, digest)))) as drawn:
        name = f"Drawing its {len(drawn.pages)} pages"
    return Took(name, perf_counter() - started, "s", MOST_TO_DRAW, used_by_children() - used)


def _timed(name: str, most: float | None, do: Callable[[], object]) -> Took:
    started, busy = perf_counter(), work()
    do()
    return Took(name, perf_counter() - started, "s", most, work() - busy)


def memory(name: str) -> float:
    """What this process uses (VmRSS), or used at its largest since it was told to forget (VmHWM), in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))
