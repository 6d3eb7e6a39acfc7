"""What agencies declare, beside what is known by name: never added up, and hidden where it is few."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from training.people.models import Agency, Partnership
from training.returns.limits import Declared
from training.returns.quarters import Quarter
from training.returns.selectors.agency import Stage, Standing
from training.returns.selectors.partnership import lines_in, returns_of, staff_of, trained
from training.strategy.coverage import Cell, Place
from training.strategy.disclosure import Key, Sum
from training.strategy.possible import possible
from training.strategy.report import Report
from training.strategy.suppress import HIDDEN, MISSING, Audience, Count, Figure, figure, hidden, is_small, suppress

REMEMBERED = 12
"""Quarters of which what was declared is taken to be possibly still in date, as `ASSUMED` says."""


@dataclass(frozen=True, slots=True)
class DeclaredLine:
    """An agency: what is known by name, its head-count, what share is possible, and its return of the quarter."""

    code: str
    title: str
    known: Figure
    left_out: Figure
    staff: str
    possible: str
    trained: Figure
    stage: Stage | None


@dataclass(frozen=True, slots=True)
class DeclaredTable:
    """A quarter: the agencies, all of them together, who has not returned, and why people are left out."""

    quarter: Quarter | None
    lines: tuple[DeclaredLine, ...]
    whole: Figure
    trained: Figure
    not_returned: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


def declared_table(partnership: Partnership, report: Report, quarter: Quarter | None) -> DeclaredTable:
    """What the board may see. A number of queries that does not grow with the agencies."""
    stages = {each.agency: each.standing for each in returns_of(partnership, quarter)} if quarter else {}
    said = {agency.code: standing for agency, standing in stages.items()}
    returned = {agency.code for agency, each in stages.items() if each.holding}
    by_quarter = trained(partnership, [quarter.back(back) for back in range(REMEMBERED)]) if quarter else {}
    counts = by_quarter[quarter] if quarter else Counter[str]()
    shown = _suppressed({code: counts[code] for code in returned})
    remembered = _remembered(by_quarter)
    staff = staff_of(partnership, on=report.on, at=report.known_at)
    lines = [
        _line(
            report,
            each.code,
            each.title,
            staff.get(each.code),
            remembered.get(each.code, 0),
            shown.get((each.code,), Figure(mark=MISSING)),
            said[each.code].stage if each.code in said else None,
        )
        for each in report.agencies
    ]
    return DeclaredTable(
        quarter,
        tuple(lines),
        report.figure(Place()),
        shown[()] if returned else Figure(mark=MISSING),
        _not_returned(stages),
        _reasons(report),
    )


def _not_returned(stages: Mapping[Agency, Standing]) -> tuple[str, ...]:
    return tuple(agency.title for agency, each in stages.items() if each.holding is None)


def _remembered(by_quarter: Mapping[Quarter, Mapping[str, int]]) -> dict[str, int | None]:
    """What each agency declared in all of these quarters; None where one of its numbers is hidden in any of them."""
    found: dict[str, int | None] = {}
    for counts in by_quarter.values():
        shown = _suppressed(counts)
        for code, number in counts.items():
            before = found.get(code, 0)
            found[code] = None if before is None or shown[code,].mark else before + number
    return found


def _suppressed(counts: Mapping[str, int]) -> dict[Key, Figure]:
    """Each agency's number and their sum, under ()."""
    keys: dict[Key, Count | None] = {(code,): Count(number) for code, number in counts.items()}
    whole = {(): Count(sum(counts.values()))}
    return suppress(keys | whole, Audience.PARTNERSHIP, [Sum((), tuple(keys))])


def _line(
    report: Report,
    code: str,
    title: str,
    staff: Declared | None,
    declared: int | None,
    trained: Figure,
    stage: Stage | None,
) -> DeclaredLine:
    place = Place("agency", code)
    known, left_out = report.figure(place), report.excluded(place)
    range_text = ""
    if staff and not is_small(staff.people, Audience.PARTNERSHIP) and known.numerator is not None:
        cell = report.cells.get(place, Cell(0, 0))
        range_text = (
            _range(cell, left_out, staff.people, declared)
            if known.percent is not None and declared is not None
            else HIDDEN
        )
    return DeclaredLine(code, title, known, left_out, staff_text(staff), range_text, trained, stage)


