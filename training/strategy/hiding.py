"""Which further numbers are hidden so that no hidden one can be worked out. Pure.

A hidden number is safe when what is shown leaves at least `WIDE` between the least and the most it could be; where it
is itself few, when it could be none (or `APART` less) and `APART` more; and when those that are hidden in a sum are
together not few. Rooms that come of several relations must have one more, since they do not see all that these tell
only together. Where a number is not safe, the smallest is hidden whose own room would give it some, and so on, until
all are safe or nothing helps.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from .disclosure import FAR, Numbers, Relations, Rooms, Yes, pinned, rooms

WIDE = 5
APART = 3
NEVER = int(np.iinfo(np.int64).max)
NOTHING: Numbers = np.zeros(0, dtype=np.int64)
STEPS = 8
"""So many relations away help is looked for."""


@dataclass(frozen=True)
class Table:
    """Numbers that are published together, and after them such as are never published but hang together with them.

    Of the latter `between` says by which numbers each is known. Numbers of one `unit` are hidden together, and each
    with what it `follows`. `rank`: which is hidden rather, the lowest first; NEVER what cannot be; and what is `kept`
    only where nothing else helps. Those `untold` stand in no table: it is enough that they are not known to within two.
    `are_nought_safe`: of which nought may be told although they are hidden.
    `are_of_cells`: how many a cell is of, which is known to be one at least. `are_all_guarded`: not only those that are
    few. `crossed`: the sums of one measure, where some cell is part of several, as in a table of rows and columns.
    """

    values: Numbers
    unit: Numbers
    rank: Numbers
    relations: Relations
    are_nought_safe: Yes
    are_of_cells: Yes
    follows: Numbers
    kept: Yes
    are_all_guarded: bool = True
    crossed: Relations | None = None
    untold: Yes = field(default_factory=lambda: np.zeros(1, dtype=bool))
    between: Numbers = field(default_factory=lambda: np.zeros((0, 4), dtype=np.int64))


def further(table: Table, hidden: Yes, shown_from: int) -> Yes:
    """All that must be hidden, where these and their units are, from an audience shown so many people and more."""
    *_, all_of_it = growing(table, hidden, shown_from)
    return all_of_it


def growing(table: Table, hidden: Yes, shown_from: int) -> Iterator[Yes]:
    """The same step by step: each hides more than the one before, the last all of it."""
    hidden = np.isin(table.unit, table.unit[hidden])
    hidden |= hidden[table.follows]
    yield hidden
    while len(more := _next(table, hidden, shown_from)):
        hidden = hidden | np.isin(table.unit, table.unit[more])
        hidden |= hidden[table.follows]
        yield hidden


def _next(table: Table, hidden: Yes, shown_from: int) -> Numbers:
    """What to hide as well; what is kept, and what makes only a gap unknown, where nothing else helps."""
    published = len(hidden) - len(table.between)
    hidden = np.concatenate([hidden[:published], hidden[table.between].any(axis=1)])
    about = table.relations.about(hidden)
    if not len(about.number):
        return NOTHING
    rank = np.where(hidden, NEVER, table.rank)
    found = _asked_for(table, hidden, about, shown_from, np.where(table.kept, NEVER, rank))
    if len(found):
        return found
    rank[published:] = np.min(rank[table.between], axis=1, initial=NEVER)
    return _asked_for(table, hidden, about, shown_from, rank)


def _asked_for(table: Table, hidden: Yes, about: Relations, shown_from: int, rank: Numbers) -> Numbers:
    """What a single relation asks for before what follows from several of them."""
    found = _few_together(table, hidden, about, shown_from, rank)
    if not len(found):
        first = rooms(table.values, hidden, about, is_first_look=True)
        found = _help(table.values, about, first, *lacking(table, hidden, first, first, shown_from), rank)
        if not len(found):
            room = rooms(table.values, hidden, about)
            found = _help(table.values, about, room, *lacking(table, hidden, room, first, shown_from), rank)
    if table.crossed is not None and not len(found):
        found = _round_pinned(hidden, table.crossed.about(hidden), rank)
    return found


def _round_pinned(hidden: Yes, about: Relations, rank: Numbers) -> Numbers:
    """The one to hide for a cell that several sums together give away: one near it, else any other."""
    number = about.number
    are_pinned = pinned(about, hidden)
    if not are_pinned.any():
        return NOTHING
    is_near = np.maximum.reduceat(are_pinned[number], about.starts)[about.row]
    best = np.where(is_near, rank[number], NEVER).min()
    best = rank[number].min() if best == NEVER else best
    return np.flatnonzero(rank == best) if best < NEVER else NOTHING


def _few_together(table: Table, hidden: Yes, about: Relations, shown_from: int, rank: Numbers) -> Numbers:
    """For each sum of which those hidden are together few, the one to hide as well, if there is one."""
    amount = np.where(hidden, table.values, 0)[about.number] * about.sign
    left = np.abs(np.add.reduceat(amount, about.starts))
    is_one_sided = left == np.add.reduceat(np.abs(amount), about.starts)
    are_gaps = np.maximum.reduceat(about.number >= len(hidden) - len(table.between), about.starts)
    are_few = about.is_equal & is_one_sided & ~are_gaps & (left > 0) & (left < shown_from)
    best = np.minimum.reduceat(np.where(table.values == 0, NEVER, rank)[about.number], about.starts)[are_few]
    return np.flatnonzero(np.isin(rank, best[best < NEVER]))


def lacking(table: Table, hidden: Yes, room: Rooms, first: Rooms, shown_from: int) -> tuple[Yes, Yes]:
    """The hidden numbers that could not lie low enough, and those that could not lie high enough.

    `first`: the rooms that each relation by itself leaves. Where they have one more than is asked, it is asked.
    """
    values = table.values
    is_asked = hidden & ((values > 0) | ~table.are_nought_safe)
    is_asked[len(hidden) - len(table.between) :] = False
    is_few = is_asked & (values < shown_from)
    wide = np.clip(first.down + first.up, WIDE, WIDE + 1)
    is_narrow = is_asked & (is_few | table.are_all_guarded) & (room.down + room.up < wide)
    is_few &= ~table.untold
    low = is_few & ~table.are_of_cells & (room.down < np.minimum(values, np.clip(first.down, APART, APART + 1)))
    low |= is_narrow & (room.down < np.minimum(values, FAR))
    high = (is_few & (room.up < np.clip(first.up, APART, APART + 1))) | is_narrow
    return low, high


def _help(values: Numbers, about: Relations, room: Rooms, low: Yes, high: Yes, rank: Numbers) -> Numbers:
    """For each number that is not safe, too `low` or too `high` being ruled out, the one to hide, if there is one."""
    number, is_plus = about.number, about.sign > 0
    if not (low.any() or high.any()):
        return NOTHING
    ranks = rank[number]
    is_any = values[number] > 0
    for_rising = np.minimum.reduceat(np.where(is_any | ~is_plus, ranks, NEVER), about.starts)[about.row]
    for_falling = np.minimum.reduceat(np.where(is_any | is_plus, ranks, NEVER), about.starts)[about.row]
    for _ in range(STEPS):
        is_bound_below = low[number] & (room.term_down <= room.down[number]) & (room.down[number] < FAR)
        is_bound_above = high[number] & (room.term_up <= room.up[number]) & (room.up[number] < FAR)
        must_rise = np.where(is_plus, is_bound_above, is_bound_below)
        must_fall = np.where(is_plus, is_bound_below, is_bound_above)
        best = np.minimum(np.where(must_rise, for_rising, NEVER), np.where(must_fall, for_falling, NEVER))
        of_number = np.full(len(rank), NEVER)
        np.minimum.at(of_number, number, best)
        chosen = np.unique(of_number[of_number < NEVER])
        if len(chosen):
            return np.flatnonzero(np.isin(rank, chosen))
        # Nobody near can help: whoever holds them is asked to give way instead.
        rows_rise = np.maximum.reduceat(must_rise, about.starts)[about.row]
        rows_fall = np.maximum.reduceat(must_fall, about.starts)[about.row]
        is_low = (rows_rise & is_plus) | (rows_fall & ~is_plus)
        is_high = (rows_rise & ~is_plus) | (rows_fall & is_plus)
        before = int(low.sum() + high.sum())
        low, high = low.copy(), high.copy()
        low[number[is_low]] = True
        high[number[is_high]] = True
        if int(low.sum() + high.sum()) == before:
            break
    return NOTHING
