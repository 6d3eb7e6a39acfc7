"""What strategy is told of board packs: of the figures last given to the board, how many were explained."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Max

from training.access.clock import london_date
from training.strategy.told import Asked, Told

from .contents import Contents
from .models import Snapshot
from .outcome_parts import is_collected


def indicator_counts(asked: Asked) -> Iterator[Told]:
    """Of the pack frozen last by the day; nothing before the first."""
    kept = Snapshot.objects.filter(pack__partnership=asked.partnership, frozen_at__lte=asked.at).order_by("-frozen_at")
    last = next((each for each in kept.defer("content") if london_date(each.frozen_at) <= asked.on), None)
    if last is not None:
        explained, given = _accounts(Contents.read(last.content))
        yield Told("NARRATIVE_PRESENT", explained, given)


def _accounts(contents: Contents) -> tuple[int, int]:
    """Figures with words about an outcome that they evidence, or about its priority; and all that evidence any.

    Nobody can account for a figure that is not collected: it is among neither.
    """
    collected = {code for code, line in contents.figures.lines.items() if is_collected(line)}
    given: set[str] = set()
    explained: set[str] = set()
    for priority in contents.figures.priorities:
        for outcome in priority.outcomes:
            given.update(collected.intersection(outcome.codes))
            if contents.words_about(priority.ref) or contents.words_about(outcome.ref):
                explained.update(collected.intersection(outcome.codes))
    return len(explained), len(given)


def last_change() -> datetime | None:
    """When a pack was last frozen."""
    return Snapshot.objects.aggregate(last=Max("frozen_at"))["last"]
