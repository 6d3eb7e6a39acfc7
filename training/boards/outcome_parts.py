"""The outcomes of a pack, priority by priority: their figures, what to beware of, and what nothing is collected of."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from training.press.paper import Heading, Picture, Points, Table, Words
from training.strategy.indicators import NOT_COLLECTED
from training.ui.charts import trend

from .contents import BETWEEN, Contents, Figures, Line, OutcomeRow, PriorityRow, Then
from .rag import Rating

Block = Heading | Words | Points | Table | Picture

TAGS = (
    (Rating.GREEN.value, "good"),
    (Rating.AMBER.value, "middling"),
    (Rating.RED.value, "bad"),
    (Rating.NO_DATA.value, "unknown"),
)
FEWEST_POINTS = 3
MOST_NAMED = 20  # agencies in a list
IN_PART = "Training records show this only in part."
NOT_OURS = "Not shown by training records, and not ours to report"
NO_OUTCOMES = "The strategy names no outcome for this priority."
NOT_COUNTED = "Not counted"
NOTHING_YET = "Nothing is collected of these yet"


def words_of(contents: Contents, about: str) -> Iterator[Words]:
    """What was written about something."""
    written = contents.words_about(about)
    if written:
        yield Words(tuple(each.strip() for each in written.text.split("\n") if each.strip()))
        if written.role:
            yield Words((f"Written by: {written.role}.",), is_small=True)


def named(agencies: Sequence[str]) -> tuple[str, ...]:
    """Their names, or how many they are where nobody would read them all: a region has hundreds."""
    if len(agencies) <= MOST_NAMED:
        return tuple(agencies)
    return (f"{len(agencies)} agencies, named in the tables of the spreadsheet",)


def is_collected(line: Line) -> bool:
    """Whether anything is known of a figure, be it that it is hidden or that nobody is asked."""
    return line.text != NOT_COLLECTED


def has_targets(figures: Figures) -> bool:
    """Whether any figure is held against a target: where none is, none has a colour."""
    return any(each.target is not None for each in figures.lines.values())


def has_figures(outcome: OutcomeRow, figures: Figures) -> bool:
    """Whether an outcome of ours has a figure of which anything is known."""
    return outcome.is_ours and any(is_collected(figures.lines[code]) for code in outcome.codes)


@dataclass
class Outcomes:
    """Draws them; each note and each line over time stands once in a pack."""

    contents: Contents
    has_words: bool = True

    def __post_init__(self) -> None:
        self.figures = self.contents.figures
        self.drawn: set[str] = set()
        self.cautions = {each.code: each.caution for each in self.figures.definitions}

    def priority(self, priority: PriorityRow) -> Iterator[Block]:
        """Words, then each objective with its outcomes, then what there is nothing to show of."""
        yield from self._words(priority.ref)
        if not priority.outcomes:
            yield Words((NO_OUTCOMES,))
        for objective in priority.objectives:
            shown = [each for each in objective.outcomes if has_figures(each, self.figures)]
            if shown and len(priority.objectives) > 1:
                yield Heading(f"{objective.ref} {objective.title}")
            for outcome in shown:
                yield from self.outcome(outcome)
        ours = [each for each in priority.outcomes if each.is_ours and not has_figures(each, self.figures)]
        if ours:
            yield Points(tuple(self._missing(each) for each in ours), NOTHING_YET, is_small=True)
            for each in ours:
                yield from self._words(each.ref)
        others = tuple(f"{each.ref} {each.title}" for each in priority.outcomes if not each.is_ours)
        if others:
            yield Points(others, NOT_OURS, is_small=True)

    def _words(self, about: str) -> Iterator[Words]:
        return words_of(self.contents, about) if self.has_words else iter(())

    def _missing(self, outcome: OutcomeRow) -> str:
        titles = ", ".join(self.figures.lines[code].title for code in outcome.codes)
        return f"{outcome.ref} {outcome.title}. Would be shown by: {titles or 'no figure of ours is named for it'}."

    def outcome(self, outcome: OutcomeRow) -> Iterator[Block]:
        """Its figures, the words about them, notes, and a line over time where one says more."""
        lines = [self.figures.lines[code] for code in outcome.codes]
        known = [each for each in lines if is_collected(each)]
        yield figures_table(f"{outcome.ref} {outcome.title}", known, self.figures)
        yield from self._words(outcome.ref)
        if notes := tuple(self._notes(outcome, known, [each for each in lines if not is_collected(each)])):
            yield Words(notes, is_small=True)
        moving = [line for line in known if line.code not in self.drawn and _moves(line)]
        self.drawn.update(line.code for line in known)
        for line in sorted(moving, key=lambda each: each.target is None)[:1]:
            yield _picture(line)

    def _notes(self, outcome: OutcomeRow, known: Sequence[Line], unknown: Sequence[Line]) -> Iterator[str]:
        if unknown:
            yield f"Not collected yet: {', '.join(each.title for each in unknown)}."
        if outcome.carries:
            carried = ", ".join(f"“{each}”" for each in outcome.carries)
            yield f"It carries on {carried} of the strategy before."
        if outcome.evidence == "I":
            yield IN_PART
        for line in known:
            if line.code in self.drawn:
                continue
            caution = self.cautions[line.code]
            if caution not in self.drawn:
                yield f"{line.title}: {caution}"
            self.drawn.add(caution)
            if set(line.silent) - set(self.figures.silent):
                yield f"{line.title}: left out, as they told nothing of it, are {', '.join(named(line.silent))}."


def _moves(line: Line) -> bool:
    """Whether a line over time says more than its figure."""
    values = [each.value for each in line.trend if each.value is not None]
    return len(values) >= FEWEST_POINTS and len(set(values)) > 1


Column = tuple[str, Callable[[Line], str]]


def figures_table(title: str, lines: Sequence[Line], figures: Figures) -> Table:
    """Figures beside their targets and what they were, in the columns of which the pack has anything to say."""
    columns = list(_columns(figures, lines))
    rows = tuple(tuple(text(line) for _, text in columns) for line in lines)
    return Table(title, tuple(head for head, _ in columns), rows, TAGS, layout="figures")


def _columns(figures: Figures, lines: Sequence[Line]) -> Iterator[Column]:
    yield "Figure", lambda line: line.title
    yield "Now", _now
    if has_targets(figures):
        yield "Target", target_text
        yield "Colour", lambda line: line.rating.value
    if any(each.quarter for each in figures.lines.values()):
        yield "A quarter before", lambda line: before_text(line.quarter)
    if any(each.year for each in lines):
        yield "A year before", lambda line: before_text(line.year)


def _now(line: Line) -> str:
    now = f"{line.text} ({line.counts})" if line.counts else line.text
    if not line.period:
        return now
    origin = f", {line.origin.lower()}" if line.origin else ""
    return f"{now}. {line.period}{origin}{', restated' if line.restated else ''}"


def target_text(line: Line) -> str:
    """The target as a cell of its own."""
    return line.target_text[:1].upper() + line.target_text[1:]


def before_text(then: Then | None) -> str:
    """What a figure was."""
    return NOT_COUNTED if then is None else short(then.text)


def short(text: str) -> str:
    """The figure alone: of '40% (Forced marriage), the lowest' the share."""
    return text.split(" (")[0].split(" for every")[0]


def _picture(line: Line) -> Picture:
    points = [(f"{each.on:%b %Y}", short(each.text), each.value) for each in line.trend]
    whole = 100 if short(line.text).endswith("%") else 1
    if line.began is None:
        title = f"{line.title}, quarter by quarter"
        says = f"{title}: {', '.join(f'{label} {text}' for label, text, _ in points)}."
        return Picture(says, trend(points, line.target, line.target_text, whole=whole), title)
    days = [each.on.toordinal() for each in line.trend]
    span = days[-1] - days[0]
    change = (line.began.toordinal() - days[0]) / span, _where_it_changed(line)
    chart = trend(
        points, line.target, line.target_text, whole=whole, at=[(day - days[0]) / span for day in days], change=change
    )
    stood = groupby(line.trend, key=lambda each: each.under)
    told = [f"{under}: {', '.join(f'{at.on:%b %Y} {short(at.text)}' for at in ats)}" for under, ats in stood]
    title = f"{line.title} over time, back into {line.across}"
    return Picture(f"{title}. {'. '.join(told)}.", chart, title)


def _where_it_changed(line: Line) -> str:
    """What the upright line in the picture stands for."""
    assert line.began is not None
    between = " Between the two no strategy stood." if any(each.under == BETWEEN for each in line.trend) else ""
    return (
        f"The upright line is where {line.trend[-1].under} begins, in {line.began.year}. "
        f"Left of it are figures of the time of {line.across}.{between}"
    )
