"""The coverage explorer's answer: one thing asked, divided in one way, on a day and beside earlier days. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from training.ui.spreadsheet import Value

from .coverage import Place
from .export import number_of
from .report import Report
from .suppress import HIDDEN, Figure


@dataclass(frozen=True, slots=True)
class Question:
    """How people are divided (`by`), what is asked of them (a kind of scope and its code), and as at which day.

    `is_as_counted` asks for a day gone by as it was counted then, else by what is known now.
    """

    by: str
    scope_kind: str
    scope: str
    on: date
    is_as_counted: bool = True

    def place(self, group_kind: str = "", group: str = "") -> Place:
        """The cell of a group, or of everybody."""
        return Place(group_kind, group, self.scope_kind, self.scope)


@dataclass(frozen=True, slots=True)
class Line:
    """One group, or everybody: its figure, who was left out, and its figures on the days compared with."""

    title: str
    now: Figure
    excluded: Figure
    before: tuple[Figure, ...]

    @property
    def changes(self) -> tuple[int | None, ...]:
        """By how many points the share has moved since each of those days, where both are shown."""
        return tuple(_change(self.now.percent, each.percent) for each in self.before)


def _change(now: int | None, before: int | None) -> int | None:
    return None if now is None or before is None else now - before


@dataclass(frozen=True, slots=True)
class Explored:
    """What the explorer shows. `is_kept`: the figures are a kept count's; `earlier`: the days compared with."""

    question: Question
    report: Report
    is_kept: bool
    target: int | None
    earlier: tuple[Report, ...]
    uncounted: tuple[date, ...]
    lines: tuple[Line, ...]
    whole: Line

    @property
    def tells(self) -> bool:
        """Whether any line but that of everybody is shown, or none is hidden."""
        figures = [line.now for line in self.lines]
        return any(each.numerator is not None for each in figures) or all(each.mark != HIDDEN for each in figures)


def explored(
    question: Question,
    report: Report,
    earlier: Sequence[Report],
    titles: Sequence[tuple[str, str]],
) -> tuple[tuple[Line, ...], Line]:
    """The lines of the groups in the order of `titles` (code, title), and that of everybody."""
    lines = tuple(_line(title, question.place(question.by, code), report, earlier) for code, title in titles)
    return lines, _line("Whole partnership", question.place(), report, earlier)


def _line(title: str, place: Place, report: Report, earlier: Sequence[Report]) -> Line:
    return Line(title, report.figure(place), report.excluded(place), tuple(each.figure(place) for each in earlier))


def file_head(found: Explored) -> list[str]:
    """The heads of the columns of a file."""
    days = [name for each in found.earlier for name in (f"percent_{each.on}", f"points_since_{each.on}")]
    return [found.question.by, "asked_for", "as_at", "in_date", "asked", "percent", "left_out", *days]


def file_rows(found: Explored, asked_for: str) -> Iterator[list[Value]]:
    """Exactly what is shown, all lines and everybody last: numbers where they are shown, marks where not."""
    for line in (*found.lines, found.whole):
        pairs = zip(line.before, line.changes, strict=True)
        yield [
            line.title,
            asked_for,
            found.report.on.isoformat(),
            number_of(line.now.numerator_text),
            number_of(line.now.denominator_text),
            number_of(line.now.percent_text.removesuffix("%")),
            number_of(line.excluded.numerator_text),
            *(
                value
                for then, change in pairs
                for value in (number_of(then.percent_text.removesuffix("%")), "" if change is None else change)
            ),
        ]
