"""A pack as tables for spreadsheets: one row a thing, and these columns alone. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from training.strategy.coverage import Place
from training.strategy.suppress import Figure
from training.ui.spreadsheet import BOM, Value, csv_text, xlsx_book, zipped

from .foi import WITHIN, FileTold, Told, numbers, parted
from .years import Year

NUMBERS = ("required", "in_date", "rate_percent", "overdue")
NOT_GIVEN = "Not given"
Titles = Mapping[tuple[str, str], str]
YearFigures = tuple[Year, Mapping[Place, Figure]]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet, and one file."""

    title: str
    holds: str
    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    @property
    def file_name(self) -> str:
        """'role-groups.csv'."""
        return f"{self.title.lower().replace(' ', '-')}.csv"


def tables_of(years: list[YearFigures], titles: Titles) -> tuple[Table, ...]:
    """Everybody, agencies and role groups over all years; role groups within agencies, which are many, year by year."""
    tables = [
        _table("Everybody", "The whole partnership", "", years, titles),
        _table("Agencies", "Each agency", "agency", years, titles),
        _table("Role groups", "Each role group, in all agencies", "role_group", years, titles),
    ]
    for year, figures in years:
        holds = f"Each role group within each agency, {year.title}"
        tables.append(_table(f"Within {year.title}", holds, WITHIN, [(year, figures)], titles))
    return tuple(tables)


NONE_TOLD = "none can be told without telling of few people"
COLUMNS: dict[str, tuple[str, ...]] = {
    "": (),
    "agency": ("agency",),
    "role_group": ("role_group",),
    WITHIN: ("agency", "role_group"),
}


def _table(title: str, holds: str, kind: str, years: list[YearFigures], titles: Titles) -> Table:
    head = ("year", "as_at", *COLUMNS[kind], "module", "module_title", *NUMBERS)
    rows = tuple(_rows(kind, years, titles))
    said = f"{holds}, by module"
    return Table(title, said if rows or kind != WITHIN else f"{said}: {NONE_TOLD}", head, rows)


def _rows(kind: str, years: list[YearFigures], titles: Titles) -> Iterator[tuple[Value, ...]]:
    for year, figures in years:
        named = [
            ((*_named(place, titles), place.scope, titles.get(("module", place.scope), "")), shown)
            for place, shown in figures.items()
            if place.group_kind == kind
        ]
        for names, shown in sorted(named, key=lambda each: each[0]):
            yield (year.title, year.as_at.isoformat(), *names, *numbers(shown))


def _named(place: Place, titles: Titles) -> tuple[str, ...]:
    """The titles of whose figures they are."""
    codes = parted(place.group) if place.group_kind == WITHIN else (place.group,)
    kinds = COLUMNS[place.group_kind]
    return tuple(titles.get(each) or each[1] or NOT_GIVEN for each in zip(kinds, codes, strict=False))


def files_told(tables: tuple[Table, ...]) -> tuple[FileTold, ...]:
    """What is in them."""
    return tuple(FileTold(title=each.title, holds=each.holds, rows=len(each.rows)) for each in tables)


def reported(told: Told) -> Table:
    """Agencies that are in no figure of a year."""
    rows = tuple((year.title, year.as_at.isoformat(), title) for year in told.years for title in year.silent)
    return Table("Did not report", "Agencies that are in no figure of a year", ("year", "as_at", "agency"), rows)


def bundle(tables: tuple[Table, ...], method: tuple[tuple[str, str], ...], pdf: bytes) -> bytes:
    """One ZIP: a workbook with a visible sheet for each table, values only; the same as CSV files; the method."""
    about = Table("Method", "How figures are worked out", ("what", "says"), method)
    whole = (about, *tables)
    xlsx = xlsx_book([(each.title, each.head, each.rows) for each in whole])
    csvs = ((f"csv/{each.file_name}", (BOM + csv_text(each.head, each.rows)).encode()) for each in whole)
    return zipped([("learning-figures.xlsx", xlsx), ("method.pdf", pdf), *csvs])
