"""What each indicator says on a day, for one audience: worked out from a report, or 'not collected', never nought."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from training.people.kinds import AgencyKind

from .coverage import Cell, Place
from .figures import (
    CHAMPIONS,
    CHAMPIONS_THERE,
    FEWEST_PLACES,
    INDICATOR,
    MOST_PLACES,
    OF_NO_PEOPLE,
    OF_ROSTERS,
    PLACES,
    PROMISES,
    WITHOUT_CHAMPIONS,
    AgencyOnDay,
)
from .models import Indicator
from .outside import Outside, as_seen, said_of, value_of
from .pack import Unit
from .report import Report
from .suppress import HIDDEN, MISSING, NOT_REQUIRED, SMALLEST_WHOLE, Audience, Figure, rounded, whole_percent

NOT_COLLECTED = "Not collected"
SMALLEST_AGENCY = 10


@dataclass(frozen=True, slots=True)
class Part:
    """One of several figures of an indicator: a topic's, a locality's. `value` is what is held against the target."""

    label: str
    text: str
    numerator: str
    denominator: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Reading:
    """One indicator on a day. `text` is the figure to read, `parts` what it is made of; where there is one, itself.

    What comes from outside says of which period it is, who said so and, where another figure stood there before, why
    it is `restated`; `within` are parts told beside the whole.
    `silent` are the agencies that told nothing of it and are left out; the public is not told which.
    """

    indicator: Indicator
    text: str
    parts: tuple[Part, ...] = ()
    target: int | None = None
    is_met: bool | None = None
    within: tuple[Part, ...] = ()
    period: str = ""
    said_by: str = ""
    restated: str = ""
    silent: tuple[AgencyOnDay, ...] = ()

    @property
    def silent_titles(self) -> list[str]:
        """What these agencies are called."""
        return [each.title for each in self.silent]

    @property
    def numerator(self) -> str:
        """How many, where there is one figure."""
        return self.parts[0].numerator if len(self.parts) == 1 else ""

    @property
    def denominator(self) -> str:
        """Of how many, where there is one figure."""
        return self.parts[0].denominator if len(self.parts) == 1 else ""

    @property
    def value(self) -> float | None:
        """The number of the figure; of several parts the one furthest from welcome, unless one of them is not shown."""
        asked = [part for part in self.parts if part.text != NOT_REQUIRED]
        return None if any(part.value is None for part in asked) else self.worst_shown

    @property
    def worst_shown(self) -> float | None:
        """The same of the parts that are shown: the whole can only be further from welcome."""
        valued = [part.value for part in self.parts if part.value is not None]
        return (max if self.indicator.direction == "down" else min)(valued) if valued else None

    @property
    def origin(self) -> str:
        """Where a figure that is not worked out here comes from: kinds that are never added up."""
        return {"imported": "Imported", "declared": "Declared by agencies", "manual": "Given by hand"}.get(
            self.indicator.source, ""
        )

    @property
    def counts(self) -> str:
        """'460 of 573', where there is one figure and it is shown."""
        if not self.denominator or self.numerator in ("", HIDDEN, MISSING, NOT_REQUIRED):
            return ""
        return f"{self.numerator} of {self.denominator}"

    @property
    def summary(self) -> str:
        """The title, the figure and the target on one line."""
        said = f"{self.indicator.title}: {self.text[:1].lower() + self.text[1:]}"
        return said if self.target is None else f"{said} (target: {self.target_text})"

    @property
    def target_text(self) -> str:
        """The target with its unit; at most, where less is welcome."""
        if self.target is None:
            return "none set"
        said = f"{self.target}%" if self.indicator.unit == "percent" else str(self.target)
        if self.indicator.code == "AGENCY_SPREAD":
            said = f"{said} points"
        if self.indicator.unit == "ratio":
            said = f"{said} for every {self.indicator.per:,}"
        return f"at most {said}" if self.indicator.direction == "down" else said

    @property
    def welcome(self) -> str:
        """Which way is welcome, in words."""
        return {"up": "More is better", "down": "Less is better"}.get(
            self.indicator.direction, "More can be good or bad"
        )


Parts = Sequence[Part]
Titles = Mapping[str, Mapping[str, str]]
"""Titles by kind ('locality', 'topic') and code."""


def readings(
    indicators: Iterable[Indicator],
    report: Report,
    targets: Mapping[str, int],
    titles: Titles,
    outside: Mapping[str, Outside],
) -> dict[str, Reading]:
    """Every indicator's reading, by code; `outside` are the values given from outside."""
    found = {}
    for each in indicators:
        target = targets.get(each.code)
        if each.is_from_outside:
            found[each.code] = from_outside(each, outside.get(each.code), report.audience, target)
        else:
            found[each.code] = _reading(each, report, target, titles)
    return found


