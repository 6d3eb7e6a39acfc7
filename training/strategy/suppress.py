"""Small numbers, in the one place that every statistic passes before it leaves (core rules 5). Pure.

A count of people is hidden when it, or what is left of its whole, is small: 1 to 4 for the partnership's board, 1 to 7
for the public, nothing inside one's own agency. Hiding one part of a shown total gives it away by subtraction, so
further parts are hidden, smallest first, until no hidden count is known to within two from what is shown. The public's
figures are rounded to the nearest 5 as well, and their percentages come from the rounded figures. So are those of a
course's authors, who see counts of ten or more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .disclosure import Key, Numbers, Relations, Sum
from .hiding import NEVER, Table, further

HIDDEN = "*"
MISSING = "-"
NOT_REQUIRED = "n/a"
SMALLEST_WHOLE = 10
MEASURES = 3


NO_TIERS = (
    "No agency's share of a tier can be shown: so few people are counted here that it would tell of single people."
)


class Audience(StrEnum):
    """Who will see the figures."""

    OWN_AGENCY = "own_agency"
    PARTNERSHIP = "partnership"
    PUBLIC = "public"
    AUTHORS = "authors"

    @property
    def shown_from(self) -> int:
        """The smallest count of people, above none, that this audience sees."""
        return {Audience.OWN_AGENCY: 1, Audience.PARTNERSHIP: 5, Audience.PUBLIC: 8, Audience.AUTHORS: 10}[self]

    @property
    def rounded_to(self) -> int:
        """What counts are rounded to."""
        return 5 if self in {Audience.PUBLIC, Audience.AUTHORS} else 1


@dataclass(frozen=True, slots=True)
class Count:
    """So many people, of so many where there is a whole."""

    numerator: int
    denominator: int | None = None

    @property
    def measures(self) -> tuple[int, int, int]:
        """Every number of people that showing this would tell: those in, those not in, and all of them."""
        whole = self.numerator if self.denominator is None else self.denominator
        return self.numerator, whole - self.numerator, whole

    @property
    def size(self) -> int:
        """By what cells are compared when the smallest has to be hidden."""
        return self.measures[2]


def moved_by_few(before: Count, after: Count, audience: Audience) -> bool:
    """Whether those in, those not in, or all of them differ by a few people, of whom the difference would tell."""
    gaps = (now - then for then, now in zip(before.measures, after.measures, strict=True))
    return any(is_small(abs(gap), audience) for gap in gaps)


@dataclass(frozen=True, slots=True)
class Figure:
    """A count as an audience may see it. With a `mark` there is no number, save perhaps of how many.

    See HIDDEN, MISSING and NOT_REQUIRED.
    """

    numerator: int | None = None
    denominator: int | None = None
    percent: int | None = None
    mark: str = ""

    @property
    def percent_text(self) -> str:
        """'82%', or the mark; a percentage of fewer than ten people is hidden."""
        return self.mark or (HIDDEN if self.percent is None else f"{self.percent}%")

    @property
    def numerator_text(self) -> str:
        """The count, or the mark."""
        return self.mark or str(self.numerator)

    @property
    def denominator_text(self) -> str:
        """Of how many, or the mark."""
        return self.mark if self.denominator is None else str(self.denominator)


def why_no_tiers(shares: Iterable[str]) -> str:
    """Of the agencies' shares of tiers as they are read: why none is shown; nothing where any is, or none is hidden."""
    read = list(shares)
    return NO_TIERS if HIDDEN in read and not any(text.endswith("%") for text in read) else ""


def suppress(counts: Mapping[Key, Count | None], audience: Audience, sums: Iterable[Sum] = ()) -> dict[Key, Figure]:
    """Every count as the audience may see it. `sums` says which cells add up to which; None marks a missing count."""
    gone = hidden(counts, audience, sums)
    return {key: figure(count, audience, is_hidden=key in gone) for key, count in counts.items()}


