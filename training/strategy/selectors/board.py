"""What the board's page shows: a report, the indicators' readings, and the words for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from training.pathways.models import Module, Tier
from training.people.kinds import AgencyKind
from training.people.models import Partnership, RoleGroup
from training.returns.limits import Declared
from training.returns.selectors.partnership import staff_of
from training.strategy.coverage import Place
from training.strategy.indicators import Reading, readings
from training.strategy.models import Indicator, Outcome, OutcomeIndicator, Strategy
from training.strategy.report import Report
from training.strategy.suppress import Audience, Figure, why_no_tiers
from training.strategy.table import ALL, NONE, Dimensions

from .declared import staff_text
from .reports import BOARD, counted, kept_days, last_build, report_of
from .strategies import current_strategy, indicators_of, targets_of
from .values import outside_values

HEADLINES = ("COV_REQUIRED", "COV_T1", "COV_T2", "INDUCTION_ON_TIME", "PATHWAY_COMMIT", "CHAMP_ACTIVE")
OF_TIER = {"A": "COV_T1", "B": "COV_T2"}
TOPICS = {
    "domestic_abuse": "Domestic abuse",
    "stalking": "Stalking",
    "honour_based_violence": "Honour-based violence",
    "forced_marriage": "Forced marriage",
    "child_to_parent_abuse": "Child-to-parent abuse",
}


@dataclass(frozen=True, slots=True)
class TierColumn:
    """A tier in which somebody is asked for something, and the indicator that counts it, where there is one."""

    code: str
    title: str

    @property
    def indicator(self) -> str:
        """Its code, or nothing."""
        return OF_TIER.get(self.code, "")


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """An agency's figures: everything required, then tier by tier. The last line is the whole partnership.

    `declared` is its own head-count, with the day, to hold against how many are asked.
    """

    title: str
    whole: Figure
    tiers: tuple[Figure, ...]
    excluded: Figure
    declared: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """An outcome of the strategy with the readings that evidence it."""

    outcome: Outcome
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The board's page."""

    partnership: Partnership
    strategy: Strategy | None
    report: Report
    readings: Mapping[str, Reading]
    headlines: tuple[Reading, ...]
    tiers: tuple[TierColumn, ...]
    lines: tuple[AgencyLine, ...]
    outcomes: tuple[OutcomeLine, ...]

    @property
    def why_no_tiers(self) -> str:
        """Why no agency's share of a tier is shown; nothing where any is, or there is none to show."""
        return why_no_tiers(figure.percent_text for line in self.lines[:-1] for figure in line.tiers)


def report_for(
    partnership: Partnership, *, on: date, today: date, at: datetime, audience: Audience, only: Q = BOARD
) -> Report:
    """Today's figures as last counted (`only` those cells); another day's, or today's not counted yet, live.

    Where a count takes longer than anybody waits, another day's are those that were counted then, too.
    """
    build = last_build(partnership, on=on) if on == today or kept_days(partnership) is not None else None
    if build is not None:
        return report_of(build, audience, only)
    return counted(partnership, on=on, at=at, audience=audience)


def board(partnership: Partnership, report: Report) -> Board:
    """Everything the board's page shows of a report."""
    strategy = current_strategy(partnership)
    found = strategy_readings(partnership, strategy, report)
    tiers = _tiers(partnership, report)
    return Board(
        partnership=partnership,
        strategy=strategy,
        report=report,
        readings=found,
        headlines=tuple(found[code] for code in HEADLINES if code in found),
        tiers=tiers,
        lines=tuple(_lines(report, tiers, staff_of(partnership, on=report.on, at=report.known_at))),
        outcomes=tuple(_outcomes(strategy, found)) if strategy else (),
    )


def strategy_readings(partnership: Partnership, strategy: Strategy | None, report: Report) -> dict[str, Reading]:
    """The readings of the indicators a strategy names and of the headlines; without one, of all that are collected."""
    if strategy is None:
        indicators = list(Indicator.objects.filter(is_collected=True))
    else:
        indicators = indicators_of(strategy)
        missing = set(HEADLINES) - {each.code for each in indicators}
        indicators += Indicator.objects.filter(code__in=missing) if missing else []
    outside = outside_values(partnership, on=report.on, known_at=report.known_at)
    return readings(indicators, report, targets_of(strategy), titles_of_parts(partnership), outside)


def titles_of_parts(partnership: Partnership) -> dict[str, dict[str, str]]:
    """What the parts of an indicator are called: topics and localities."""
    return {"topic": TOPICS, "locality": dict(partnership.localities.values_list("code", "title"))}


def titles_of(partnership: Partnership, report: Report, by: Dimensions) -> list[dict[str, str]]:
    """What the codes of a table's dimensions are called."""
    mine = {"pathway__partnership": partnership}
    known = {
        "agency": lambda: {agency.code: agency.title for agency in report.agencies},
        "agency_kind": lambda: dict(AgencyKind.choices),
        "locality": lambda: dict(partnership.localities.values_list("code", "title")),
        "role_group": lambda: dict(RoleGroup.objects.values_list("code", "title")),
        "tier": lambda: dict(Tier.objects.filter(**mine).values_list("code", "title")),
        "module": lambda: dict(Module.objects.filter(**mine).values_list("code", "title")),
        "topic": lambda: TOPICS,
    }
    whole = {by.group: "Whole partnership", by.scope: "Everything required"}
    return [known.get(name, dict)() | {ALL: whole[name], NONE: "Not given"} for name in by.names]


def _tiers(partnership: Partnership, report: Report) -> tuple[TierColumn, ...]:
    """The tiers of the partnership's pathways in which anything is asked of anybody."""
    tiers = Tier.objects.filter(pathway__partnership=partnership).order_by("position", "code")
    titles = dict(tiers.values_list("code", "title"))
    return tuple(
        TierColumn(code, title) for code, title in titles.items() if Place("", "", "tier", code) in report.cells
    )


def _lines(report: Report, tiers: Sequence[TierColumn], staff: Mapping[str, Declared]) -> list[AgencyLine]:
    places = [(agency.title, "agency", agency.code) for agency in report.agencies]
    return [
        AgencyLine(
            title=title,
            whole=report.figure(Place(kind, code)),
            tiers=tuple(report.figure(Place(kind, code, "tier", tier.code)) for tier in tiers),
            excluded=report.excluded(Place(kind, code)),
            declared=staff_text(staff.get(code)),
        )
        for title, kind, code in [*places, ("Whole partnership", "", "")]
    ]


def _outcomes(strategy: Strategy, found: Mapping[str, Reading]) -> list[OutcomeLine]:
    """The outcomes that some indicator evidences, in the strategy's order."""
    links = (
        OutcomeIndicator.objects.filter(outcome__objective__priority__strategy=strategy)
        .select_related("outcome", "indicator")
        .order_by(
            "outcome__objective__priority__position", "outcome__objective__position", "outcome__position", "position"
        )
    )
    lines: dict[Outcome, list[Reading]] = {}
    for link in links:
        lines.setdefault(link.outcome, []).append(found[link.indicator.code])
    return [OutcomeLine(outcome, tuple(each)) for outcome, each in lines.items()]
