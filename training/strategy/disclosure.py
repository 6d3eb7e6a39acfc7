"""What somebody who knows every shown count and every sum could work out about the hidden ones. Pure.

Two ways of reasoning, each feeding the other until neither finds more: bounds (no count of people is below zero, and
parts fit into their whole), and linear algebra (a number that every solution of the sums agrees on).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf, isinf

import numpy as np

Key = tuple[str, ...]
"""Names a cell: the values of its dimensions."""

Measures = tuple[int, int, int]
"""Those in, those not in, and all of them."""

Unknown = tuple[Key, int]
"""A hidden cell and which of its measures."""

EXACT = 1e-7


@dataclass(frozen=True, slots=True)
class Sum:
    """A cell that others add up to."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Equation:
    """What the unknowns, some of them taken away, come to."""

    signs: Mapping[Unknown, int]
    result: int


def pinned(cells: Mapping[Key, Measures], sums: Sequence[Sum], hidden: Iterable[Key]) -> frozenset[Key]:
    """The hidden cells of which some count above none can be worked out exactly."""
    unknown = frozenset(hidden)
    of_sums = list(_of_sums(cells, sums, unknown))
    equations = [*of_sums, *_of_cells(unknown)]
    found: set[Unknown] = set()
    while True:
        more = _by_bounds([_without(equation, cells, found) for equation in equations])
        # By algebra each measure stands alone: those not in are always all less those in.
        more = more or _by_algebra([_without(equation, cells, found) for equation in of_sums])
        if not more:
            return frozenset(key for key, measure in found if cells[key][measure] > 0)
        found |= more


def _of_cells(hidden: Iterable[Key]) -> Iterator[Equation]:
    """Those in and those not in are all of them."""
    for key in hidden:
        yield Equation({(key, 0): 1, (key, 1): 1, (key, 2): -1}, 0)


def _of_sums(cells: Mapping[Key, Measures], sums: Iterable[Sum], hidden: frozenset[Key]) -> Iterator[Equation]:
    """Parts less their total come to nothing.

    Somebody in two places counts in both and once in the total, so real parts can come to more. What is reckoned here
    is the worst case, in which the one who asks knows by how much.
    """
    for each in sums:
        parts = [part for part in each.parts if part in hidden]
        for measure in range(3):
            signs = {(part, measure): 1 for part in parts}
            if each.total in hidden:
                signs[each.total, measure] = -1
            if signs:
                yield Equation(signs, sum(sign * cells[key][measure] for (key, _), sign in signs.items()))


def _without(equation: Equation, cells: Mapping[Key, Measures], found: set[Unknown]) -> Equation:
    """The equation once what was found is put in."""
    known = found & equation.signs.keys()
    if not known:
        return equation
    signs = {name: sign for name, sign in equation.signs.items() if name not in known}
    return Equation(signs, equation.result - sum(equation.signs[name] * cells[name[0]][name[1]] for name in known))


def _by_bounds(equations: Sequence[Equation]) -> set[Unknown]:
    """The unknowns whose lowest and highest possible values meet."""
    low: dict[Unknown, float] = {name: 0 for equation in equations for name in equation.signs}
    high: dict[Unknown, float] = dict.fromkeys(low, inf)
    waiting = list(equations)
    while waiting:
        moved = {name for equation in waiting for name in _narrow(equation, low, high)}
        waiting = [equation for equation in equations if not moved.isdisjoint(equation.signs)]
    return {name for name in low if low[name] == high[name]}


def _narrow(equation: Equation, low: dict[Unknown, float], high: dict[Unknown, float]) -> set[Unknown]:
    """Bring the bounds of an equation's unknowns in to what the others leave room for; those that moved."""
    least = [sign * (low if sign > 0 else high)[name] for name, sign in equation.signs.items()]
    most = [sign * (high if sign > 0 else low)[name] for name, sign in equation.signs.items()]
    moved = set()
    for place, (name, sign) in enumerate(equation.signs.items()):
        one, other = equation.result - _less(most, place), equation.result - _less(least, place)
        bottom, top = (one, other) if sign > 0 else (-other, -one)
        if bottom > low[name] or top < high[name]:
            low[name], high[name] = max(bottom, low[name]), min(top, high[name])
            moved.add(name)
    return moved


def _less(numbers: Sequence[float], place: int) -> float:
    """The sum of all but one."""
    whole = sum(numbers)
    if isinf(whole):
        return sum(number for other, number in enumerate(numbers) if other != place)
    return whole - numbers[place]


def _by_algebra(equations: Sequence[Equation]) -> set[Unknown]:
    """The unknowns on which every solution agrees: those that the equations, added up in some way, leave alone."""
    rows = [equation for equation in equations if equation.signs]
    names = sorted({name for equation in rows for name in equation.signs})
    column = {name: index for index, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    for row, equation in enumerate(rows):
        for name, sign in equation.signs.items():
            matrix[row, column[name]] = sign
    if not names:
        return set()
    _, sizes, directions = np.linalg.svd(matrix, full_matrices=False)
    # How much of each unknown by itself lies in the space that the equations span: all of it, or less.
    share = (directions[sizes > EXACT] ** 2).sum(axis=0)
    return {name for name in names if share[column[name]] > 1 - EXACT}
