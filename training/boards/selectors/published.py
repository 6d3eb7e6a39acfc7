"""What was published of frozen packs, for anybody."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from training.boards.contents import Contents
from training.boards.models import BoardPack, DrawnPaper, Snapshot
from training.boards.public import name_of_paper
from training.strategy.models import Strategy


@dataclass(frozen=True, slots=True)
class Summary:
    """A published summary: which meeting it was for, as at when, and whether its PDF is drawn."""

    uid: UUID
    meeting_on: date
    as_at: date
    has_paper: bool


def published_summaries(strategy: Strategy) -> list[Summary]:
    """Those held against a strategy, the latest first."""
    packs = BoardPack.objects.filter(strategy=strategy, published_at__isnull=False).order_by("-as_at", "-meeting_on")
    rows = list(packs.values_list("uid", "meeting_on", "as_at", "snapshot__digest"))
    names = {name_of_paper(digest): uid for uid, _, _, digest in rows}
    drawn = DrawnPaper.objects.filter(of__in=names, drawn_at__isnull=False).values_list("of", flat=True)
    ready = {names[of] for of in drawn}
    return [Summary(uid, meeting_on, as_at, uid in ready) for uid, meeting_on, as_at, _ in rows]


def published_snapshot(uid: UUID) -> Snapshot | None:
    """What is frozen of a published pack; none of one that is not published."""
    published = Snapshot.objects.filter(pack__uid=uid, pack__published_at__isnull=False)
    return published.select_related("pack__partnership").first()


def published_contents(uid: UUID) -> Contents | None:
    """The same, read."""
    snapshot = published_snapshot(uid)
    return Contents.read(snapshot.content) if snapshot else None
