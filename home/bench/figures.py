"""A measured figure beside its promise, and the plain table they are printed in."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured. `promise` is the most it may be, in the same unit; None where nothing was promised.

    `cpu` are the seconds of it that were work: on a busy machine the rest is waiting for a turn.
    """

    name: str
    value: float
    unit: str
    promise: float | None = None
    cpu: float | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """The figure as a line of the table; a ratio above 1 breaks the promise."""
        digits = 0 if self.unit == "queries" or not self.unit else 2 if self.unit == "s" else 1
        measured = f"{self.value:,.{digits}f} {self.unit}"
        promised = "" if self.promise is None else f"{self.promise:g} {self.unit}"
        ratio = "" if self.promise is None else f"{self.value / self.promise if self.promise else self.value:.2f}"
        return self.name, measured, promised, ratio, "" if self.cpu is None else f"{self.cpu:.2f} s"


def table(figures: Iterable[Figure]) -> str:
    """The figures under each other: name, measured, promised, ratio, and how much of it this process worked."""
    rows = [("", "measured", "promised", "ratio", "of it CPU"), *(figure.cells for figure in figures)]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = ((f"{name:<{widths[0]}}", *map(str.rjust, rest, widths[1:])) for name, *rest in rows)
    return "\n".join("  ".join(line).rstrip() for line in lines)