def _reading(indicator: Indicator, report: Report, target: int | None, titles: Titles) -> Reading:
    work_out = _OTHERS.get(indicator.code) or (_told if indicator.measure is None else _coverage)
    if not indicator.is_collected:
        return Reading(indicator, NOT_COLLECTED, target=target)
    parts = tuple(work_out(indicator, report, titles))
    said = Reading(indicator, _headline(indicator, parts), parts, target, _is_met(indicator, parts, target))
    return replace(said, within=tuple(_within(indicator, report)), silent=_silent(indicator, report))


def _within(indicator: Indicator, report: Report) -> Iterator[Part]:
    """Counts of agencies that stand beside the figure: those reached by their kind, and those without a champion."""
    places = {}
    if indicator.code == CHAMPIONS_THERE:
        places = {"Agencies without one": WITHOUT_CHAMPIONS}
    elif indicator.code == "AGENCIES_REACHED":
        places = {kind.label: Place("agency_kind", kind.value, INDICATOR, indicator.code) for kind in AgencyKind}
    for label, place in places.items():
        if cell := report.cells.get(place):
            mark = report.figure(place).mark
            yield Part(label, mark or f"{cell.numerator} of {cell.denominator}", "", "", None)


def _silent(indicator: Indicator, report: Report) -> tuple[AgencyOnDay, ...]:
    """Of what rests on rosters those without one, of promises those without an answer, and else nobody."""
    if report.audience is Audience.PUBLIC:
        return ()
    if indicator.measure is not None or indicator.code in OF_ROSTERS:
        return report.silent_agencies
    if indicator.code not in PROMISES:
        return ()
    answers = (Place("agency", each.code, INDICATOR, indicator.code) in report.cells for each in report.agencies)
    return tuple(each for each, has_told in zip(report.agencies, answers, strict=True) if not has_told)


def from_outside(indicator: Indicator, given: Outside | None, audience: Audience, target: int | None) -> Reading:
    """The reading of the values of one period; parts stand beside the whole, and never in its place."""
    if given is None:
        return Reading(indicator, NOT_COLLECTED, target=target)
    parts = tuple(
        Part(
            value.part or indicator.title, said_of(indicator, figure), *_numbers_of(figure), value_of(indicator, figure)
        )
        for value, figure in as_seen(indicator, given.values, audience)
    )
    whole, within = (parts[:1], parts[1:]) if not given.values[0].part else ((), parts)
    text = whole[0].text if whole else _in_parts(within)
    return Reading(
        indicator,
        text,
        whole or within,
        target,
        _is_met(indicator, whole, target),
        within if whole else (),
        str(given.period),
        given.values[0].said_by,
        given.values[0].why,
    )


def _in_parts(parts: Parts) -> str:
    return f"{parts[0].text} ({parts[0].label})" if len(parts) == 1 else f"In {len(parts)} parts"


def _numbers_of(figure: Figure) -> tuple[str, str]:
    return figure.numerator_text, "" if figure.denominator is None else figure.denominator_text


