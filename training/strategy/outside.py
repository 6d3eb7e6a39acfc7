"""Values from outside as an audience may see them. Pure.

Counts of people (those of indicators with `suppress_below`) pass the one suppressor, with their parts; others, such as
money or meetings, tell of nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .disclosure import Key, Sum
from .models import Indicator, IndicatorValue
from .pack import Unit
from .periods import Period
from .suppress import Audience, Count, Figure, figure, hidden, whole_percent


@dataclass(frozen=True, slots=True)
class Outside:
    """What was given of one indicator for its last period: the whole first, where it was given, then parts by name."""

    period: Period
    values: tuple[IndicatorValue, ...]


def as_seen(
    indicator: Indicator, values: Sequence[IndicatorValue], audience: Audience
) -> list[tuple[IndicatorValue, Figure]]:
    """Each value with its figure. Parts and the whole give a hidden one away, so more are hidden then.

    Whether the parts come to the whole or not: some may stand in two of them, or in none, and who asks may know.
    """
    counts: dict[Key, Count | None] = {("part", value.part): _count(indicator, value) for value in values}
    if indicator.suppress_below is None:
        return [(value, _figure(indicator, value)) for value in values]
    whole, parts = ("part", ""), tuple(key for key in counts if key[1])
    sums = [Sum(whole, parts)] if parts and whole in counts else []
    gone = hidden(counts, audience, sums)
    found = []
    for value in values:
        key = ("part", value.part)
        seen = figure(counts[key], audience, is_hidden=key in gone)
        found.append((value, seen if seen.mark else replace(seen, denominator=seen.denominator or value.denominator)))
    return found


def _count(indicator: Indicator, value: IndicatorValue) -> Count:
    """A ratio's two numbers are no part and whole: its count is weighed alone, and shown with what it is for."""
    is_share = indicator.unit == Unit.PERCENT
    return Count(value.numerator or 0, value.denominator if is_share else None)


def _figure(indicator: Indicator, value: IndicatorValue) -> Figure:
    percent = None
    if indicator.unit == Unit.PERCENT and value.denominator:
        percent = whole_percent(value.numerator or 0, value.denominator)
    return Figure(value.numerator, value.denominator, percent)


def value_of(indicator: Indicator, seen: Figure) -> float | None:
    """The number that is held against a target, where it is shown."""
    if seen.mark or seen.numerator is None:
        return None
    if indicator.unit == Unit.PERCENT:
        return seen.percent
    if indicator.unit == Unit.RATIO and seen.denominator:
        return round(indicator.per * seen.numerator / seen.denominator, 1)
    return seen.numerator


def said_of(indicator: Indicator, seen: Figure) -> str:
    """The figure to read."""
    value = value_of(indicator, seen)
    if value is None:
        return seen.mark or seen.percent_text
    if indicator.unit == Unit.PERCENT:
        return f"{value:g}%"
    if indicator.unit == Unit.RATIO:
        return f"{value:g} for every {indicator.per:,}"
    return f"{seen.numerator:,}"
