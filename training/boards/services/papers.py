"""The worker draws what is frozen: each paper once, outside any transaction."""

import io
from datetime import datetime

import pikepdf
import structlog
from django.db import transaction
from django.db.models import F

from training.access.actor import Actor
from training.boards.contents import Contents, Restated
from training.boards.models import BoardPack, DrawnPaper, Restatement, Snapshot
from training.boards.parts import paper_of, restated_paper
from training.boards.public import name_of_paper, summary_paper
from training.press.paper import Paper, as_long_pdf
from training.press.press import CannotPrint

log = structlog.get_logger("boards")
MOST_TRIES = 3
SET_ASIDE = (
    "It was set aside. Press 'Draw again'. If that does not help, ask whoever runs this site to look at its log for 'a "
    "paper could not be drawn'. The spreadsheet and the CSV files hold the same figures."
)


def draw_papers(*, at: datetime) -> int:
    """Draw what waits; how many. What cannot be drawn is tried three times, holds up nothing, and says what to do."""
    unable = DrawnPaper.objects.filter(drawn_at__isnull=True, tries__gte=MOST_TRIES, problem="")
    unable.update(problem=SET_ASIDE)  # each time the worker itself was stopped
    waiting = DrawnPaper.objects.defer("content").filter(drawn_at__isnull=True, tries__lt=MOST_TRIES)
    return sum(_draw(each, at=at) for each in waiting.order_by("tries", "pk"))


@transaction.atomic
def draw_again(*, pack: BoardPack, by: Actor, at: datetime) -> None:
    """Try once more what could not be drawn: of the pack, its restatements and its summary."""
    snapshots = Snapshot.objects.filter(pack=pack)
    digests = list(snapshots.values_list("digest", flat=True))
    digests += [name_of_paper(each) for each in digests]
    digests += Restatement.objects.filter(snapshot__in=snapshots).values_list("digest", flat=True)
    DrawnPaper.objects.filter(of__in=digests, drawn_at__isnull=True).update(tries=0, problem="")


def _draw(drawn: DrawnPaper, *, at: datetime) -> int:
    mine = DrawnPaper.objects.filter(pk=drawn.pk, drawn_at__isnull=True)
    mine.update(tries=F("tries") + 1, begun_at=at, pages=0)
    try:
        pdf = as_long_pdf(_paper(drawn.of), lambda pages: mine.update(pages=pages))
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            pages = len(opened.pages)
    except CannotPrint as reason:
        mine.update(problem=str(reason)[:300])
        return 0
    except Exception:  # whatever is wrong with this one, those behind it are drawn
        log.exception("a paper could not be drawn", of=drawn.of)
        mine.update(problem=SET_ASIDE)
        return 0
    return mine.update(content=pdf, pages=pages, drawn_at=at, problem="")


def _paper(digest: str) -> Paper:
    """From what is frozen alone."""
    snapshot = Snapshot.objects.filter(digest=digest).first()
    if snapshot is not None:
        return paper_of(Contents.read(snapshot.content), digest)
    digests = Snapshot.objects.values_list("digest", flat=True)
    summed_up = next((each for each in digests if name_of_paper(each) == digest), None)
    if summed_up is not None:
        return summary_paper(Contents.read(Snapshot.objects.get(digest=summed_up).content))
    return restated_paper(Restated.read(Restatement.objects.get(digest=digest).content), digest)
