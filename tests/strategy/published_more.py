"""Every table that tells of coverage on one day, read as text: is the same place told alike wherever it stands?

What is hidden in one table and shown in another is not hidden; and of two numbers of one place one is wrong.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from training.boards.contents import Contents, Figures
from training.boards.tables import tables_of as pack_tables
from training.inspection.foi import WITHIN, figures_of, within
from training.inspection.selectors.foi import counted_on
from training.inspection.tables import tables_of as foi_tables
from training.inspection.years import Year
from training.people.models import Partnership
from training.strategy.coverage import GROUPS, SCOPES, Place
from training.strategy.explorer import Question, file_head, file_rows
from training.strategy.export import coverage_head, coverage_rows, csv_text
from training.strategy.indicators import place_of
from training.strategy.models import Indicator
from training.strategy.report import Report
from training.strategy.selectors.board import TOPICS, board
from training.strategy.selectors.explorer import _titled, explore
from training.strategy.selectors.forecast import board_outlook
from training.strategy.selectors.forecast import file_rows as forecast_rows
from training.strategy.selectors.indicators import listed_indicators
from training.strategy.selectors.own import own_coverage
from training.strategy.suppress import HIDDEN, Audience, Figure
from training.strategy.table import Dimensions, table

IN_DATE, ASKED, PERCENT, LEFT_OUT, OVERDUE = "in date", "asked", "percent", "left out", "overdue"
HEADS = {IN_DATE: "in_date", ASKED: "asked", PERCENT: "percent", LEFT_OUT: "left_out"}


@dataclass(frozen=True)
class Said:
    """What one table says of one number of one place; `kind` names tables of a kind."""

    kind: str
    place: Place
    what: str
    text: str


def contradictions(said: Iterable[Said]) -> list[str]:
    """Each number that two tables tell otherwise, and what they say."""
    found: dict[tuple[Place, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for each in said:
        found[each.place, each.what][each.text].add(each.kind)
    return [
        f"{what} of {place}: " + "; ".join(f"{text!r} in {', '.join(sorted(kinds))}" for text, kinds in texts.items())
        for (place, what), texts in sorted(found.items())
        if len(texts) > 1
    ]


def board_says(partnership: Partnership, report: Report, figures: Figures, at: datetime) -> Iterator[Said]:
    """All that the board is told of a day; `figures` are those of a pack, not yet written out as tables."""
    yield from _explorer(partnership, report, at)
    yield from _coverage(report)
    yield from _page(partnership, report)
    yield from _indicators(partnership, report)
    yield from _pack(partnership, report, figures, at)
    yield from _forecast(partnership, report.on)
    yield from _programs(partnership, report, at)


def public_says(partnership: Partnership, report: Report, figures: Figures, at: datetime) -> Iterator[Said]:
    """All that anyone may read: coverage tables, a pack's summary, and what is sent when somebody asks by law."""
    report = replace(report, audience=Audience.PUBLIC)
    yield from _coverage(report)
    yield from _indicators(partnership, report)
    measures = _measures()
    for code, line in figures.public.items():
        if code in measures:
            yield from _share("summary", measures[code], line.text, line.counts)
    yield from _foi(partnership, report.on, at)


def _numbers(kind: str, place: Place, row: Mapping[str, str]) -> Iterator[Said]:
    for what, head in HEADS.items():
        yield Said(kind, place, what, row[head].removesuffix("%"))
    if row["in_date"].isdecimal() and row["asked"].isdecimal():
        yield Said(kind, place, OVERDUE, str(int(row["asked"]) - int(row["in_date"])))
    else:
        yield Said(kind, place, OVERDUE, row["in_date"])


def _of_figure(kind: str, place: Place, figure: Figure, excluded: Figure) -> Iterator[Said]:
    texts = (figure.numerator_text, figure.denominator_text, figure.percent_text, excluded.numerator_text)
    yield from _numbers(kind, place, dict(zip(HEADS.values(), texts, strict=True)))


def _share(kind: str, place: Place, text: str, counts: str) -> Iterator[Said]:
    """'82%' and '82 of 100', where that is shown."""
    yield Said(kind, place, PERCENT, text.removesuffix("%"))
    if counts:
        numerator, _, denominator = counts.partition(" of ")
        yield Said(kind, place, IN_DATE, numerator)
        yield Said(kind, place, ASKED, denominator)


def _explorer(partnership: Partnership, report: Report, at: datetime) -> Iterator[Said]:
    for by in GROUPS:
        for scope in sorted(
            {(each.scope_kind, each.scope) for each in report.cells if each.scope_kind in ("", *SCOPES)}
        ):
            question = Question(by, *scope, report.on)
            found = explore(partnership, question, today=report.on, at=at)
            places = [question.place(by, code) for code, _ in _titled(partnership, question, found.report)]
            text = csv_text(file_head(found), file_rows(found, ""))
            rows = csv.DictReader(io.StringIO(text))
            for place, row in zip([*places, question.place()], rows, strict=True):
                yield from _numbers("explorer", place, row)


def _coverage(report: Report) -> Iterator[Said]:
    for group in ("", *GROUPS):
        for scope in ("", *SCOPES):
            by = Dimensions(group, scope)
            rows = table(report, by)
            text = csv_text(coverage_head(by), coverage_rows(rows))
            for row, of in zip(csv.DictReader(io.StringIO(text)), rows, strict=True):
                yield from _numbers("coverage", of.place, row)


