"""What became known of agencies whose figures moved, between two moments: kinds of facts, and how often."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from training.boards.contents import Cause, Difference
from training.ledger.report.changes import changes
from training.people.models import Agency, Partnership
from training.strategy.suppress import Audience, is_small

FEW = "Fewer than five times"


def causes(
    partnership: Partnership, differences: Sequence[Difference], *, after: datetime, until: datetime
) -> tuple[Cause, ...]:
    """By agency; a count that tells of few is not told."""
    titles = {each.place for each in differences}
    agencies = Agency.objects.filter(memberships__partnership=partnership, title__in=titles).distinct()
    found = []
    for agency in agencies.order_by("title"):
        known = Counter(each.what for each in changes(agency, after=after, until=until))
        found += [
            Cause(agency=agency.title, what=what, count=_in_words(count)) for what, count in sorted(known.items())
        ]
    return tuple(found)


def _in_words(count: int) -> str:
    return FEW if is_small(count, Audience.PARTNERSHIP) else str(count)
