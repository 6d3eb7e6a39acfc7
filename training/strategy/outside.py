"""Values from outside as an audience may see them. Pure.

Counts of people (those of indicators with `suppress_below`) pass the one suppressor, with their parts; others, such as
money or meetings, tell of nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations

from .disclosure import Key, Sum
from .models import Indicator, IndicatorValue
from .pack import Unit
from .periods import Period
from .suppress import Audience, Count, Figure, figure, hidden, moved_by_few, whole_percent


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


def tell_of_few(indicator: Indicator, versions: Sequence[IndicatorValue], audience: Audience) -> bool:
    """Whether any two versions of one period, of a part, of the whole or of what is in no part, are few people apart.

    Then only the last is told: the other beside it would tell of those whose forms came late or were withdrawn.
    """
    if indicator.suppress_below is None:
        return False
    counts: dict[str, set[Count]] = {}
    for each in versions:
        counts.setdefault(each.part.casefold(), set()).add(Count(each.numerator or 0, each.denominator))
    moments = sorted({each.recorded_at for each in versions})
    told = [_rest({each.part.casefold(): each.numerator or 0 for each in _at(versions, at)}) for at in moments]
    of_the_same = [(one, other) for (parts, one), (others, other) in combinations(told, 2) if parts == others]
    pairs = [pair for each in counts.values() for pair in combinations(each, 2)]
    return any(moved_by_few(one, other, audience) for one, other in (*pairs, *of_the_same))


def _at(versions: Sequence[IndicatorValue], at: datetime) -> list[IndicatorValue]:
    return [each for each in versions if each.recorded_at <= at and (each.replaced_at is None or each.replaced_at > at)]


def _rest(numbers: Mapping[str, int]) -> tuple[frozenset[str], Count]:
    """Which are told, and what the whole leaves of the parts; nothing where it is not among them."""
    of_parts = sum(number for part, number in numbers.items() if part)
    return frozenset(numbers), Count(numbers[""] - of_parts if "" in numbers else 0)


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