def shown_staff(partnership: Partnership, report: Report) -> dict[str, tuple[int | str, str]]:
    """For a file: how many staff each agency declares, as the board may see it, and of which day; by its code."""
    return {
        code: (HIDDEN if is_small(each.people, Audience.PARTNERSHIP) else each.people, each.counted_on.isoformat())
        for code, each in staff_of(partnership, on=report.on, at=report.known_at).items()
    }


def staff_text(staff: Declared | None) -> str:
    """'1,310 on 1 October 2026', as the board may see it; '' where nothing was declared."""
    if staff is None:
        return ""
    few = is_small(staff.people, Audience.PARTNERSHIP)
    return f"{HIDDEN if few else f'{staff.people:,}'} on {staff.counted_on.day} {staff.counted_on:%B %Y}"


def _range(cell: Cell, left_out: Figure, staff: int, declared: int) -> str:
    """From shown numbers alone: whoever is left out and hidden counts as not on the roster, which only widens it."""
    return possible(
        in_date=cell.numerator,
        counted=cell.denominator,
        left_out=left_out.numerator or 0,
        staff=staff,
        declared=declared,
    ).text


def _reasons(report: Report) -> tuple[tuple[str, str], ...]:
    """Of everybody left out, how many for which reason; nothing where their number is hidden."""
    whole = report.cells.get(Place(), Cell(0, 0))
    if report.excluded(Place()).mark:
        return ()
    reasons = {"On leave": whole.on_leave, "Exempt": whole.exempt, "Inside induction": whole.in_induction}
    keys: dict[Key, Count | None] = {(reason,): Count(number) for reason, number in reasons.items()}
    total: Key = ("all",)
    found = suppress(keys | {total: Count(whole.excluded)}, Audience.PARTNERSHIP, [Sum(total, tuple(keys))])
    return tuple((reason, found[reason,].numerator_text) for reason in reasons)


@dataclass(frozen=True, slots=True)
class LineOfAgency:
    """One line of an agency's return, as the board may see it."""

    role_group: str
    module: str
    trained: Figure
    how: str
    evidence: str


@dataclass(frozen=True, slots=True)
class AgencyDeclared:
    """What an agency's return for a quarter says, and its total; nothing where none holds."""

    agency: Agency
    standing: Standing
    total: Figure
    lines: tuple[LineOfAgency, ...]


def agency_declared(partnership: Partnership, quarter: Quarter, code: str) -> AgencyDeclared | None:
    """Line by line, with few people hidden, and so much more that neither a total nor another agency tells them.

    None where no return is asked of such an agency.
    """
    asked = returns_of(partnership, quarter)
    one = next((each for each in asked if each.agency.code.lower() == code.lower()), None)
    if one is None:
        return None
    counts = trained(partnership, [quarter])[quarter]
    totals = _suppressed({each.agency.code: counts[each.agency.code] for each in asked if each.standing.holding})
    total = totals.get((one.agency.code,), Figure(mark=MISSING))
    lines = lines_in(one.standing.holding) if one.standing.holding else []
    keys: dict[Key, Count | None] = {(str(line.pk),): Count(line.trained or 0) for line in lines}
    whole: dict[Key, Count | None] = {(): Count(counts[one.agency.code])}
    also: list[Key] = [()] if total.mark == HIDDEN else []
    gone = hidden(keys | whole, Audience.PARTNERSHIP, [Sum((), tuple(keys))] if keys else (), also)
    if () in gone:
        total = Figure(mark=HIDDEN)
    return AgencyDeclared(
        one.agency,
        one.standing,
        total,
        tuple(
            LineOfAgency(
                line.role_group.title,
                str(line.module),
                figure(Count(line.trained or 0), Audience.PARTNERSHIP, is_hidden=(str(line.pk),) in gone),
                line.get_how_display(),
                line.evidence,
            )
            for line in lines
        ),
    )
