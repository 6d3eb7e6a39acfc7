"""What indicators said at the ends of earlier quarters: by earlier frozen packs, else by the builds of those days."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Q

from training.access.clock import add_months
from training.boards.contents import Contents, Then
from training.boards.models import Snapshot
from training.people.models import Partnership
from training.strategy.figures import INDICATOR
from training.strategy.indicators import readings
from training.strategy.models import CoverageBuild, Indicator
from training.strategy.selectors.board import titles_of_parts
from training.strategy.selectors.reports import reports_of
from training.strategy.selectors.values import outside_values
from training.strategy.suppress import Audience

QUARTERS = 12
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


def earlier(partnership: Partnership, indicators: Sequence[Indicator], *, as_at: date) -> Earlier:
    """Every indicator at the ends of quarters before a day, where it was counted or frozen then."""
    days = [quarter_before(as_at, back) for back in range(1, QUARTERS + 1)]
    found = _of_builds(partnership, indicators, days)
    for then in _of_packs(partnership, days):
        for code, line in then.figures.lines.items():
            at = Then(on=then.figures.as_at, text=line.text, value=line.value)
            found.setdefault(code, {})[at.on] = at
    return {code: [each[day] for day in sorted(each)] for code, each in found.items()}


def _of_builds(
    partnership: Partnership, indicators: Sequence[Indicator], days: Sequence[date]
) -> dict[str, dict[date, Then]]:
    builds = list(CoverageBuild.objects.filter(partnership=partnership, as_at__in=days))
    titles = titles_of_parts(partnership)
    found: dict[str, dict[date, Then]] = {}
    for report in reports_of(builds, Audience.PARTNERSHIP, CELLS):
        outside = outside_values(partnership, on=report.on)
        for code, reading in readings(indicators, report, {}, titles, outside).items():
            if reading.parts:
                found.setdefault(code, {})[report.on] = Then(on=report.on, text=reading.text, value=reading.value)
    return found


def _of_packs(partnership: Partnership, days: Sequence[date]) -> list[Contents]:
    """Those frozen for one of the days, in the order of their meetings: of two, the later one stands."""
    kept = Snapshot.objects.filter(pack__partnership=partnership, pack__as_at__in=days).order_by("pack__meeting_on")
    return [Contents.read(text) for text in kept.values_list("content", flat=True)]
