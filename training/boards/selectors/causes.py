"""What became known of agencies, or from outside, whose figures moved between two moments, and about how often.

How often is told to the nearest five: restatements of two days, made one after the other, would else tell of the one
fact that came between them.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime

from training.boards.contents import Cause, Difference
from training.ledger.report.changes import changes
from training.people.models import Agency, Partnership
from training.returns.models import ReturnVersion
from training.strategy.models import IndicatorValue
from training.strategy.suppress import Audience, is_small

SIGNED = "Return signed, or put right"
FEW = "Fewer than five times"
STEP = 5
GIVEN = "Given since"


def causes(
    partnership: Partnership, differences: Sequence[Difference], *, on: date, after: datetime, until: datetime
) -> tuple[Cause, ...]:
    """By agency, and then by figure from outside; a count that tells of few is not told."""
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
    return (*found, *_from_outside(partnership, {each.what for each in differences}, on, after, until))


def _from_outside(
    partnership: Partnership, titles: Collection[str], on: date, after: datetime, until: datetime
) -> list[Cause]:
    """What was given for periods that were over on the day, with the reason where it took the place of another."""
    said = IndicatorValue.objects.filter(partnership=partnership, indicator__title__in=titles, last_on__lte=on)
    rows = said.filter(recorded_at__gt=after, recorded_at__lte=until).order_by("indicator__title", "recorded_at", "pk")
    reasons = dict.fromkeys((title, why or GIVEN) for title, why in rows.values_list("indicator__title", "why"))
    return [Cause(agency=title, what=why, count="") for title, why in reasons]


def _in_words(count: int) -> str:
    return FEW if is_small(count, Audience.PARTNERSHIP) else f"About {STEP * round(count / STEP):,}"
