"""What somebody who knows every shown number, and how numbers hang together, could work out about hidden ones. Pure.

Reckoned in rooms: how far a hidden number could lie below and above what it is, while all that is shown stands and no
count of people is below nought. Each relation leaves a number as much room as the others in it have together; rooms
narrow until none narrows further.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Key = tuple[str, ...]
"""Names a cell: the values of its dimensions."""

Numbers = npt.NDArray[np.int64]
Yes = npt.NDArray[np.bool_]

FAR = 10
"""Room enough: more is not told apart."""
NONE = -1
"""Stands in a row of terms for a number that there is not."""
EXACT = 1e-7


@dataclass(frozen=True, slots=True)
class Sum:
    """A cell that others add up to."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True)
class Relations:
    """Rows of terms, one after the other: each adds numbers up and takes others away.

    Of a row that `is_equal` what it comes to is known; of any other that it is nought or more. Somebody in two places
    counts in both and once in their total, so real parts can come to more than it: what is reckoned here is the worst
    case, in which the one who asks knows by how much.
    """

    row: Numbers
    number: Numbers
    sign: Numbers
    is_equal: Yes

    @staticmethod
    def of(numbers: Numbers, signs: Sequence[int], *, is_equal: bool) -> "Relations":
        """A relation for each row of a matrix of numbers, with a sign for each column."""
        height, width = numbers.shape
        there = numbers.ravel() != NONE
        row = np.repeat(np.arange(height), width)
        sign = np.tile(np.array(signs, dtype=np.int64), height)
        return Relations(row[there], numbers.ravel()[there], sign[there], np.full(height, is_equal, dtype=bool))

    @staticmethod
    def all_of(several: Sequence["Relations"]) -> "Relations":
        """Several as one."""
        heights = np.cumsum([0, *(len(each.is_equal) for each in several)])
        return Relations(
            np.concatenate([each.row + begins for each, begins in zip(several, heights, strict=False)]),
            *(np.concatenate([getattr(each, name) for each in several]) for name in ("number", "sign", "is_equal")),
        )

    def about(self, hidden: Yes) -> "Relations":
        """The rows in which something is hidden."""
        is_kept = np.zeros(len(self.is_equal), dtype=bool)
        is_kept[self.row[hidden[self.number]]] = True
        new = np.cumsum(is_kept) - 1
        terms = is_kept[self.row]
        return Relations(new[self.row[terms]], self.number[terms], self.sign[terms], self.is_equal[is_kept])

    @cached_property
    def starts(self) -> Numbers:
        """Where each row begins among the terms."""
        return np.searchsorted(self.row, np.arange(len(self.is_equal)))

    def spare(self, values: Numbers) -> Numbers:
        """How much less each row could come to."""
        comes_to = np.add.reduceat(self.sign * values[self.number], self.starts)
        return np.where(self.is_equal, 0, np.clip(comes_to, 0, FAR))

    def others(self, room: Numbers) -> Numbers:
        """For each term the room of the others in its row."""
        return np.add.reduceat(room, self.starts)[self.row] - room


@dataclass(frozen=True)
class Rooms:
    """How far each number could lie below and above what it is, and how far each term's row lets its number."""

    down: Numbers
    up: Numbers
    term_down: Numbers
    term_up: Numbers


def rooms(values: Numbers, hidden: Yes, relations: Relations, *, is_first_look: bool = False) -> Rooms:
    """The rooms of all numbers; `relations` are those about the hidden ones. At first look each relation by itself."""
    down = np.where(hidden, np.minimum(values, FAR), 0)
    up = np.where(hidden, FAR, 0)
    is_plus, number = relations.sign > 0, relations.number
    less = relations.spare(values)[relations.row]
    more = np.where(relations.is_equal, 0, FAR)[relations.row]
    while True:
        falls = np.where(is_plus, down[number], up[number])
        rises = np.where(is_plus, up[number], down[number])
        may_rise = np.minimum(more + relations.others(falls), FAR)
        may_fall = np.minimum(less + relations.others(rises), FAR)
        term_down, term_up = np.where(is_plus, may_fall, may_rise), np.where(is_plus, may_rise, may_fall)
        new_down, new_up = down.copy(), up.copy()
        np.minimum.at(new_down, number, term_down)
        np.minimum.at(new_up, number, term_up)
        if is_first_look or (np.array_equal(new_down, down) and np.array_equal(new_up, up)):
            return Rooms(new_down, new_up, term_down, term_up)
        down, up = new_down, new_up


def pinned(relations: Relations, hidden: Yes) -> Yes:
    """The hidden numbers on which every solution of the sums agrees: added up in some way they leave these alone.

    Rooms do not see this where sums cross, as rows and columns of a table do.
    """
    told = np.zeros(len(hidden), dtype=bool)
    is_term = relations.is_equal[relations.row] & hidden[relations.number]
    names, column = np.unique(relations.number[is_term], return_inverse=True)
    if not len(names):
        return told
    matrix = np.zeros((len(relations.is_equal), len(names)))
    matrix[relations.row[is_term], column] = relations.sign[is_term]
    _, sizes, directions = np.linalg.svd(matrix, full_matrices=False)
    # How much of each number by itself lies in the space that the sums span: all of it, or less.
    share = (directions[sizes > EXACT] ** 2).sum(axis=0)
    told[names] = share > 1 - EXACT
    return told
