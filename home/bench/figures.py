"""A measured figure beside its promise, and the plain table they are printed in."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured. `promise` is the most it may be, in the same unit; None where nothing was promised."""

    name: str
    value: float
    unit: str
    promise: float | None = None

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """The figure as a line of the table; a ratio above 1 breaks the promise."""
        digits = 0 if self.unit == "queries" else 2 if self.unit == "s" else 1
        measured = f"{self.value:,.{digits}f} {self.unit}"
        if self.promise is None:
            return self.name, measured, "", ""
        return self.name, measured, f"{self.promise:g} {self.unit}", f"{self.value / self.promise:.2f}"


def table(figures: Iterable[Figure]) -> str:
    """The figures under each other: name, measured, promised, ratio."""
    rows = [("", "measured", "promised", "ratio"), *(figure.cells for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]:>{widths[3]}}".rstrip()
        for row in rows
    )