def _headline(indicator: Indicator, parts: Parts) -> str:
    """The figure; of several the one furthest from welcome among those shown, with its name."""
    if len(parts) == 1:
        return parts[0].text
    valued = [(part.value, part) for part in parts if part.value is not None]
    if not valued:
        return parts[0].text if parts else NOT_REQUIRED
    furthest, which = (max, "the highest") if indicator.direction == "down" else (min, "the lowest")
    value, worst = furthest(valued, key=lambda pair: pair[0])
    several = sum(1 for other, _ in valued if other == value) > 1
    are_hidden = any(part.text in (HIDDEN, MISSING) for part in parts)
    said = worst.text if several else f"{worst.text} ({worst.label})"
    return f"{said}, {which} shown" if are_hidden else f"{said}, {which}"


def _is_met(indicator: Indicator, parts: Parts, target: int | None) -> bool | None:
    """Whether every part meets the target; unknown where there is none, or where a part is not shown."""
    shown = [part for part in parts if part.text != NOT_REQUIRED]
    if target is None or not shown or any(part.value is None for part in shown):
        return None
    if indicator.direction == "down":
        return all(part.value is not None and part.value <= target for part in shown)
    return all(part.value is not None and part.value >= target for part in shown)


def _percentage(label: str, figure: Figure) -> Part:
    return Part(label, figure.percent_text, figure.numerator_text, figure.denominator_text, figure.percent)


def _coverage(indicator: Indicator, report: Report, titles: Titles) -> Parts:
    measure = indicator.measure or {}
    if measure.get("each_topic"):
        topics = titles.get("topic", {}).items()
        return [_percentage(title, report.figure(Place("", "", "topic", code))) for code, title in topics]
    return [_percentage(indicator.title, report.figure(place_of(measure)))]


def place_of(measure: Mapping[str, object]) -> Place:
    """The cell that a coverage indicator reads."""
    whom = {"role_family": measure.get("role_family"), "role_group": measure.get("role_group")}
    which = {"tier": measure.get("tier"), "family": measure.get("module_family")}
    return Place(*_first_said(whom), *_first_said(which))


def _first_said(codes: Mapping[str, object]) -> tuple[str, str]:
    return next(((kind, str(code)) for kind, code in codes.items() if code), ("", ""))


def _told(indicator: Indicator, report: Report, titles: Titles) -> Parts:
    """A figure that its room tells: a count of no whole, a share, or a change with the share that moved up."""
    place = Place("", "", INDICATOR, indicator.code)
    if place not in report.cells:
        return [_unknown(indicator)]
    cell, found = report.cells[place], report.figure(place)
    if indicator.code in OF_NO_PEOPLE and cell.denominator and not found.mark:
        found = _exactly(cell)
    if indicator.unit == Unit.SCORE:
        return [_change(indicator, cell, found)]
    if indicator.unit == Unit.PERCENT:
        return [_percentage(indicator.title, found)]
    if indicator.denominator:
        return [_count(indicator, found)]
    if not cell.denominator:
        return [Part(indicator.title, "0", "0", "", 0)]
    return [Part(indicator.title, found.numerator_text, found.numerator_text, "", found.numerator)]


def _exactly(cell: Cell) -> Figure:
    """Of agencies, places, services and rows no number tells of anybody, however few there are."""
    return Figure(cell.numerator, cell.denominator, whole_percent(cell.numerator, cell.denominator))


def _unknown(indicator: Indicator) -> Part:
    """Where nobody has told anything, which is not nought."""
    return Part(indicator.title, NOT_COLLECTED, "", "", None)


def _count(indicator: Indicator, found: Figure) -> Part:
    return Part(indicator.title, found.numerator_text, found.numerator_text, found.denominator_text, found.numerator)


def _change(indicator: Indicator, cell: Cell, found: Figure) -> Part:
    """A mean of ten pairs or more tells of nobody, though few moved up and their number is hidden."""
    if cell.value is None or cell.denominator < SMALLEST_WHOLE:
        return Part(indicator.title, HIDDEN, HIDDEN, HIDDEN, None)
    value = round(cell.value, 1)
    moved = found.mark or f"{found.numerator} moved up"
    return Part(indicator.title, f"{value:+.1f} points", moved, found.denominator_text, value)


