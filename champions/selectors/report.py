"""The network for the partnership's board: the same tables as a page, as a PDF and as a spreadsheet.

Champions are people too: every count of them passes `suppress` here, and so does what could tell a hidden one (a rate,
or how many workplaces have one). No person and no workplace is named; agencies only with
how many their briefings reached.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from champions.conditions import Conditions, words
from champions.offers import Language
from champions.selectors.conditions import conditions_on
from champions.selectors.coverage import Coverage, Line, coverage, wanted_languages
from champions.selectors.gaps import AgencyGap, Gap, agency_gaps
from champions.selectors.reach import LABEL, reach, year_of
from training.people.models import Partnership
from training.press.paper import Table
from training.strategy.disclosure import Key, Sum
from training.strategy.suppress import HIDDEN, Audience, Count, Figure, suppress
from training.ui.spreadsheet import Value

WHOLE: Key = ("active",)
KEPT_UP = "What a champion must keep up"
HEAD = ("Part", "Line", "Figure", "Value")
GAPS = {
    Gap.LAST: "Agencies whose last active champion lapses soon",
    Gap.LEFT: "Agencies that lost their last",
    Gap.NEVER: "Agencies that never had one",
}


@dataclass(frozen=True, slots=True)
class NetworkReport:
    """All that is printed."""

    on: date
    conditions: tuple[str, ...]
    whole: Table
    districts: Table
    kinds: Table
    trend: Table
    gaps: Table
    reach: tuple[Table, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """In their order."""
        return self.whole, self.districts, self.kinds, self.trend, self.gaps, *self.reach

    def lines(self) -> Iterator[list[Value]]:
        """The same as rows of a spreadsheet: part, line, figure, value."""
        for number, sentence in enumerate(self.conditions, start=1):
            yield [KEPT_UP, str(number), "Condition", sentence]
        for table in self.tables:
            for row in table.rows:
                for name, text in zip(table.head[1:], row[1:], strict=True):
                    yield [table.title, row[0], name, int(text) if text.isdecimal() else text]


def network_report(partnership: Partnership, *, on: date) -> NetworkReport:
    """As at a day. A fixed number of queries."""
    found = coverage(partnership, on=on)
    shown = _suppressed(found)
    agencies = agency_gaps(partnership, on=on)
    return NetworkReport(
        on=on,
        conditions=tuple(in_words(conditions_on(partnership, on))),
        whole=Table("The network", ("Champions", "Number"), tuple(_whole(shown))),
        districts=Table("By district", PLACES, tuple(_places("district", found.districts, shown))),
        kinds=Table("By kind of agency", PLACES, tuple(_places("kind", found.kinds, shown))),
        trend=Table("Active champions over twelve months", ("Day", "Number"), tuple(_trend(found, shown))),
        gaps=Table("Gaps", ("Gap", "Number"), tuple(_gaps(partnership, found, shown, agencies))),
        reach=tuple(_reach(partnership, on)),
    )


PLACES = ("Place", "Active", "For every 1,000 staff", "Workplaces", "Workplaces with none")


def in_words(asked: Conditions) -> Iterator[str]:
    """What is asked of a champion, a sentence each."""
    yield "The duty on a running post, the champion's own yes and their manager's, and all required training in date."
    if asked.meetings_needed:
        yield f"{asked.meetings_needed} of the last {asked.meetings_of} network meetings."
    if asked.check_in_months:
        yield f"A check-in every {asked.check_in_months} months, by the champion and by their manager."
    yield f"Whoever has something that ends within {asked.warn_days} days counts as lapsing, and is active until then."


def _suppressed(found: Coverage) -> Mapping[Key, Figure]:
    """Every count of champions that the report prints, as the board may see it."""
    whole = found.whole
    counts: Counter[Key] = Counter({WHOLE: whole.active, ("state", "lapsing"): whole.lapsing})
    counts["state", "steady"] = whole.active - whole.lapsing
    counts["community",] = found.community
    for name, lines in (("district", found.districts), ("kind", found.kinds)):
        counts.update({(name, line.key): line.active for line in lines})
    counts.update({("trend", day.isoformat()): count for day, count in found.trend})
    parts = (tuple(key for key in counts if key[0] == name) for name in ("state", "district", "kind"))
    sums = [Sum(WHOLE, keys) for keys in parts if keys]
    sums.append(Sum(WHOLE, (("trend", found.on.isoformat()),)))  # today's is the whole once more
    return suppress({key: Count(count) for key, count in counts.items()}, Audience.PARTNERSHIP, sums)


def _whole(shown: Mapping[Key, Figure]) -> Iterator[tuple[str, str]]:
    yield "Active", shown[WHOLE].numerator_text
    yield "Of these, with something that ends soon", shown["state", "lapsing"].numerator_text
    yield "Active community champions, counted apart", shown["community",].numerator_text


def _places(name: str, lines: Iterable[Line], shown: Mapping[Key, Figure]) -> Iterator[tuple[str, ...]]:
    for line in lines:
        figure = shown[name, line.key]
        rate, without = (HIDDEN, HIDDEN) if figure.mark else (line.rate, str(line.without))
        yield line.title, figure.numerator_text, rate, str(line.workplaces), without


def _trend(found: Coverage, shown: Mapping[Key, Figure]) -> Iterator[tuple[str, str]]:
    for day, _ in found.trend:
        yield words(day), shown["trend", day.isoformat()].numerator_text


def _gaps(
    partnership: Partnership, found: Coverage, shown: Mapping[Key, Figure], agencies: Iterable[AgencyGap]
) -> Iterator[tuple[str, str]]:
    """How many agencies and districts, and which languages: places and tongues, not people.

    How many agencies are about to lose their last tells at least how many champions lapse, and is hidden with that.
    """
    kinds = Counter(each.gap for each in agencies)
    for gap, title in GAPS.items():
        is_hidden = gap == Gap.LAST and shown["state", "lapsing"].mark
        yield title, HIDDEN if is_hidden else str(kinds[gap])
    yield "Districts without an active champion", str(sum(not each.active for each in found.districts if each.key))
    spoken = {title for title, count in found.languages if count}
    wanted = [str(Language(code).label) for code in wanted_languages(partnership)]
    missing = [title for title in wanted if title not in spoken]
    yield "Languages that are wanted and that nobody shows", ", ".join(missing) or "none"


def _reach(partnership: Partnership, on: date) -> Iterator[Table]:
    """Of the running financial year; under its own label, and no part of any other table."""
    for name, lines in reach(partnership, year_of(on), Audience.PARTNERSHIP).tables:
        rows = tuple((line.title, line.people, str(line.briefings)) for line in lines)
        if rows:
            yield Table(f"{LABEL}: by {name.lower()}", (name, "People", "Briefings"), rows)
