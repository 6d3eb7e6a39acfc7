"""What became known of agencies whose figures moved, between two moments: kinds of facts and returns, how often."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from training.boards.contents import Cause, Difference
from training.ledger.report.changes import changes
from training.people.models import Agency, Partnership
from training.returns.models import ReturnVersion
from training.strategy.suppress import Audience, is_small

SIGNED = "Return signed, or put right"
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
        signed = ReturnVersion.objects.filter(of__agency=agency, of__partnership=partnership)
        if count := signed.filter(signed_at__gt=after, signed_at__lte=until).count():
            known[SIGNED] = count
        found += [
            Cause(agency=agency.title, what=what, count=_in_words(count)) for what, count in sorted(known.items())
        ]
    return tuple(found)


def _in_words(count: int) -> str:
    return FEW if is_small(count, Audience.PARTNERSHIP) else str(count)
