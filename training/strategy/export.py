"""Coverage figures that have passed `suppress`, as the values of a file; `training.ui.spreadsheet` writes it."""

from collections.abc import Iterable, Mapping, Sequence

from training.ui.spreadsheet import Value, csv_file, csv_text, neutral, xlsx_bytes

from .table import Dimensions, TableRow

__all__ = ["coverage_head", "coverage_rows", "csv_file", "csv_text", "neutral", "xlsx_bytes"]

STAFF = ("declared_staff", "declared_on")


Staff = Mapping[str, tuple[Value, str]]
"""How many staff each agency declares, as it may be shown, and of which day; by its code."""


def coverage_head(by: Dimensions, *, has_staff: bool = False) -> list[str]:
    """The heads of the columns."""
    return [*by.names, "in_date", "asked", "percent", "left_out", *(STAFF if has_staff else ())]


def coverage_rows(
    rows: Iterable[TableRow], titles: Sequence[Mapping[str, str]] = (), staff: Staff | None = None
) -> list[list[Value]]:
    """The table as values: numbers where they are shown, marks where not.

    `titles` may say, for each dimension, what its codes are called; a code without a title stands as it is. `staff`
    stands beside all that is asked of an agency, and is part of no other number.
    """
    return [
        [
            *_titled(row.codes, titles),
            number_of(row.figure.numerator_text),
            number_of(row.figure.denominator_text),
            number_of(row.figure.percent_text.removesuffix("%")),
            number_of(row.excluded.numerator_text),
            *(() if staff is None else _staff(row, staff)),
        ]
        for row in rows
    ]


def _staff(row: TableRow, staff: Staff) -> tuple[Value, str]:
    is_of_agency = row.place.group_kind == "agency" and not row.place.scope_kind
    return staff.get(row.place.group, ("", "")) if is_of_agency else ("", "")


def _titled(codes: Sequence[str], titles: Sequence[Mapping[str, str]]) -> list[str]:
    if not titles:
        return list(codes)
    return [names.get(code, code) for code, names in zip(codes, titles, strict=True)]


def number_of(text: str) -> Value:
    """A number where the text is one, else the mark."""
    return int(text) if text.isdecimal() else text
