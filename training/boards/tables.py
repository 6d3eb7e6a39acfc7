"""A pack as tables for spreadsheets: one row a thing, and these columns alone. Pure."""

import re

from training.press.paper import Table
from training.ui.spreadsheet import BOM, csv_text, xlsx_book, zipped

from .contents import Contents, Figures

WHOLE = re.compile("0|[1-9][0-9]{0,14}")
"""A number that a spreadsheet keeps to the digit; longer ones are somebody's words."""


def tables_of(contents: Contents) -> tuple[Table, ...]:
    """What the pack is, its outcomes and their figures, parts and earlier ones, agencies, definitions and words."""
    figures = contents.figures
    return (
        _about(contents),
        _outcomes(figures),
        _figures(figures),
        _parts(figures),
        _silent(figures),
        _earlier(figures),
        _agencies(figures),
        _declared(figures),
        _definitions(figures),
        _words(contents),
    )


def _about(contents: Contents) -> Table:
    figures = contents.figures
    rows = (
        ("partnership", figures.partnership),
        ("strategy", figures.strategy.title if figures.strategy else ""),
        ("meeting_on", contents.meeting_on.isoformat()),
        ("as_at", figures.as_at.isoformat()),
        ("as_known", figures.counted_at.isoformat()),
        ("frozen_at", contents.frozen_at.isoformat() if contents.frozen_at else ""),
        *(("rule", each) for each in figures.rule),
    )
    return Table("About", ("what", "value"), rows)


def _outcomes(figures: Figures) -> Table:
    head = ("outcome", "title", "evidence", "outcome_rating", "indicator")
    rows = tuple(
        (each.ref, each.title, each.evidence, each.rating.value, code)
        for each in figures.outcomes
        for code in each.codes or ("",)
    )
    return Table("Outcomes", head, rows)


def _figures(figures: Figures) -> Table:
    head = ("indicator", "title", "figure", "numbers", "target", "rating", "period", "origin", "said_by")
    rows = tuple(
        (
            *(each.code, each.title, each.text, each.counts, each.target_text),
            *(each.rating.value, each.period, each.origin, each.said_by),
        )
        for each in figures.lines.values()
    )
    return Table("Figures", head, rows)


def _parts(figures: Figures) -> Table:
    rows = tuple(
        (line.code, each.label, each.text, each.numerator, each.denominator)
        for line in figures.lines.values()
        for each in line.parts
    )
    return Table("Parts", ("indicator", "part", "figure", "numerator", "denominator"), rows)


def _silent(figures: Figures) -> Table:
    rows = tuple((line.code, agency) for line in figures.lines.values() for agency in line.silent)
    return Table("Silent", ("indicator", "agency"), rows)


def _earlier(figures: Figures) -> Table:
    rows = tuple(
        (line.code, each.on.isoformat(), each.text, each.under)
        for line in figures.lines.values()
        for each in line.trend
    )
    return Table("Earlier", ("indicator", "as_at", "figure", "strategy"), rows)


def _agencies(figures: Figures) -> Table:
    head = ("agency", "title", "reported", "percent", "in_date", "asked", "left_out", *figures.tiers)
    rows = tuple(
        (
            *(each.code or "all", each.title, "no" if each.is_silent else "yes", each.percent),
            *(each.in_date, each.asked, each.left_out, *each.tiers),
        )
        for each in figures.agencies
    )
    return Table("Agencies", head, rows)


def _declared(figures: Figures) -> Table:
    head = ("agency", "in_date_by_name", "left_out", "declared_staff", "possible_share", "declared_trained", "return")
    rows = tuple(
        (each.title, each.known, each.left_out, each.staff, each.possible, each.trained, each.stage)
        for each in figures.declared.rows
    )
    return Table("Declared", head, rows)


def _definitions(figures: Figures) -> Table:
    head = ("indicator", "title", "formula", "numerator", "denominator", "welcome", "source", "caution", "owner")
    rows = tuple(
        (
            *(each.code, each.title, each.formula, each.numerator, each.denominator),
            *(each.welcome, each.source, each.caution, each.owner),
        )
        for each in figures.definitions
    )
    return Table("Definitions", head, rows)


def _words(contents: Contents) -> Table:
    rows = (
        *((each.about, each.title, each.text, each.role) for each in contents.narratives),
        *(("decision", "Decision wanted", each, "") for each in contents.decisions),
    )
    return Table("Words", ("about", "title", "text", "role"), rows)


def xlsx_of(contents: Contents) -> bytes:
    """A workbook with a visible sheet for each table, values only."""
    return xlsx_book([(each.title, each.head, _values(each)) for each in tables_of(contents)])


def zip_of(contents: Contents) -> bytes:
    """The same as CSV files, one a table."""
    return zipped(
        (f"{each.title.lower()}.csv", (BOM + csv_text(each.head, _values(each))).encode())
        for each in tables_of(contents)
    )


def _values(table: Table) -> list[list[str | int]]:
    """Whole numbers as numbers; what only looks like one, such as a code with a nought in front, as it is."""
    return [[int(cell) if WHOLE.fullmatch(cell) else cell for cell in row] for row in table.rows]