def figure(count: Count | None, audience: Audience, *, is_hidden: bool, is_whole_shown: bool = False) -> Figure:
    """One count as the audience may see it, once it is known whether it must not be, and of how many all the same."""
    if count is None:
        return Figure(mark=MISSING)
    if count.denominator == 0:
        return Figure(mark=NOT_REQUIRED)
    if is_hidden:
        whole = count.denominator if is_whole_shown else None
        return Figure(denominator=None if whole is None else rounded(whole, audience), mark=HIDDEN)
    numerator = rounded(count.numerator, audience)
    if count.denominator is None:
        return Figure(numerator)
    denominator = rounded(count.denominator, audience)
    percent = None if count.denominator < SMALLEST_WHOLE else whole_percent(numerator, denominator)
    return Figure(numerator, denominator, percent)


def rounded(number: int, audience: Audience) -> int:
    """To the nearest 5 for the public, halves upwards; as it is for others."""
    step = audience.rounded_to
    return (2 * number + step) // (2 * step) * step


def whole_percent(numerator: int, denominator: int) -> int:
    """The nearest whole percentage; 100 only for all of them, and 0 only for none."""
    nearest = (200 * numerator + denominator) // (2 * denominator)
    if 0 < numerator < denominator:
        return min(max(nearest, 1), 99)
    return nearest


def hidden(
    counts: Mapping[Key, Count | None],
    audience: Audience,
    sums: Iterable[Sum] = (),
    also: Iterable[Key] = (),
) -> frozenset[Key]:
    """The cells that must not be shown: the small ones, and those without which one could be worked out.

    `also` names cells that something else hides.
    """
    known = {key: count for key, count in counts.items() if count is not None}
    others = frozenset(also)
    gone = set(others & known.keys())
    gone |= {key for key, count in known.items() if any(is_small(number, audience) for number in count.measures)}
    if not gone:
        return others
    keys = list(known)
    values = np.array([known[key].measures for key in keys], dtype=np.int64).reshape(-1)
    cell = np.repeat(np.arange(len(keys)), MEASURES)
    first = np.array([key in gone for key in keys])[cell]
    sums = list(sums)
    parts = [part for each in sums for part in each.parts]
    table = Table(
        values=values,
        unit=cell,
        rank=_ranks(known)[cell],
        relations=_relations(keys, sums),
        are_nought_safe=np.array(
            [[key not in others or known[key].denominator is not None, True, True] for key in keys]
        ).reshape(-1),
        are_of_cells=np.array([[False, False, count.denominator is not None] for count in known.values()]).reshape(-1),
        follows=np.arange(len(values)),
        kept=np.zeros(len(values), dtype=bool),
        crossed=_sums(keys, sums, (0,)) if len(set(parts)) < len(parts) else None,
    )
    found = further(table, first, audience.shown_from)[::MEASURES]
    return frozenset(key for key, is_gone in zip(keys, found, strict=True) if is_gone) | others


def is_small(number: int, audience: Audience) -> bool:
    """Whether a number of people, above none, is too few for the audience."""
    return 0 < number < audience.shown_from


def _ranks(known: Mapping[Key, Count]) -> Numbers:
    """The smallest cell is hidden first; one of nobody never."""
    place = {key: number for number, key in enumerate(sorted(known, key=lambda key: (known[key].size, key)))}
    return np.array([place[key] if count.size else NEVER for key, count in known.items()], dtype=np.int64)


def _relations(keys: Sequence[Key], sums: Iterable[Sum]) -> Relations:
    """Those in and those not in are all of them; and parts are their total. What is missing is missing there, too."""
    numbers = np.arange(MEASURES * len(keys)).reshape(-1, MEASURES)
    return Relations.all_of([Relations.of(numbers, (1, 1, -1), is_equal=True), _sums(keys, sums, range(MEASURES))])


def _sums(keys: Sequence[Key], sums: Iterable[Sum], measures: Sequence[int]) -> Relations:
    first = {key: MEASURES * number for number, key in enumerate(keys)}
    found = [Relations.of(np.empty((0, 1), dtype=np.int64), (1,), is_equal=True)]
    for each in sums:
        parts = [first[part] for part in each.parts if part in first]
        if each.total in first and parts:
            rows = np.array([[*parts, first[each.total]]], dtype=np.int64) + np.array(measures)[:, np.newaxis]
            found.append(Relations.of(rows, (*(1 for _ in parts), -1), is_equal=True))
    return Relations.all_of(found)
