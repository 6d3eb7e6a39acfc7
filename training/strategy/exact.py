"""The numbers behind every indicator that is worked out here, with nothing hidden: for whoever has to check them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .coverage import Cell, Place
from .figures import CHAMPIONS, CHAMPIONS_THERE, INDICATOR, PLACES, WITHOUT_CHAMPIONS
from .forecast import forecast, months_ahead
from .indicators import place_of, readings
from .models import Indicator
from .pack import Unit
from .report import Report

SPREAD, COMMITTED = "AGENCY_SPREAD", "PATHWAY_COMMIT"


@dataclass(frozen=True, slots=True)
class Exact:
    """One figure: of the whole, or of one `part` of it by its code. `value`: a mean, or a gap in points."""

    indicator: str
    part: str
    numerator: int | None
    denominator: int | None
    value: float | None = None


def exact_figures(
    indicators: Iterable[Indicator], report: Report, *, topics: Iterable[str], localities: Iterable[str]
) -> Iterator[Exact]:
    """Every figure of these indicators, from the cells that the board's page reads; none where nothing is known."""
    for each in indicators:
        if each.code == SPREAD:
            yield Exact(SPREAD, "", None, None, readings([each], report, {}, {}, {})[SPREAD].value)
        elif each.code == COMMITTED:
            signed = sum(agency.is_signed_up for agency in report.agencies)
            yield Exact(COMMITTED, "", signed, len(report.agencies))
        elif each.code == PLACES.scope:
            yield from _needed(report)
        elif each.measure is not None:
            for part, place in _covered(each.measure, topics):
                cell = report.cells.get(place, Cell(0, 0))
                yield Exact(each.code, part, cell.numerator, cell.denominator)
        else:
            yield from _told(each, report, localities)


def _covered(measure: dict[str, object], topics: Iterable[str]) -> list[tuple[str, Place]]:
    if measure.get("each_topic"):
        return [(topic, Place("", "", "topic", topic)) for topic in topics]
    return [("", place_of(measure))]


def _needed(report: Report) -> Iterator[Exact]:
    """The range, reckoned from the exact numbers (the board's is from round ones), and those numbers."""
    if report.places is None:
        return
    inputs = report.places.inputs
    year = forecast(inputs.whole, months_ahead(report.on), inputs.leaving).year
    low, likely, high = (year.low, year.likely, year.high) if year else (None, None, None)
    yield Exact(PLACES.scope, "", inputs.people[-1], None, likely)
    for part, count in (
        ("overdue", inputs.whole.overdue),
        ("falls due", inputs.whole.in_year),
        ("starters", inputs.whole.starters),
    ):
        yield Exact(PLACES.scope, part, count, None)
    yield Exact(PLACES.scope, "leavers", inputs.leavers, inputs.staff + inputs.leavers)
    yield Exact(PLACES.scope, "lowest", None, None, low)
    yield Exact(PLACES.scope, "highest", None, None, high)


def _told(indicator: Indicator, report: Report, localities: Iterable[str]) -> Iterator[Exact]:
    """What is no coverage: the whole, and the parts beside it."""
    if indicator.code == CHAMPIONS_THERE:
        parts = {code: Place("locality", code, INDICATOR, CHAMPIONS_THERE) for code in localities}
        parts = parts | {"without": WITHOUT_CHAMPIONS} if CHAMPIONS in report.cells else {}
    else:
        here = (place for place in report.cells if (place.scope_kind, place.scope) == (INDICATOR, indicator.code))
        parts = {place.group: place for place in here if place.group_kind in ("", "agency_kind")}
    for part, place in sorted(parts.items()):
        cell = report.cells.get(place, Cell(0, 0))
        is_count = indicator.unit == Unit.COUNT and not indicator.denominator
        yield Exact(indicator.code, part, cell.numerator, None if is_count else cell.denominator, cell.value)
