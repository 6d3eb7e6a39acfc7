"""The worker draws what is frozen: each paper once, outside any transaction."""

import io
from datetime import datetime

import pikepdf
from django.db import transaction
from django.db.models import F

from training.access.actor import Actor
from training.boards.contents import Contents, Restated
from training.boards.models import BoardPack, DrawnPaper, Restatement, Snapshot
from training.boards.parts import paper_of, restated_paper
from training.boards.public import name_of_paper, summary_paper
from training.press.paper import Paper, as_long_pdf
from training.press.press import CannotPrint

MOST_TRIES = 3


def draw_papers(*, at: datetime) -> int:
    """Draw what waits; how many. What cannot be drawn is tried three times, and says why."""
    waiting = DrawnPaper.objects.defer("content").filter(drawn_at__isnull=True, tries__lt=MOST_TRIES)
    return sum(_draw(each, at=at) for each in waiting.order_by("pk"))


@transaction.atomic
def draw_again(*, pack: BoardPack, by: Actor, at: datetime) -> None:
    """Try once more what could not be drawn."""
    kept = Snapshot.objects.filter(pack=pack)
    digests = [*kept.values_list("digest", flat=True), *kept.values_list("restatements__digest", flat=True)]
    DrawnPaper.objects.filter(of__in=filter(None, digests), drawn_at__isnull=True).update(tries=0, problem="")


def _draw(drawn: DrawnPaper, *, at: datetime) -> int:
    mine = DrawnPaper.objects.filter(pk=drawn.pk, drawn_at__isnull=True)
    mine.update(tries=F("tries") + 1, begun_at=at, pages=0)
    try:
        pdf = as_long_pdf(_paper(drawn.of), lambda pages: mine.update(pages=pages))
    except CannotPrint as reason:
        mine.update(problem=str(reason)[:300])
        return 0
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = len(opened.pages)
    return mine.update(content=pdf, pages=pages, drawn_at=at, problem="")


def _paper(digest: str) -> Paper:
    """From what is frozen alone."""
    snapshot = Snapshot.objects.filter(digest=digest).first()
    if snapshot is not None:
        return paper_of(Contents.read(snapshot.content), digest)
    digests = Snapshot.objects.values_list("digest", flat=True)
    summed_up = next((each for each in digests if name_of_paper(each) == digest), None)
    if summed_up is not None:
        return summary_paper(Contents.read(Snapshot.objects.get(digest=summed_up).content), summed_up)
    return restated_paper(Restated.read(Restatement.objects.get(digest=digest).content), digest)
