"""The forecast of places as it is shown: what was counted last, reckoned on for whoever asks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from training.pathways.models import Module
from training.people.models import Agency, Partnership
from training.strategy.forecast import Basis, Forecast, Inputs, Needs, forecast, months_ahead
from training.strategy.models import PlacesCount
from training.strategy.periods import Period
from training.strategy.places import WHOLE, board_basis, own_basis


@dataclass(frozen=True, slots=True)
class Outlook:
    """The twelve months after `on`, module by module (code, title, forecast) and in all.

    `short` are agencies without rosters of a year, `silent` those that did not report, by title.
    """

    partnership: Partnership
    on: date
    worked_out_at: datetime
    months: tuple[Period, ...]
    modules: tuple[tuple[str, str, Forecast], ...]
    whole: Forecast
    leaving: float | None
    short: tuple[str, ...]
    silent: tuple[str, ...]
    agencies: int
    is_unknown: bool
    """Whether nobody of whom it is asked has sent a roster: then no number is known, nought neither."""

    @property
    def are_all_short(self) -> bool:
        """Whether no agency that reported has sent rosters for a year."""
        return self.leaving is None and len(self.short) + len(self.silent) >= self.agencies

    def of(self, code: str) -> Forecast:
        """That of a module, or of all."""
        return next((each for module, _, each in self.modules if module == code), self.whole)


def board_outlook(partnership: Partnership, *, today: date) -> Outlook | None:
    """The partnership's, as its board may see it; none before the worker has counted."""
    counts = PlacesCount.objects.filter(build__partnership=partnership, build__as_at__lte=today, agency=None)
    found = counts.select_related("build__partnership", "agency").order_by("-build__as_at").first()
    if found is None:
        return None
    return _outlook(found, board_basis(read_inputs(found.counts), {tuple(each) for each in found.hidden}))


def own_outlooks(agency: Agency, *, today: date) -> list[Outlook]:
    """An agency's own, exact, of each partnership that it is in."""
    counts = PlacesCount.objects.filter(agency=agency, build__as_at__lte=today)
    in_order = counts.select_related("build__partnership", "agency").order_by("build__as_at")
    found = {each.build.partnership_id: each for each in in_order}
    outlooks = [_outlook(each, own_basis(read_inputs(each.counts))) for each in found.values()]
    return sorted(outlooks, key=lambda each: each.partnership.title)


def read_inputs(counts: Mapping[str, Any]) -> Inputs:
    """What was kept as JSON."""
    return Inputs(
        modules={code: _needs(each) for code, each in counts["modules"].items()},
        whole=_needs(counts["whole"]),
        people=tuple(counts["people"]),
        leavers=counts["leavers"],
        staff=counts["staff"],
        short=tuple(counts["short"]),
    )


def _needs(kept: Mapping[str, Any]) -> Needs:
    return Needs(kept["overdue"], tuple(kept["due"]), kept["in_year"], kept["starters"])


def _outlook(found: PlacesCount, basis: Basis) -> Outlook:
    build = found.build
    months = months_ahead(build.as_at)
    titles = dict(Module.objects.filter(pathway__partnership=build.partnership).values_list("code", "title"))
    agencies = {each["code"]: each["title"] for each in build.agencies}
    silent = {each["code"] for each in build.agencies if each["is_silent"]}
    asked = {found.agency.code} if found.agency else agencies.keys()
    return Outlook(
        partnership=build.partnership,
        on=build.as_at,
        worked_out_at=build.worked_out_at,
        months=months,
        modules=tuple(
            (code, titles.get(code, code), forecast(needs, months, basis.leaving))
            for code, needs in sorted(basis.modules.items())
        ),
        whole=forecast(basis.whole, months, basis.leaving),
        leaving=basis.leaving,
        short=tuple(agencies.get(code, code) for code in basis.short),
        silent=tuple(each["title"] for each in build.agencies if each["is_silent"]),
        agencies=len(agencies),
        is_unknown=asked <= silent,
    )


FILE_HEAD = (
    *("module", "title", "from", "to", "overdue_now", "fall_due", "started_in_last_year"),
    *("places_from", "places_to"),
)


def file_rows(outlook: Outlook) -> Iterator[list[Any]]:
    """The year and then each month, of every module and of all of them last; '*' where a number is hidden."""
    if outlook.is_unknown:
        return
    for code, title, found in (*outlook.modules, (WHOLE, "All modules", outlook.whole)):
        needs, year = found.needs, found.year
        ends = [outlook.months[0].first.isoformat(), outlook.months[-1].last.isoformat()]
        numbers = [needs.overdue, needs.in_year, needs.starters, year and year.low, year and year.high]
        yield [code or "all", title, *ends, *("*" if each is None else each for each in numbers)]
        for month, due, places in zip(outlook.months, needs.due, found.months, strict=True):
            ends = [month.first.isoformat(), month.last.isoformat()]
            numbers = [due, places and places.low, places and places.high]
            told, low, high = ("*" if each is None else each for each in numbers)
            yield [code or "all", title, *ends, "", told, "", low, high]
