"""Coverage figures that have passed `suppress`, as the values of a file; `training.ui.spreadsheet` writes it."""

from collections.abc import Iterable, Mapping, Sequence

from training.ui.spreadsheet import Value, csv_file, csv_text, neutral, xlsx_bytes

from .table import Dimensions, TableRow

__all__ = ["coverage_head", "coverage_rows", "csv_file", "csv_text", "neutral", "xlsx_bytes"]


def coverage_head(by: Dimensions) -> list[str]:
    """The heads of the columns."""
    return [*by.names, "in_date", "asked", "percent", "left_out"]


def coverage_rows(rows: Iterable[TableRow], titles: Sequence[Mapping[str, str]] = ()) -> list[list[Value]]:
    """The table as values: numbers where they are shown, marks where not.

    `titles` may say, for each dimension, what its codes are called; a code without a title stands as it is.
    """
    return [
        [
            *_titled(row.codes, titles),
            number_of(row.figure.numerator_text),
            number_of(row.figure.denominator_text),
            number_of(row.figure.percent_text.removesuffix("%")),
            number_of(row.excluded.numerator_text),
        ]
        for row in rows
    ]


def _titled(codes: Sequence[str], titles: Sequence[Mapping[str, str]]) -> list[str]:
    if not titles:
        return list(codes)
    return [names.get(code, code) for code, names in zip(codes, titles, strict=True)]


def number_of(text: str) -> Value:
    """A number where the text is one, else the mark."""
    return int(text) if text.isdecimal() else text
