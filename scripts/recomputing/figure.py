"""A figure: of an indicator, or of one part of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`value` is a mean, or a gap in points."""

    indicator: str
    part: str
    numerator: int | None
    denominator: int | None
    value: float | None = None


def percent(numerator, denominator):
    """The nearest whole percentage, halves upwards; 100 only for all of them, and 0 only for none."""
    nearest = (200 * numerator + denominator) // (2 * denominator)
    return min(max(nearest, 1), 99) if 0 < numerator < denominator else nearest
