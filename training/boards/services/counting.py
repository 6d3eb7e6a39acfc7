"""One count of a day for all packs as at it: anew until the board has been shown one of them, then it stands."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from training.boards.contents import Figures
from training.boards.errors import PackRefused
from training.boards.kept_report import written_out
from training.boards.models import BoardPack, CountedDay
from training.boards.selectors.declared import declared_part
from training.boards.selectors.figures import figures_of
from training.strategy.selectors.reports import counted

ANEW = (
    "Not sent to review: figures as at this day have been counted for another pack since. Press 'Count again', look at "
    "the figures, and send it then."
)


def count_for(pack: BoardPack, *, at: datetime) -> Figures:
    """A pack's figures: from what the board was shown of its day, else from a new count. Not in a transaction."""
    return figures_of(pack.strategy, shown_of(pack) or _count(pack, at=at))


def shown_of(pack: BoardPack) -> CountedDay | None:
    """What the board was shown of a pack's day, be it in another pack."""
    return CountedDay.objects.filter(_same(pack), shown_at__isnull=False).select_related("partnership").first()


def _count(pack: BoardPack, *, at: datetime) -> CountedDay:
    """Keep a new count in place of one that nobody was shown; of two at once the one that is shown stands."""
    report = counted(pack.partnership, on=pack.as_at, at=at)
    found = {
        "counted_at": at,
        "report": written_out(report),
        "declared": declared_part(pack.partnership, report).canonical(),
    }
    with transaction.atomic():
        CountedDay.objects.get_or_create(partnership=pack.partnership, as_at=pack.as_at, defaults=found)
        CountedDay.objects.filter(_same(pack), shown_at__isnull=True).update(**found)
        return CountedDay.objects.select_related("partnership").get(_same(pack))


def show(pack: BoardPack, figures: Figures, *, at: datetime) -> None:
    """From now on the count of its day stands. Raises PackRefused where these figures are of another one."""
    same = CountedDay.objects.filter(_same(pack), counted_at=figures.counted_at)
    if not same.filter(shown_at__isnull=True).update(shown_at=at) and not same.exists():
        raise PackRefused(ANEW)


def _same(pack: BoardPack) -> Q:
    return Q(partnership=pack.partnership_id, as_at=pack.as_at)
