"""What bench/seed.py leaves out for `scripts/bench strategy`: `python bench/quarters.py` on the database it has filled.

Today's figures are counted from facts; those of the twelve quarters before are
copies of them with fewer in date, since counting thirteen days would take as many times as long and measure nothing
more. Each agency has declared its staff each quarter and given its return, but one in twenty the last one.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from time import perf_counter

import django

if __name__ == "__main__":
    django.setup()

from django.db import connection
from django.utils import timezone

from training.access.clock import LONDON, london_date
from training.boards.bench import make_quarters
from training.pathways.models import Module
from training.people.models import Agency, Partnership, RoleGroup
from training.returns.models import AgencyReturn, HeadCount, How, ReturnLine, ReturnTerms, ReturnVersion
from training.returns.quarters import Quarter, quarter_of
from training.strategy.bench import send_rosters

QUARTERS, LINES = 12, 4
BY = "system:seed"


def fill(partnership: Partnership, *, at: datetime) -> None:
    """All of it."""
    quarters = [quarter_of(london_date(at)).back(back) for back in range(QUARTERS, 0, -1)]
    send_rosters(partnership, _noon(quarters[-1]))  # so that agencies had reported on the day of the pack
    _declare(partnership, quarters)
    make_quarters(partnership, at=at)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")  # as autovacuum does once rows have come


def _noon(quarter: Quarter) -> datetime:
    """On a quarter's last day."""
    return datetime.combine(quarter.ends_on, time(12), LONDON)


def _declare(partnership: Partnership, quarters: list[Quarter]) -> None:
    agencies = list(Agency.objects.filter(partnerships=partnership).order_by("code"))
    ReturnTerms.objects.create(
        partnership=partnership, quarter_on=quarters[0].starts_on, recorded_at=_noon(quarters[0]), recorded_by=BY
    )
    HeadCount.objects.bulk_create(
        HeadCount(
            agency=agency, counted_on=each.ends_on, people=3000 + 7 * place, recorded_at=_noon(each), recorded_by=BY
        )
        for each in quarters
        for place, agency in enumerate(agencies)
    )
    given = AgencyReturn.objects.bulk_create(
        AgencyReturn(partnership=partnership, agency=agency, quarter_on=each.starts_on)
        for each in quarters
        for place, agency in enumerate(agencies)
        if each != quarters[-1] or place % 20
    )
    versions = ReturnVersion.objects.bulk_create(_versions(given))
    pairs = list(zip(RoleGroup.objects.order_by("pk")[:LINES], Module.objects.order_by("pk")[:LINES], strict=True))
    ReturnLine.objects.bulk_create(
        ReturnLine(version=version, role_group=group, module=module, trained=place % 97, how=How.SESSION)
        for place, version in enumerate(versions)
        for group, module in pairs
    )


def _versions(given: list[AgencyReturn]) -> Iterator[ReturnVersion]:
    """One each, signed ten days after the quarter."""
    for each in given:
        signed_at = _noon(each.quarter) + timedelta(days=10)
        yield ReturnVersion(
            of=each,
            recorded_at=signed_at,
            recorded_by=BY,
            handed_over_at=signed_at,
            handed_over_by=BY,
            signed_at=signed_at,
            signed_by=BY,
        )


if __name__ == "__main__":
    started = perf_counter()
    fill(Partnership.objects.get(code="million"), at=timezone.now())
    print(f"{QUARTERS} quarters of figures and what agencies declare in {perf_counter() - started:.0f} s")