def _page(partnership: Partnership, report: Report) -> Iterator[Said]:
    shown = board(partnership, report)
    codes = [("agency", each.code) for each in report.agencies]
    for group, line in zip([*codes, ("", "")], shown.lines, strict=True):
        yield from _of_figure("board", Place(*group), line.whole, line.excluded)
        for tier, figure in zip(shown.tiers, line.tiers, strict=True):
            yield Said("board", Place(*group, "tier", tier.code), PERCENT, figure.percent_text.removesuffix("%"))


def _measures() -> dict[str, Place]:
    """The cell that each indicator of coverage reads, where it reads one."""
    found = Indicator.objects.filter(is_collected=True, measure__isnull=False)
    return {each.code: place_of(each.measure or {}) for each in found if not (each.measure or {}).get("each_topic")}


def _indicators(partnership: Partnership, report: Report) -> Iterator[Said]:
    measures, topics = _measures(), {title: Place("", "", "topic", code) for code, title in TOPICS.items()}
    for listed in listed_indicators(partnership, report):
        indicator = listed.reading.indicator
        if indicator.measure is not None and indicator.is_collected:
            for part in listed.reading.parts:
                place = measures.get(indicator.code) or topics[part.label]
                yield from _part("indicators", place, part.text, part.numerator, part.denominator)


def _part(kind: str, place: Place, text: str, numerator: str, denominator: str) -> Iterator[Said]:
    yield Said(kind, place, PERCENT, text.removesuffix("%"))
    yield Said(kind, place, IN_DATE, numerator)
    yield Said(kind, place, ASKED, denominator)


def _pack(partnership: Partnership, report: Report, figures: Figures, at: datetime) -> Iterator[Said]:
    contents = Contents(figures=figures, meeting_on=report.on, frozen_at=at, narratives=(), decisions=())
    tables = {
        each.title: [dict(zip(each.head, row, strict=True)) for row in each.rows] for each in pack_tables(contents)
    }
    tiers = {each.title: each.code for each in board(partnership, report).tiers}
    for row in tables["Agencies"]:
        group = ("", "") if row["agency"] == "all" else ("agency", row["agency"])
        yield from _numbers("pack", Place(*group), row)
        for title, code in tiers.items():
            yield Said("pack", Place(*group, "tier", code), PERCENT, row[title].removesuffix("%"))
    measures, topics = _measures(), {title: Place("", "", "topic", code) for code, title in TOPICS.items()}
    read = set(Indicator.objects.filter(is_collected=True, measure__isnull=False).values_list("code", flat=True))
    for row in tables["Parts"]:
        if row["indicator"] in read:
            place = measures.get(row["indicator"]) or topics[row["part"]]
            yield from _part("pack", place, row["figure"], row["numerator"], row["denominator"])
    codes = {each.title: each.code for each in report.agencies}
    for row in tables["Declared"]:
        place = Place("agency", codes[row["agency"]])
        known, _, of = row["in_date_by_name"].partition(" of ")
        yield Said("declared", place, IN_DATE, known)
        yield Said("declared", place, LEFT_OUT, row["left_out"])
        if of:
            yield Said("declared", place, ASKED, of)


def _forecast(partnership: Partnership, on: date) -> Iterator[Said]:
    """Who is overdue in a module is who is not in date."""
    outlook = board_outlook(partnership, today=on)
    if outlook is not None and outlook.on == on:
        for module, _, _, _, overdue, *_ in forecast_rows(outlook):
            if module != "all" and overdue != "":
                yield Said("forecast", Place("", "", "module", module), OVERDUE, str(overdue))


def _programs(partnership: Partnership, report: Report, at: datetime) -> Iterator[Said]:
    """The whole as programs of agencies read it, which is hidden from some whose own figures would tell the rest."""
    for membership in partnership.memberships.select_related("agency"):
        for found in own_coverage(membership.agency, on=report.on, at=at):
            if found.partnership == partnership and found.whole.mark != HIDDEN:
                whole = found.whole
                texts = (whole.percent_text, whole.numerator_text, whole.denominator_text)
                yield from _part("programs", Place(), *texts)


def _foi(partnership: Partnership, on: date, at: datetime) -> Iterator[Said]:
    """Read by codes, which stand where nothing has a title. Where nobody is asked there is no row."""
    for each in foi_tables([(Year(on), figures_of(counted_on(partnership, on=on, known_at=at)))], {}):
        for cells in each.rows:
            row = {head: str(cell).replace("Not given", "") for head, cell in zip(each.head, cells, strict=True)}
            group = {
                (): ("", ""),
                ("agency",): ("agency", row.get("agency", "")),
                ("role_group",): ("role_group", row.get("role_group", "")),
            }.get(each.head[2:-6], (WITHIN, within(row.get("agency", ""), row.get("role_group", ""))))
            place = Place(*group, "module", row["module"])
            yield Said("foi", place, IN_DATE, row["in_date"])
            yield Said("foi", place, ASKED, row["required"])
            yield Said("foi", place, PERCENT, row["rate_percent"])
            yield Said("foi", place, OVERDUE, row["overdue"])
