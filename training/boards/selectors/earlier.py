"""What indicators said at the ends of earlier quarters: by earlier frozen packs, else by the builds of those days.

What comes from outside is told of each period in one version, the one known last: two beside each other would tell of
the few by whom it was corrected.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import count, takewhile

from django.db.models import Q

from training.access.clock import add_months
from training.boards.contents import Contents, Then
from training.boards.models import Snapshot
from training.people.models import Partnership
from training.strategy.figures import INDICATOR
from training.strategy.indicators import Reading, from_outside, readings
from training.strategy.models import CoverageBuild, Indicator
from training.strategy.selectors.board import titles_of_parts
from training.strategy.selectors.reports import reports_of
from training.strategy.selectors.values import outside_values
from training.strategy.suppress import Audience

GAP = "AGENCY_SPREAD"
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

Found = dict[str, dict[date, tuple[str, Then]]]
"""The same by day, each with the period that it is of, where it comes from outside."""


def quarter_before(day: date, quarters: int = 1) -> date:
    """The end of the month so many quarters before the month that ends on a day."""
    return add_months(day + timedelta(days=1), -3 * quarters) - timedelta(days=1)


def earlier(
    partnership: Partnership,
    now: Mapping[str, Reading],
    *,
    as_at: date,
    known_at: datetime | None,
    since: date | None = None,
) -> Earlier:
    """Every indicator at the ends of quarters before a day, where it was counted, frozen or given from outside then.

    What was given is as known at a moment or now. Before the quarters stand the same day of earlier years, back to
    `since`. `now`: what each says as at the day.
    """
    days = [quarter_before(as_at, back) for back in range(1, QUARTERS + 1)]
    if since is not None:
        years = (quarter_before(as_at, 4 * back) for back in count(QUARTERS // 4 + 1))
        days += takewhile(lambda day: day >= since, [next(years) for _ in range(YEARS)])
    indicators = [each.indicator for each in now.values()]
    found = _of_values(partnership, indicators, days, known_at)
    gap = now.get(GAP)
    for code, of_code in _of_builds(partnership, indicators, days, gap).items():
        found.setdefault(code, {}).update(of_code)
    for then in _of_packs(partnership, days):
        for code, line in then.figures.lines.items():
            at = Then(on=then.figures.as_at, text=line.text, value=line.value)
            at = of_others(at, line.parts[0].denominator, gap) if code == GAP and line.parts else at
            found.setdefault(code, {})[at.on] = line.period, at
    return {code: _one_of_a_period(of_code, now.get(code)) for code, of_code in found.items()}


def of_others(then: Then, agencies: str, now: Reading | None) -> Then:
    """A gap between so many `agencies`: where now it is between more or fewer, it is told but not compared.

    Which agencies can be shown changes from day to day, and the gap with them, though nothing happened in any.
    """
    if then.value is None or (now is not None and agencies == now.denominator):
        return then
    return Then(on=then.on, text=f"{then.text} ({agencies})", value=None)


def _one_of_a_period(found: Mapping[date, tuple[str, Then]], now: Reading | None) -> list[Then]:
    """The earliest first; where two are of one period from outside, both as the later says it."""
    told = {now.period: (now.text, now.value)} if now else {}
    for day in sorted(found, reverse=True):
        period, then = found[day]
        told.setdefault(period, (then.text, then.value))
    told.pop("", None)
    said = ((found[day][1], told.get(found[day][0])) for day in sorted(found))
    return [Then(on=then.on, text=last[0], value=last[1]) if last else then for then, last in said]


def _of_values(
    partnership: Partnership, indicators: Sequence[Indicator], days: Sequence[date], known_at: datetime | None
) -> Found:
    """What had been given from outside by each of the days, of a period that ended in the year before it."""
    found: Found = {}
    for day in days:
        outside = outside_values(partnership, on=day, known_at=known_at)
        for each in indicators:
            given = outside.get(each.code)
            if given is not None and day - given.period.last <= FRESH:
                reading = from_outside(each, given, Audience.PARTNERSHIP, None)
                then = Then(on=day, text=reading.text, value=reading.value)
                found.setdefault(each.code, {})[day] = reading.period, then
    return found


def _of_builds(
    partnership: Partnership, indicators: Sequence[Indicator], days: Sequence[date], gap: Reading | None
) -> Found:
    builds = list(CoverageBuild.objects.filter(partnership=partnership, as_at__in=days))
    titles = titles_of_parts(partnership)
    counted = [each for each in indicators if not each.is_from_outside]
    found: Found = {}
    for report in reports_of(builds, Audience.PARTNERSHIP, CELLS):
        for code, reading in readings(counted, report, {}, titles, {}).items():
            if reading.parts:
                then = Then(on=report.on, text=reading.text, value=reading.value)
                then = of_others(then, reading.denominator, gap) if code == GAP else then
                found.setdefault(code, {})[report.on] = "", then
    return found


def _of_packs(partnership: Partnership, days: Sequence[date]) -> list[Contents]:
    """Those frozen for one of the days, in the order of their meetings: of two, the later one stands."""
    kept = Snapshot.objects.filter(pack__partnership=partnership, pack__as_at__in=days).order_by("pack__meeting_on")
    return [Contents.read(text) for text in kept.values_list("content", flat=True)]
