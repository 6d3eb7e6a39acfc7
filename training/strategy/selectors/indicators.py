"""The pages of indicators: all of them with who owes what next, and one with how it is worked out and how it moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min, Q

from training.pathways.models import Module
from training.people.models import Partnership, RoleGroup
from training.strategy.figures import INDICATOR
from training.strategy.indicators import Reading, place_of, readings
from training.strategy.models import CoverageBuild, Indicator
from training.strategy.outside import Outside
from training.strategy.pack import Frequency, Unit
from training.strategy.periods import Period, ended, month_ends
from training.strategy.report import Report
from training.strategy.suppress import Audience

from .board import TOPICS, titles_of_parts
from .reports import reports_of
from .strategies import current_strategy, targets_of
from .values import outside_values


@dataclass(frozen=True, slots=True)
class Owed:
    """The next period of an indicator whose values come from outside, and by when they should be here."""

    period: Period
    is_overdue: bool

    @property
    def by(self) -> date:
        """The last day on which it is in time."""
        return self.period.owed_by


@dataclass(frozen=True, slots=True)
class Listed:
    """An indicator in the list: what it says now, of which period, and what comes next."""

    reading: Reading
    owed: Owed | None


def listed_indicators(partnership: Partnership, report: Report) -> list[Listed]:
    """Every indicator, in the order of the list."""
    outside = outside_values(partnership, on=report.on)
    targets = targets_of(current_strategy(partnership))
    found = readings(Indicator.objects.all(), report, targets, titles_of_parts(partnership), outside)
    since = partnership.memberships.aggregate(since=Min("starts_on"))["since"] or report.on
    return [Listed(each, owed(each.indicator, outside.get(code), report.on, since)) for code, each in found.items()]


def owed(indicator: Indicator, given: Outside | None, on: date, since: date) -> Owed | None:
    """What is owed next; nothing of what is worked out here, nor of periods before the partnership's first day."""
    if not indicator.is_from_outside:
        return None
    period = given.period.next if given else ended(Frequency(indicator.frequency), on, 1)[0]
    if period.last < since:
        period = period.next
    return Owed(period, is_overdue=on > period.owed_by)


def reading_of(partnership: Partnership, indicator: Indicator, report: Report) -> Reading:
    """What one indicator says."""
    outside = outside_values(partnership, on=report.on, known_at=report.known_at)
    targets = targets_of(current_strategy(partnership))
    return readings([indicator], report, targets, titles_of_parts(partnership), outside)[indicator.code]


@dataclass(frozen=True, slots=True)
class Counted:
    """Whom and which modules a coverage counts, in the words of the partnership's own pathway."""

    role_groups: tuple[str, ...]
    modules: tuple[str, ...]


def counted_in_words(partnership: Partnership, indicator: Indicator) -> Counted | None:
    """The filters of a coverage; nothing of an indicator that is none. No role groups stand for all of them."""
    if indicator.measure is None:
        return None
    measure = {name: code for name, code in indicator.measure.items() if code}
    modules = Module.objects.filter(pathway__partnership=partnership).select_related("tier").order_by("code")
    chosen = [
        f"{each.code} {each.title}"
        for each in modules
        if measure.get("tier", each.tier.code) == each.tier.code
        and ("module_family" not in measure or measure["module_family"] in each.families)
        and ("each_topic" not in measure or set(each.topics) & set(TOPICS))
    ]
    groups = RoleGroup.objects.order_by("title")
    if "role_group" in measure:
        groups = groups.filter(code=measure["role_group"])
    elif "role_family" in measure:
        groups = groups.filter(family=measure["role_family"])
    else:
        groups = groups.none()
    return Counted(tuple(groups.values_list("title", flat=True)), tuple(chosen))


@dataclass(frozen=True, slots=True)
class Then:
    """What an indicator said as at a day, and when that was counted."""

    on: date
    counted_at: datetime
    reading: Reading


def history(partnership: Partnership, indicator: Indicator, *, today: date, audience: Audience) -> list[Then]:
    """What it said at the ends of months that were counted, the earliest first: as known when it was counted.

    Days in between are not offered (home/board.py), and what comes from outside has periods of its own.
    """
    if indicator.is_from_outside or not indicator.is_collected:
        return []
    ends = CoverageBuild.objects.filter(partnership=partnership, as_at__in=month_ends(today)).order_by("as_at")
    reports = reports_of(list(ends), audience, _cells_of(indicator))
    titles, targets = titles_of_parts(partnership), targets_of(current_strategy(partnership))
    return [
        Then(report.on, report.worked_out_at, readings([indicator], report, targets, titles, {})[indicator.code])
        for report in reports
    ]


def _cells_of(indicator: Indicator) -> Q:
    """The cells that its reading looks at."""
    if indicator.code == "AGENCY_SPREAD":
        return Q(group_kind="agency", scope_kind="")
    if indicator.measure is None:
        return Q(scope_kind=INDICATOR, scope__in=[indicator.code, "CHAMP_ACTIVE"])
    if indicator.measure.get("each_topic"):
        return Q(group_kind="", scope_kind="topic")
    place = place_of(indicator.measure)
    return Q(group_kind=place.group_kind, group=place.group, scope_kind=place.scope_kind, scope=place.scope)


def figures_of(then: Sequence[Then]) -> list[tuple[str, str, float | None]]:
    """For `training.ui.charts.trend`: label, figure in short, value."""
    return [(f"{each.on:%b %Y}", _short(each.reading), each.reading.value) for each in then]


def _short(reading: Reading) -> str:
    if reading.value is None:
        return reading.text
    return f"{reading.value:g}%" if reading.indicator.unit == Unit.PERCENT else f"{reading.value:g}"