def _commitment(indicator: Indicator, report: Report, titles: Titles) -> Parts:
    """Counts of agencies are not counts of people: nothing of them is hidden."""
    signed, all_of_them = sum(each.is_signed_up for each in report.agencies), len(report.agencies)
    if not all_of_them:
        return [Part(indicator.title, NOT_REQUIRED, "0", "0", None)]
    percent = whole_percent(signed, all_of_them)
    return [Part(indicator.title, f"{percent}%", str(signed), str(all_of_them), percent)]


def _pledged(indicator: Indicator, report: Report, titles: Titles) -> Parts:
    """Agencies that stand by a promise, of those that told: exact, as counts of agencies are."""
    cell = report.cells.get(Place("", "", INDICATOR, indicator.code))
    if cell is None:
        return [Part(indicator.title, NOT_COLLECTED, "", "", None)]
    if indicator.unit == Unit.COUNT:
        return [Part(indicator.title, str(cell.numerator), str(cell.numerator), "", cell.numerator)]
    told, everybody = cell.denominator, len(report.agencies)
    if not told:
        return [Part(indicator.title, MISSING, MISSING, f"0 that reported, among {everybody}", None)]
    percent = whole_percent(cell.numerator, told)
    whole = str(told) if told == everybody else f"{told} that reported, among {everybody}"
    return [Part(indicator.title, f"{percent}%", str(cell.numerator), whole, percent)]


def _places(indicator: Indicator, report: Report, titles: Titles) -> Parts:
    """A range, as wide as what nobody can know makes it; the likely number stands for it where it is compared."""
    cell = report.cells.get(PLACES)
    if cell is None:
        return [_unknown(indicator)]
    mark = report.figure(PLACES).mark
    if mark or cell.value is None:
        return [Part(indicator.title, mark or HIDDEN, mark or HIDDEN, "", None)]
    low, high = (rounded(int(report.cells[each].value or 0), report.audience) for each in (FEWEST_PLACES, MOST_PLACES))
    said = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    likely = rounded(round(cell.value), report.audience)
    return [Part(indicator.title, said, str(likely), "", likely)]


def _champions_by_locality(indicator: Indicator, report: Report, titles: Titles) -> Parts:
    """Of the localities in which anybody is asked for training: any strategy of the partnership may bring others."""
    if CHAMPIONS not in report.cells:
        return [_unknown(indicator)]
    there = {Place("locality", code, INDICATOR, CHAMPIONS_THERE): title for code, title in titles["locality"].items()}
    return [_for_every_thousand(title, report.figure(place)) for place, title in there.items() if place in report.cells]


def _for_every_thousand(label: str, found: Figure) -> Part:
    rate = None
    if found.numerator is not None and found.denominator:
        rate = round(1000 * found.numerator / found.denominator, 1)
    text = found.mark if rate is None else f"{rate:g} for every 1,000"
    return Part(label, text, found.numerator_text, found.denominator_text, rate)


def _spread(indicator: Indicator, report: Report, titles: Titles) -> Parts:
    """Over the agencies shown, so that it tells nothing of those that are not."""
    shown = [
        found.percent
        for agency in report.agencies
        if agency.is_signed_up
        and (found := report.figure(Place("agency", agency.code))).percent is not None
        and (found.denominator or 0) >= SMALLEST_AGENCY
    ]
    if len(shown) < 2:
        return [Part(indicator.title, MISSING, MISSING, str(len(shown)), None)]
    gap = max(shown) - min(shown)
    return [
        Part(
            indicator.title,
            f"{gap} points",
            f"{max(shown)}% less {min(shown)}%",
            f"{len(shown)} signed-up agencies",
            gap,
        )
    ]


_OTHERS: dict[str, Callable[[Indicator, Report, Titles], Parts]] = {
    "PATHWAY_COMMIT": _commitment,
    **dict.fromkeys(PROMISES, _pledged),
    "PLACES_FORECAST": _places,
    "CHAMP_LOCALITY": _champions_by_locality,
    "AGENCY_SPREAD": _spread,
}
