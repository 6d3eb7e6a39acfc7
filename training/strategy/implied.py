"""How the cells of a partnership's coverage hang together, by what they mean: what one of them tells of others. Pure.

- Those asked are those in date and those not.
- Parts of a sum add up to it, in every scope: agencies to everybody, role groups to their family.
- Who is left of a group without those that lie wholly within it (of the police without police roles) is told by a
  subtraction: they are a group of their own, which may be few, and is itself in no table.
- Whoever is asked for a module is asked for its tier, its topics and families, and for something at all; whoever has
  let it lapse is in date in none of these. What is asked of a group in one scope alone is all that is asked of it.
- Whoever is left out of a scope is asked nothing in any part of it; and left out of at least one.
- Whoever is asked in a scope, or has let it lapse, is so in one of its parts; by how many the parts come to more, since
  some are so in several, adds up over groups like all else.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from .coverage import Cell, Place
from .disclosure import NONE, Key, Numbers, Relations, Sum, Yes
from .hiding import NEVER, Table

EVERYBODY: Key = ("", "")
EVERYTHING: Key = ("", "")
ASKED, IN_DATE, LAPSED, LEFT_OUT = range(4)
REST = "rest"
"""The kind of a group that stands in no table: who is left of another without those that lie wholly within it."""
LEVELS = {REST: -1, "role_family": 1, "agency_kind": 1, "": 2}
"""Kinds of group that others add up to, and everybody."""


@dataclass(frozen=True)
class Grid:
    """Groups down, scopes across, and at each place four numbers of people: ASKED, IN_DATE, LAPSED and LEFT_OUT."""

    groups: tuple[Key, ...]
    scopes: tuple[Key, ...]
    there: Yes
    values: Numbers

    @staticmethod
    def of(cells: Mapping[Place, Cell]) -> "Grid":
        """The grid of cells of coverage."""
        groups = sorted({(place.group_kind, place.group) for place in cells})
        scopes = sorted({(place.scope_kind, place.scope) for place in cells})
        row, column = _numbered(groups), _numbered(scopes)
        values = np.zeros((4, len(groups), len(scopes)), dtype=np.int64)
        there = np.zeros(values.shape[1:], dtype=bool)
        for place, cell in cells.items():
            at = row[place.group_kind, place.group], column[place.scope_kind, place.scope]
            there[at] = True
            numbers = (cell.denominator, cell.numerator, cell.denominator - cell.numerator, cell.excluded)
            values[(slice(None), *at)] = numbers
        return Grid(tuple(groups), tuple(scopes), there, values)

    @cached_property
    def numbers(self) -> Numbers:
        """Which number stands where; NONE where there is no cell."""
        all_of_them = np.arange(self.values.size).reshape(self.values.shape)
        return np.where(self.there, all_of_them, NONE)

    def at(self, places: Iterable[Place]) -> Yes:
        """Where these stand."""
        row, column = _numbered(self.groups), _numbered(self.scopes)
        found = np.zeros(self.there.shape, dtype=bool)
        for place in places:
            found[row[place.group_kind, place.group], column[place.scope_kind, place.scope]] = True
        return found

    def places(self, chosen: Yes) -> frozenset[Place]:
        """The places of the cells that are chosen, without those that stand in no table."""
        found = (Place(*self.groups[row], *self.scopes[column]) for row, column in np.argwhere(chosen))
        return frozenset(place for place in found if place.group_kind != REST)


def _numbered(keys: Iterable[Key]) -> dict[Key, int]:
    return {key: number for number, key in enumerate(keys)}


def table(grid: Grid, sums: Iterable[Sum], scopes_of: Mapping[str, Iterable[Key]]) -> Table:
    """The grid's numbers and their relations. `scopes_of`: of each module the tier, topics and families it is in."""
    sums = list(sums)
    gaps = _gaps(grid, sums, scopes_of)
    size, all_of_them = grid.values[0].size, grid.values.size + len(gaps.values)
    asked, later = np.arange(size), np.arange(grid.values.size, all_of_them)
    return Table(
        values=np.concatenate([grid.values.reshape(-1), gaps.values]),
        unit=np.concatenate([asked, asked + size, asked + size, -1 - asked // len(grid.scopes), later]),
        rank=np.concatenate([_ranks(grid), np.full(len(later), NEVER)]),
        relations=Relations.all_of([_asked(grid), *_sums(grid, sums), *gaps.relations]),
        are_nought_safe=np.ones(all_of_them, dtype=bool),
        are_of_cells=np.arange(all_of_them) < size,
        follows=np.concatenate([asked, asked, asked, asked + 3 * size, later]),
        kept=np.isin(np.arange(all_of_them), _headline(grid)),
        are_all_guarded=False,
        untold=np.zeros(all_of_them, dtype=bool),
        between=gaps.between,
    )


def without(grid: Grid, every: Table, untold: Yes) -> Table:
    """The table in which these places do not stand; those left out there are hidden by themselves."""
    size, later = grid.values[0].size, len(every.values) - grid.values.size
    unit = every.unit.copy()
    unit[3 * size : 4 * size] = np.where(untold.reshape(-1), np.arange(size) + 3 * size, unit[3 * size : 4 * size])
    told = np.concatenate([np.tile(untold.reshape(-1), 4), np.zeros(later, dtype=bool)])
    return replace(every, unit=unit, untold=told)


def _headline(grid: Grid) -> Numbers:
    """What a board reads first: of everybody, how many are asked for anything, and are in date in all of it."""
    if EVERYBODY not in grid.groups or EVERYTHING not in grid.scopes:
        return np.zeros(0, dtype=np.int64)
    return grid.numbers[[ASKED, IN_DATE, LAPSED], grid.groups.index(EVERYBODY), grid.scopes.index(EVERYTHING)]


def _ranks(grid: Grid) -> Numbers:
    """What is hidden first: parts before wholes, how many are in date before how many are asked, few before many.

    How many of a group are left out is hidden in all scopes or in none.
    """
    asked, _, _, left_out = grid.values.reshape(4, -1)
    left_out = np.repeat(grid.values[LEFT_OUT].max(axis=1, initial=0), len(grid.scopes))
    place = np.arange(asked.size)
    size = np.concatenate([asked, asked, left_out])
    kind = np.repeat([1, 0, 0], asked.size)
    level = np.repeat([LEVELS.get(kind, 0) for kind, _ in grid.groups], len(grid.scopes))
    order = np.lexsort((np.tile(place, 3), size, kind, np.tile(level, 3)))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    rank[size == 0] = NEVER
    of_asked, of_in_date, of_left_out = rank.reshape(3, -1)
    of_left_out = np.repeat(of_left_out.reshape(grid.there.shape).min(axis=1, initial=NEVER), len(grid.scopes))
    return np.concatenate([of_asked, of_in_date, of_in_date, of_left_out])


def _asked(grid: Grid) -> Relations:
    numbers = grid.numbers[[IN_DATE, LAPSED, ASKED]].reshape(3, -1).T
    return Relations.of(numbers[grid.there.reshape(-1)], (1, 1, -1), is_equal=True)


def _sums(grid: Grid, sums: Iterable[Sum]) -> Iterator[Relations]:
    """Each sum of groups, in every scope and of all four numbers."""
    row = _numbered(grid.groups)
    for each in sums:
        members = [row[key] for key in (*each.parts, each.total)]
        numbers = grid.numbers[:, members, :].transpose(0, 2, 1).reshape(-1, len(members))
        yield Relations.of(numbers, (*(1 for _ in each.parts), -1), is_equal=True)


@dataclass(frozen=True)
class Gaps:
    """Numbers of their own for each group, which stand in no table and add up as groups do.

    How much larger a scope is than one within it; and by how much the parts of a scope together come to more than it.
    Where a whole has no gap none of its parts has one. `between`: the numbers that each gap lies between.
    """

    values: Numbers
    between: Numbers
    relations: tuple[Relations, ...]


def _gaps(grid: Grid, sums: Sequence[Sum], scopes_of: Mapping[str, Iterable[Key]]) -> Gaps:
    held = _held(grid, scopes_of)
    if held is None:
        return Gaps(np.zeros(0, dtype=np.int64), np.zeros((0, 1), dtype=np.int64), ())
    modules, holds = held
    nested = _nested(grid, sums, *_within(grid, holds, grid.there[:, modules]))
    tiers = [number for number, (kind, _) in enumerate(grid.scopes) if kind == "tier"]
    wholes = [(number, [modules[each] for each in np.flatnonzero(row)]) for number, row in enumerate(holds)]
    wholes = [*wholes, (grid.scopes.index(EVERYTHING), tiers)]
    begins = grid.values.size + len(nested.values)
    overlaps = _overlaps(grid, sums, [each for each in wholes if each[1] and each[1] != [each[0]]], begins)
    width = max(nested.between.shape[1], overlaps.between.shape[1])
    between = [
        np.pad(each.between, ((0, 0), (0, width - each.between.shape[1])), "edge") for each in (nested, overlaps)
    ]
    return Gaps(
        np.concatenate([nested.values, overlaps.values]),
        np.concatenate(between),
        nested.relations + overlaps.relations,
    )


def _nested(grid: Grid, sums: Sequence[Sum], group: Numbers, inner: Numbers, outer: Numbers) -> Gaps:
    """What of each group an outer scope has beyond an inner one."""
    values: list[Numbers] = []
    between: list[Numbers] = []
    relations: list[Relations] = []
    for kinds in ((ASKED,), (LAPSED,), (ASKED, LEFT_OUT)):
        numbers = np.stack([grid.numbers[kind, group, scope] for scope in (outer, inner) for kind in kinds], axis=1)
        signs = (*(1 for _ in kinds), *(-1 for _ in kinds))
        gap = grid.values.reshape(-1)[numbers] @ np.array(signs)
        place = np.full((len(grid.groups), len(grid.scopes), len(grid.scopes)), NONE)
        place[group, inner, outer] = grid.values.size + sum(map(len, values)) + np.arange(len(group))
        rows = np.concatenate([numbers, place[group, inner, outer][:, np.newaxis]], axis=1)
        relations.append(Relations.of(rows[gap >= 0], (*signs, -1), is_equal=True))
        relations += _sums_of_gaps(grid, sums, place, kinds)
        values.append(np.maximum(gap, 0))
        between.append(np.tile(numbers, (1, 2 // len(kinds))))
    return Gaps(np.concatenate(values), np.concatenate(between), tuple(relations))


def _overlaps(grid: Grid, sums: Iterable[Sum], wholes: Sequence[tuple[int, list[int]]], begins: int) -> Gaps:
    """By how much the parts of each scope come to more than it, since some are asked in several; never to less.

    Where they do come to less not every module was counted, and nothing is made of it. `begins`: the first new number.
    """
    row = _numbered(grid.groups)
    width = 1 + max((len(parts) for _, parts in wholes), default=0)
    values, between, relations = [np.zeros(0, dtype=np.int64)], [np.zeros((0, width), dtype=np.int64)], []
    for kind in (ASKED, LAPSED, LEFT_OUT):
        place = np.full((len(grid.groups), len(wholes)), NONE)
        for column, (whole, parts) in enumerate(wholes):
            there = np.flatnonzero(grid.there[:, whole])
            numbers = grid.numbers[kind][there][:, [*parts, whole]]
            signs = (*(1 for _ in parts), -1)
            over = np.where(numbers == NONE, 0, grid.values.reshape(-1)[numbers]) @ np.array(signs)
            place[there, column] = begins + sum(map(len, values)) + np.arange(len(there))
            rows = np.concatenate([numbers, place[there, column][:, np.newaxis]], axis=1)
            relations.append(Relations.of(rows[over >= 0], (*signs, -1), is_equal=True))
            values.append(np.maximum(over, 0))
            own = np.where(numbers == NONE, numbers[:, -1:], numbers)
            between.append(np.pad(own, ((0, 0), (0, width - own.shape[1])), "edge"))
        for each in sums:
            members = place[[row[key] for key in (*each.parts, each.total)]]
            members = members[:, members[-1] != NONE].T
            relations.append(Relations.of(members, (*(1 for _ in each.parts), -1), is_equal=True))
    return Gaps(np.concatenate(values), np.concatenate(between), tuple(relations))


def _held(grid: Grid, scopes_of: Mapping[str, Iterable[Key]]) -> tuple[list[int], Yes] | None:
    """Where the scopes of modules stand, and which of them each scope holds; nothing where that is not known."""
    column = _numbered(grid.scopes)
    modules = [code for kind, code in grid.scopes if kind == "module" and code in scopes_of]
    if not modules or EVERYTHING not in column:
        return None
    holds = np.zeros((len(grid.scopes), len(modules)), dtype=bool)
    for number, code in enumerate(modules):
        for scope in (EVERYTHING, ("module", code), *scopes_of[code]):
            if scope in column:
                holds[column[scope], number] = True
    return [column["module", code] for code in modules], holds


def _sums_of_gaps(grid: Grid, sums: Iterable[Sum], place: Numbers, kinds: Sequence[int]) -> Iterator[Relations]:
    """The gaps of parts come to the gap of their whole; a part of which nothing is asked within has all it has."""
    row = _numbered(grid.groups)
    for each in sums:
        members = [row[key] for key in (*each.parts, each.total)]
        inner, outer = np.nonzero(place[members[-1]] != NONE)
        gap = place[members][:, inner, outer]
        is_alone = (gap == NONE) & ~grid.there[members][:, inner]
        alone = [np.where(is_alone, grid.numbers[kind][members][:, outer], NONE) for kind in kinds]
        numbers = np.concatenate([*(each[:-1] for each in alone), gap]).T
        yield Relations.of(numbers, (*(1 for _ in range(numbers.shape[1] - 1)), -1), is_equal=True)


def _within(grid: Grid, holds: Yes, is_asked: Yes) -> tuple[Numbers, Numbers, Numbers]:
    """The groups and the two scopes in which each module of the first that is asked there is in the second, too."""
    is_scope = holds.any(axis=1)
    outside = (holds[:, np.newaxis, :] & ~holds[np.newaxis, :, :]).reshape(-1, holds.shape[1])
    strays = is_asked.astype(np.float32) @ outside.astype(np.float32).T
    found = (strays == 0).reshape(len(grid.groups), len(holds), len(holds))
    found &= (grid.there & is_scope)[:, :, np.newaxis] & (grid.there & is_scope)[:, np.newaxis, :]
    found[:, np.arange(len(holds)), np.arange(len(holds))] = False
    group, inner, outer = np.nonzero(found)
    return group, inner, outer
