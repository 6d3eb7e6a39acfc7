"""Small numbers, in the one place that every statistic passes before it leaves (core rules 5). Pure.

A count of people is hidden when it, or what is left of its whole, is small: 1 to 4 for the partnership's board, 1 to 7
for the public, nothing inside one's own agency. Hiding one part of a shown total gives it away by subtraction, so
further parts are hidden, smallest first, until no hidden count can be worked out from what is shown. The public's
figures are rounded to the nearest 5 as well, and their percentages come from the rounded figures. So are those of a
course's authors, who see counts of ten or more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .disclosure import Key, Measures, Sum, pinned

HIDDEN = "*"
MISSING = "-"
NOT_REQUIRED = "n/a"
SMALLEST_WHOLE = 10


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
    def measures(self) -> Measures:
        """Every number of people that showing this would tell: those in, those not in, and all of them."""
        whole = self.numerator if self.denominator is None else self.denominator
        return self.numerator, whole - self.numerator, whole

    @property
    def size(self) -> int:
        """By what cells are compared when the smallest has to be hidden."""
        return self.measures[2]


@dataclass(frozen=True, slots=True)
class Figure:
    """A count as an audience may see it. With a `mark` there are no numbers; see HIDDEN, MISSING and NOT_REQUIRED."""

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
        return self.mark or ("" if self.denominator is None else str(self.denominator))


def suppress(counts: Mapping[Key, Count | None], audience: Audience, sums: Iterable[Sum] = ()) -> dict[Key, Figure]:
    """Every count as the audience may see it. `sums` says which cells add up to which; None marks a missing count."""
    gone = hidden(counts, audience, sums)
    return {key: figure(count, audience, is_hidden=key in gone) for key, count in counts.items()}


def figure(count: Count | None, audience: Audience, *, is_hidden: bool) -> Figure:
    """One count as the audience may see it, once `hidden` has said whether it must not."""
    if count is None:
        return Figure(mark=MISSING)
    if count.denominator == 0:
        return Figure(mark=NOT_REQUIRED)
    if is_hidden:
        return Figure(mark=HIDDEN)
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
    counts: Mapping[Key, Count | None], audience: Audience, sums: Iterable[Sum] = (), also: Iterable[Key] = ()
) -> frozenset[Key]:
    """The cells that must not be shown: the small ones, and those without which a small one could be worked out.

    `also` names cells that something else hides.
    """
    known = {key: count for key, count in counts.items() if count is not None}
    gone = set(also)
    gone |= {key for key, count in known.items() if any(is_small(number, audience) for number in count.measures)}
    # What is missing is missing from its total too.
    whole = [Sum(each.total, tuple(part for part in each.parts if part in known)) for each in sums]
    while more := _further(known, whole, gone, audience):
        gone |= more
    return frozenset(gone)


def is_small(number: int, audience: Audience) -> bool:
    """Whether a number of people, above none, is too few for the audience."""
    return 0 < number < audience.shown_from


def _further(known: Mapping[Key, Count], sums: list[Sum], gone: set[Key], audience: Audience) -> set[Key]:
    """The next cells to hide: of each sum that gives a part away, and then round each cell that can be worked out."""
    more = {_smallest(known, [each], gone) for each in sums if _gives_away(known, each, gone, audience)} - {None}
    if not more and gone:
        cells = {key: count.measures for key, count in known.items()}
        for key in pinned(cells, sums, gone):
            near = [each for each in sums if key == each.total or key in each.parts]
            more.add(_smallest(known, near, gone) or _smallest(known, sums, gone))
    return {key for key in more if key is not None}


def _gives_away(known: Mapping[Key, Count], each: Sum, gone: set[Key], audience: Audience) -> bool:
    """Whether the shown cells of a sum tell a hidden one, or tell that the hidden ones together are few."""
    parts = [known[part].measures for part in each.parts if part in gone]
    if each.total in gone:
        return not parts
    if len(parts) == 1:
        return True
    return any(is_small(sum(numbers), audience) for numbers in zip(*parts, strict=True))


def _smallest(known: Mapping[Key, Count], sums: Iterable[Sum], gone: set[Key]) -> Key | None:
    """The smallest part of these sums still shown, where there is one; else the smallest total."""
    sums = list(sums)
    parts = {part for each in sums for part in each.parts if part not in gone and known[part].size}
    totals = {each.total for each in sums if each.total not in gone}
    return min(parts or totals, key=lambda key: (known[key].size, key), default=None)
