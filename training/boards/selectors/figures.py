"""A pack's figures, counted from facts as they are known now: as the board may see them, and as the public may."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from training.boards.contents import (
    AMBIGUOUS,
    BETWEEN,
    LESS,
    AgencyRow,
    DeclaredPart,
    Definition,
    Figures,
    Line,
    ObjectiveRow,
    OutcomeRow,
    PriorityRow,
    PublicLine,
    StrategyRow,
    Then,
    Told,
)
from training.boards.kept_report import read_again
from training.boards.models import CountedDay
from training.boards.rag import RULE, Held, Rating, of_outcome, rating
from training.people.models import Partnership
from training.returns.selectors.partnership import last_due
from training.strategy.figures import OF_NO_PEOPLE
from training.strategy.indicators import Reading
from training.strategy.models import Indicator, Outcome, Strategy
from training.strategy.pack import Source, Unit
from training.strategy.report import Report
from training.strategy.selectors.board import board, strategy_readings
from training.strategy.selectors.reports import counted
from training.strategy.selectors.strategies import Succession, succession_of, with_tree
from training.strategy.suppress import Audience

from .declared import declared_part
from .earlier import QUARTERS, earlier, quarter_before

COUNTED_IN_AGENCIES = OF_NO_PEOPLE | {"PATHWAY_COMMIT", "AGENCY_SPREAD"}
ON_TIME = "RETURN_ON_TIME"
SOURCES = {
    "computed": "Worked out from what is recorded",
    "declared": "Declared by agencies",
    "imported": "Totals of other systems",
    "manual": "Counted by hand",
}


def count_figures(partnership: Partnership, strategy: Strategy | None, *, as_at: date, at: datetime) -> Figures:
    """Everything counted anew. Takes as long as counting a day's coverage does: for the worker."""
    report = counted(partnership, on=as_at, at=at)
    return _figures(partnership, strategy, report, declared_part(partnership, report))


def figures_of(strategy: Strategy | None, day: CountedDay) -> Figures:
    """The same of a day that is counted already, as known then, whichever strategy asks."""
    report = read_again(day.report, on=day.as_at, known_at=day.counted_at)
    return _figures(day.partnership, strategy, report, DeclaredPart.read(day.declared))


def _figures(partnership: Partnership, strategy: Strategy | None, report: Report, declared: DeclaredPart) -> Figures:
    as_at = report.on
    found = _by_period(partnership, strategy, report)
    indicators = [each.indicator for each in found.values()]
    succession = succession_of(strategy) if strategy else None
    older = succession.earlier if succession else None
    since = date(older.from_year, 1, 1) if older else None
    before = earlier(partnership, found, as_at=as_at, known_at=report.known_at, since=since)
    lines = {code: _line(each, before.get(code, ()), as_at) for code, each in found.items()}
    if strategy and succession:
        across = _across(strategy, succession)
        lines = {code: _since(line, strategy, older if code in across else None) for code, line in lines.items()}
    in_public = _by_period(partnership, strategy, replace(report, audience=Audience.PUBLIC))
    public = {code: _public(each) for code, each in in_public.items()}
    shown = board(partnership, report)
    silent = {each.title for each in report.silent_agencies}
    codes = {each.title: each.code for each in report.agencies}
    return Figures(
        partnership=partnership.title,
        partnership_code=partnership.code,
        strategy=_strategy(strategy, succession, lines, public) if strategy and succession else None,
        as_at=as_at,
        counted_at=report.worked_out_at,
        rule=RULE,
        tiers=tuple(each.title for each in shown.tiers),
        declared=declared,
        agencies=tuple(
            AgencyRow(
                code=codes.get(each.title, ""),
                title=each.title,
                is_silent=each.title in silent,
                percent=each.whole.percent_text,
                in_date=each.whole.numerator_text,
                asked=each.whole.denominator_text,
                left_out=each.excluded.numerator_text,
                tiers=tuple(figure.percent_text for figure in each.tiers),
            )
            for each in shown.lines
        ),
        lines=lines,
        public=public,
        definitions=tuple(_definition(each) for each in indicators),
    )


def _by_period(partnership: Partnership, strategy: Strategy | None, report: Report) -> dict[str, Reading]:
    """What each figure says; of returns also of which quarter: the last that was due by the day."""
    found = dict(strategy_readings(partnership, strategy, report))
    quarter = last_due(partnership, on=report.on, at=report.worked_out_at)
    if quarter and ON_TIME in found:
        found[ON_TIME] = replace(found[ON_TIME], period=quarter.title)
    return found


def _line(reading: Reading, before: Sequence[Then], as_at: date) -> Line:
    by_day = {each.on: each for each in before}
    quarter = by_day.get(quarter_before(as_at))
    now = Then(on=as_at, text=reading.text, value=reading.value)
    return Line(
        code=reading.indicator.code,
        title=reading.indicator.title,
        text=reading.text,
        value=reading.value,
        counts=reading.counts,
        parts=tuple(
            Told(label=each.label, text=each.text, numerator=each.numerator, denominator=each.denominator)
            for each in (*reading.parts, *reading.within)
        ),
        target=reading.target,
        target_text=reading.target_text,
        rating=_rating(reading, quarter.value if quarter else None),
        period=reading.period,
        said_by=reading.said_by,
        origin=reading.origin,
        is_of_people=_is_of_people(reading.indicator),
        restated=reading.restated,
        silent=tuple(each.title for each in reading.silent),
        quarter=quarter,
        year=by_day.get(quarter_before(as_at, 4)),
        trend=(*before, now),
    )


