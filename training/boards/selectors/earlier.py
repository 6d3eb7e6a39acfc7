"""What indicators said at the ends of earlier quarters: by earlier frozen packs, else by the builds of those days."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import count, takewhile

from django.db.models import Q

from training.access.clock import add_months
from training.boards.contents import Contents, Then
from training.boards.models import Snapshot
from training.people.models import Partnership
from training.strategy.figures import INDICATOR
from training.strategy.indicators import from_outside, readings
from training.strategy.models import CoverageBuild, Indicator
from training.strategy.selectors.board import titles_of_parts
from training.strategy.selectors.reports import reports_of
from training.strategy.selectors.values import outside_values
from training.strategy.suppress import Audience

QUARTERS = 12
YEARS = 25
FRESH = timedelta(days=366)
CELLS = (
    Q(scope_kind=INDICATOR)
    | Q(group_kind="")
    | Q(group_kind__in=["agency", "role_family", "role_group"], scope_kind="")
)

Earlier = Mapping[str, Sequence[Then]]
"""By indicator's code, the earliest first."""


def quarter_before(day: date, quarters: int = 1) -> date:
    """The end of the month so many quarters before the month that ends on a day."""
    return add_months(day + timedelta(days=1), -3 * quarters) - timedelta(days=1)


def earlier(
    partnership: Partnership, indicators: Sequence[Indicator], *, as_at: date, since: date | None = None
) -> Earlier:
    """Every indicator at the ends of quarters before a day, where it was counted, frozen or given from outside then.

    Before them stand the same day of earlier years, back to `since`.
    """
    days = [quarter_before(as_at, back) for back in range(1, QUARTERS + 1)]
    if since is not None:
        years = (quarter_before(as_at, 4 * back) for back in count(QUARTERS // 4 + 1))
        days += takewhile(lambda day: day >= since, [next(years) for _ in range(YEARS)])
    found = _of_values(partnership, indicators, days)
    for code, of_code in _of_builds(partnership, indicators, days).items():
        found.setdefault(code, {}).update(of_code)
    for then in _of_packs(partnership, days):
        for code, line in then.figures.lines.items():
            at = Then(on=then.figures.as_at, text=line.text, value=line.value)
            found.setdefault(code, {})[at.on] = at
    return {code: [each[day] for day in sorted(each)] for code, each in found.items()}


def _of_values(
    partnership: Partnership, indicators: Sequence[Indicator], days: Sequence[date]
) -> dict[str, dict[date, Then]]:
    """What had been given from outside by each of the days, of a period that ended in the year before it."""
    found: dict[str, dict[date, Then]] = {}
    for day in days:
        outside = outside_values(partnership, on=day)
        for each in indicators:
            given = outside.get(each.code)
            if given is not None and day - given.period.last <= FRESH:
                reading = from_outside(each, given, Audience.PARTNERSHIP, None)
                found.setdefault(each.code, {})[day] = Then(on=day, text=reading.text, value=reading.value)
    return found


def _of_builds(
    partnership: Partnership, indicators: Sequence[Indicator], days: Sequence[date]
) -> dict[str, dict[date, Then]]:
    builds = list(CoverageBuild.objects.filter(partnership=partnership, as_at__in=days))
    titles = titles_of_parts(partnership)
    counted = [each for each in indicators if not each.is_from_outside]
    found: dict[str, dict[date, Then]] = {}
    for report in reports_of(builds, Audience.PARTNERSHIP, CELLS):
        for code, reading in readings(counted, report, {}, titles, {}).items():
            if reading.parts:
                found.setdefault(code, {})[report.on] = Then(on=report.on, text=reading.text, value=reading.value)
    return found


def _of_packs(partnership: Partnership, days: Sequence[date]) -> list[Contents]:
    """Those frozen for one of the days, in the order of their meetings: of two, the later one stands."""
    kept = Snapshot.objects.filter(pack__partnership=partnership, pack__as_at__in=days).order_by("pack__meeting_on")
    return [Contents.read(text) for text in kept.values_list("content", flat=True)]
