"""An agency's report: figures by module, and by team or role group and module. The same call, the same bytes."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from training.ledger.standing import State
from training.people.models import Agency
from training.ui.spreadsheet import csv_text

from .lines import Line, lines_as_known


class Division(StrEnum):
    """What the posts are divided by."""

    NONE = "none"
    TEAM = "team"
    ROLE_GROUP = "role_group"


@dataclass(frozen=True, slots=True, order=True)
class Figure:
    """Which figure: posts of one part of the agency, and one module; both may be blank, for all."""

    divided_by: Division
    part: str = ""
    partnership: str = ""
    module: str = ""

    def takes(self, line: Line) -> bool:
        """Whether a line belongs to it."""
        part = {Division.NONE: "", Division.TEAM: line.team, Division.ROLE_GROUP: line.role_group}[self.divided_by]
        is_module = not self.module or (self.partnership, self.module) == (line.partnership, line.module)
        return is_module and part == self.part


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a figure comes to: exact, for the agency's own eyes. `valid` of `counted`; `people` each counted once."""

    standings: int
    people: int
    counted: int
    valid: int
    states: tuple[tuple[State, int], ...]

    def of(self, state: State) -> int:
        """How many stand so."""
        return dict(self.states)[state]


@dataclass(frozen=True, slots=True)
class AgencyReport:
    """The figures of an agency as at a day, as known at a moment."""

    agency: str
    on: date
    known_at: datetime
    figures: tuple[tuple[Figure, Numbers], ...]


def agency_report(agency: Agency, *, on: date, known_at: datetime) -> AgencyReport:
    """Every figure of the agency; made again in three years with the same day and moment, it is the same."""
    lines = lines_as_known(agency, on=on, known_at=known_at)
    return AgencyReport(agency.code, on, known_at, tuple(figures_of(lines.values())))


def figures_of(lines: Iterable[Line]) -> Iterator[tuple[Figure, Numbers]]:
    """Lines counted: over all, by module, and by team or role group and module; in order."""
    groups: dict[Figure, list[Line]] = {Figure(Division.NONE): []}
    for line in lines:
        for figure in _of(line):
            groups.setdefault(figure, []).append(line)
    for figure in sorted(groups):
        yield figure, numbers(groups[figure])


def _of(line: Line) -> Iterator[Figure]:
    for division, part in ((Division.NONE, ""), (Division.TEAM, line.team), (Division.ROLE_GROUP, line.role_group)):
        yield Figure(division, part)
        yield Figure(division, part, line.partnership, line.module)


def numbers(lines: Iterable[Line]) -> Numbers:
    """What these lines come to."""
    states: Counter[State] = Counter()
    people = set()
    counted = valid = 0
    for line in lines:
        states[line.state] += 1
        people.add(line.person)
        counted += line.is_counted
        valid += line.is_counted and line.is_valid
    return Numbers(sum(states.values()), len(people), counted, valid, tuple((state, states[state]) for state in State))


HEAD = ("agency", "as_at", "known_at", "divided_by", "part", "partnership", "module")
COUNTS = ("standings", "people", "counted", "valid")


def as_csv(report: AgencyReport) -> str:
    """The report as a CSV file."""
    head = (*HEAD, *COUNTS, *(state.value for state in State))
    about = (report.agency, report.on.isoformat(), _moment(report.known_at))
    return csv_text(
        head,
        (
            (*about, figure.divided_by.value, figure.part, figure.partnership, figure.module, *_counts(found))
            for figure, found in report.figures
        ),
    )


def as_json(report: AgencyReport) -> str:
    """The report as JSON."""
    rows = [
        {
            "divided_by": figure.divided_by.value,
            "part": figure.part,
            "partnership": figure.partnership,
            "module": figure.module,
            **dict(zip(COUNTS, _counts(found), strict=False)),
            "states": {state.value: count for state, count in found.states},
        }
        for figure, found in report.figures
    ]
    about = {"agency": report.agency, "as_at": report.on.isoformat(), "known_at": _moment(report.known_at)}
    return json.dumps(about | {"figures": rows}, indent=2, ensure_ascii=False) + "\n"


def _counts(found: Numbers) -> tuple[int, ...]:
    return (found.standings, found.people, found.counted, found.valid, *(count for _, count in found.states))


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