def _is_of_people(indicator: Indicator) -> bool:
    if indicator.is_from_outside:
        return indicator.suppress_below is not None
    return indicator.code not in COUNTED_IN_AGENCIES


def _rating(reading: Reading, before: float | None) -> Rating:
    """What comes from outside is rated by its whole alone, as it is held against its target.

    Of several parts, some hidden, that are worked out here: red where one that is shown is red already.
    """
    held = Held(
        value=reading.value,
        target=reading.target,
        direction=reading.indicator.direction,
        is_number=reading.indicator.unit in (Unit.COUNT, Unit.RATIO),
        before=before,
    )
    if reading.indicator.source != Source.COMPUTED:
        return rating(replace(held, value=None) if len(reading.parts) > 1 else held)
    shown = rating(replace(held, value=reading.worst_shown))
    return Rating.RED if shown == Rating.RED else rating(held)


def _public(reading: Reading) -> PublicLine:
    return PublicLine(
        title=reading.indicator.title,
        text=reading.text,
        counts=reading.counts,
        has_target=reading.target is not None,
        target_text=reading.target_text,
        rating=_rating(reading, None),
        period=reading.period,
    )


def _definition(indicator: Indicator) -> Definition:
    welcome = {"up": "More is better", "down": LESS}.get(indicator.direction, AMBIGUOUS)
    return Definition(
        code=indicator.code,
        title=indicator.title,
        formula=indicator.formula,
        numerator=indicator.numerator,
        denominator=indicator.denominator,
        logic=indicator.logic,
        caution=indicator.caution,
        welcome=welcome,
        source=SOURCES[indicator.source],
        owner=indicator.answered_for_by,
    )


def _across(strategy: Strategy, succession: Succession) -> set[str]:
    """The indicators that evidence both an outcome of the earlier strategy and the one of ours that carries it on."""
    of_earlier: dict[int, set[str]] = {}
    carried = [each.pk for outcomes in succession.outcomes.values() for each in outcomes]
    for pk, code in Outcome.objects.filter(pk__in=carried).values_list("pk", "indicators__code").order_by():
        of_earlier.setdefault(pk, set()).add(code)
    ours = Outcome.objects.filter(objective__priority__strategy=strategy).order_by()
    return {
        code
        for ref, code in ours.values_list("ref", "indicators__code")
        if any(code in of_earlier.get(each.pk, ()) for each in succession.outcomes.get(ref, ()))
    }


def _since(line: Line, strategy: Strategy, older: Strategy | None) -> Line:
    """Its trend begins with the strategy, unless it goes back into the one before: then it says where."""
    began = date(strategy.from_year, 1, 1)
    goes_back = older is not None and bool(line.trend) and line.trend[0].on < began <= line.trend[-1].on
    if older is None or not goes_back or line.trend[0].on.year > older.to_year:
        first = max(began, quarter_before(line.trend[-1].on, QUARTERS)) if line.trend else began
        return line.model_copy(update={"trend": tuple(each for each in line.trend if each.on >= first)})

    def under(on: date) -> str:
        if on >= began:
            return strategy.title
        return older.title if on.year <= older.to_year else BETWEEN

    trend = tuple(each.model_copy(update={"under": under(each.on)}) for each in line.trend)
    return line.model_copy(update={"trend": trend, "across": older.title, "began": began})


def _strategy(
    strategy: Strategy, succession: Succession, lines: Mapping[str, Line], public: Mapping[str, PublicLine]
) -> StrategyRow:
    def outcome(each: Outcome) -> OutcomeRow:
        codes = tuple(link.indicator.code for link in each.links.all())
        return OutcomeRow(
            ref=each.ref,
            title=each.title,
            evidence=each.evidence,
            codes=codes,
            rating=of_outcome((lines[code].rating, lines[code].target is not None) for code in codes),
            public_rating=of_outcome((public[code].rating, public[code].has_target) for code in codes),
            carries=tuple(f"{old.ref} {old.title}" for old in succession.outcomes.get(each.ref, ())),
        )

    return StrategyRow(
        pack_id=strategy.pack_id,
        title=strategy.title,
        years=strategy.years,
        note=strategy.note,
        is_historic=strategy.is_historic,
        priorities=tuple(
            PriorityRow(
                ref=priority.ref,
                title=priority.title,
                objectives=tuple(
                    ObjectiveRow(
                        ref=objective.ref,
                        title=objective.title,
                        outcomes=tuple(outcome(each) for each in objective.outcomes.all()),
                    )
                    for objective in priority.objectives.all()
                ),
            )
            for priority in with_tree(strategy).priorities.all()
        ),
    )
