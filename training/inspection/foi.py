"""A freedom-of-information pack: who was required to be in date in what, who was, and what the public may see. Pure.

For each year and module: everybody, each agency, each role group, and role groups within agencies. The counts are
those of `training.strategy.coverage`. What of everybody, agencies and role groups is hidden is what is hidden of them
everywhere in public; within agencies those alone are told that leave no few untold, and nothing is said of others.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import pandas as pd

from training.boards.contents import Row
from training.strategy.coverage import Cell, Place
from training.strategy.suppress import Audience, Count, Figure, figure

WITHIN = "agency_role_group"
"""The kind of group that is a role group within an agency; its code is that of both, see `within`."""
BETWEEN = "\x1f"


def within(agency: str, role_group: str) -> str:
    """The code of a role group within an agency."""
    return f"{agency}{BETWEEN}{role_group}"


def parted(code: str) -> tuple[str, str]:
    """The agency and the role group of such a code."""
    agency, _, role_group = code.partition(BETWEEN)
    return agency, role_group


def with_within(frame: pd.DataFrame) -> pd.DataFrame:
    """With a column for the role group within the agency."""
    agencies, groups = frame["agency"].cat, frame["role_group"].cat
    width = len(groups.categories) + 1
    both = agencies.codes.to_numpy().astype(np.int64) * width + groups.codes.to_numpy() + 1
    found, place = np.unique(both, return_inverse=True)
    titles = ["", *groups.categories]
    codes = [within(agencies.categories[each // width], titles[each % width]) for each in found.tolist()]
    return frame.assign(**{WITHIN: pd.Categorical.from_codes(place, categories=codes)})


@dataclass(frozen=True, slots=True)
class Counted:
    """One year's cells, by place.

    `gone` are those hidden in public everywhere, `asked_gone` those of them of which it is hidden, too, how many are
    asked. What is hidden from the board is among them.
    """

    as_at: date
    cells: Mapping[Place, Cell]
    gone: Set[Place]
    asked_gone: Set[Place]
    silent: tuple[str, ...]


MARGINS = ("", "agency", "role_group")


def figures_of(counted: Counted) -> dict[Place, Figure]:
    """Each cell of a module in which anybody is counted, as the public may see it."""
    counts = {
        place: Count(cell.numerator, cell.denominator)
        for place, cell in counted.cells.items()
        if place.scope_kind == "module" and cell.denominator
    }
    told = _told_within(counts, counted)
    return {
        place: figure(
            count,
            Audience.PUBLIC,
            is_hidden=place in counted.gone,
            is_whole_shown=place not in counted.asked_gone,
        )
        for place, count in counts.items()
        if place.group_kind in MARGINS or place in told
    }


def _told_within(counts: Mapping[Place, Count], counted: Counted) -> set[Place]:
    """The role groups within agencies that are told; of the others it is not even told that there are any.

    Of each, of what all of them leave of its agency and of its role group, and of those in neither, none is few; and
    agency and role group are shown. How many are asked must be such in all modules that are asked of it, since most of
    them are asked of the same people.
    """
    asked = {place: (count.size,) for place, count in counts.items()}
    all_of = {place: count.measures for place, count in counts.items()}
    pairs: dict[str, list[Place]] = {}
    for place in counts:
        if place.group_kind == WITHIN:
            pairs.setdefault(place.group, []).append(place)
    told = _none_few(pairs.values(), asked, counted.asked_gone)
    return _none_few(([place] for place in sorted(told)), all_of, counted.gone)


def _none_few(
    units: Iterable[list[Place]], measures: Mapping[Place, tuple[int, ...]], unsure: Set[Place]
) -> set[Place]:
    """As many of these as can be told, each unit as a whole; the smallest gives way where too few would be left."""
    told = [unit for unit in units if not any(_are_few(place, measures, unsure) for place in unit)]
    told.sort(key=lambda unit: (max(measures[place] for place in unit), unit))
    while True:
        left = {margin: measures[margin] for unit in told for place in unit for margin in _margins(place)}
        for unit in told:
            for place in unit:
                for margin in _margins(place):
                    left[margin] = _less(left[margin], measures[place])
        if not any(_is_any_few(numbers) for numbers in left.values()):
            return {place for unit in told for place in unit}
        smallest: dict[Place, int] = {}
        for number, unit in enumerate(told):
            for margin in (margin for place in unit for margin in _margins(place) if _is_any_few(left[margin])):
                smallest.setdefault(margin, number)
        gone = set(smallest.values())
        told = [unit for number, unit in enumerate(told) if number not in gone]


def _are_few(place: Place, measures: Mapping[Place, tuple[int, ...]], unsure: Set[Place]) -> bool:
    """Whether it is few or those in neither its agency nor its role group are, or one of these is not shown."""
    agency, role_group = _margins(place)
    if not {agency, role_group} <= measures.keys() or unsure & {agency, role_group}:
        return True
    others = _less(
        _less(measures[Place("", "", place.scope_kind, place.scope)], measures[agency]), measures[role_group]
    )
    neither = tuple(sum(each) for each in zip(others, measures[place], strict=True))
    return _is_any_few(measures[place]) or _is_any_few(neither)


def _margins(place: Place) -> tuple[Place, Place]:
    """The agency and the role group of a role group within an agency."""
    agency, role_group = parted(place.group)
    scope = place.scope_kind, place.scope
    return Place("agency", agency, *scope), Place("role_group", role_group, *scope)


def _less(numbers: tuple[int, ...], others: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(number - other for number, other in zip(numbers, others, strict=True))


def _is_any_few(numbers: tuple[int, ...]) -> bool:
    """Whether any is few; less than none are left where somebody stands in two places."""
    return any(number != 0 and number < Audience.PUBLIC.shown_from for number in numbers)


Value = str | int


def numbers(shown: Figure) -> tuple[Value, Value, Value, Value]:
    """Required, in date, rate and overdue: what is required less what is in date, both as they are shown."""
    if shown.mark or shown.numerator is None or shown.denominator is None:
        required = shown.mark if shown.denominator is None else shown.denominator
        return (required, *(shown.mark,) * 3)
    rate = int(shown.percent) if shown.percent is not None else shown.percent_text
    return shown.denominator, shown.numerator, rate, shown.denominator - shown.numerator


class YearTold(Row):
    """One year of a pack: the completions recorded up to its end, rounded, and the agencies that did not report."""

    title: str
    as_at: date
    completions: int
    silent: tuple[str, ...]


class FileTold(Row):
    """One table of a pack, and how many rows it has."""

    title: str
    holds: str
    rows: int


class Told(Row):
    """What is in a pack."""

    partnership: str
    known_at: datetime
    years: tuple[YearTold, ...]
    tables: tuple[FileTold, ...]
