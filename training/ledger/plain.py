"""Standings of plain histories, many at a time: one job, one rule, completions and nothing else. Pure, over columns.

The rules of `expiry`, `due` and `standing` said once more for columns of numbers; a property test holds both to the
same answer. Whatever is not plain never comes here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from training.ledger.columns import BEFORE_ALL, NEVER, Column, Mask, months_on, number
from training.ledger.standing import State
from training.pathways.rules import Basis, Kind, RuleVersion

PLAIN_KINDS = (Kind.ONCE, Kind.EXPIRING)
NO_WINDOW = NEVER + 1
STATES = tuple(State)


@dataclass(frozen=True, slots=True)
class Completions:
    """The days on which each pair was completed: `count` of `days` from `first` on, each day once, in order."""

    days: Column
    first: Column
    count: Column

    def of(self, pairs: Column) -> "Completions":
        """Those of some of the pairs."""
        return Completions(self.days, self.first[pairs], self.count[pairs])


@dataclass(frozen=True, slots=True)
class Begun:
    """A period that reaches further than all before it, for some of the pairs."""

    pairs: Column
    starts_on: Column
    ends_on: Column
    window: Column


@dataclass(frozen=True, slots=True)
class Asked:
    """Since when each pair's post has been held, and the days, first and last, on which the rule asks it."""

    held_from: Column
    first: Column
    last: Column
    deadline: Column


@dataclass(frozen=True, slots=True)
class Steps:
    """Runs of days with one standing, in columns: which pair, from and until when, and what it says."""

    pair: Column
    from_on: Column
    until_on: Column
    state: Column
    is_valid: Mask
    is_required: Mask
    due_on: Column
    valid_until: Column
    window: Column


def is_plain(versions: Sequence[RuleVersion]) -> bool:
    """Whether days of completion are all that a rule looks at."""
    return all(version.kind in PLAIN_KINDS for version in versions)


def deadlines(versions: Sequence[RuleVersion], first: Column) -> Column:
    """The end of induction of obligations that began on these days: the version in force then says how long it is."""
    if len(versions) == 1:
        return first + versions[0].induction_days
    return (
        first + np.array([version.induction_days for version in versions], dtype=np.int64)[_in_force(versions, first)]
    )


def periods(versions: Sequence[RuleVersion], done: Completions) -> Iterator[Begun]:
    """Under one rule, the periods that reach further than those before them: the first of each pair, then the next.

    One that reaches no further never stands, and nothing is counted from its end (`expiry.furthest`).
    """
    end = np.full(len(done.first), BEFORE_ALL)
    window = np.full(len(done.first), NO_WINDOW)
    pairs = np.arange(len(done.first))
    for turn in range(int(done.count.max(initial=0))):
        pairs = pairs[done.count[pairs] > turn]
        days = done.days[done.first[pairs] + turn]
        new_end, new_window = _period(versions, days, end[pairs], window[pairs])
        better = new_end > end[pairs]
        further = pairs[better]
        end[further], window[further] = new_end[better], new_window[better]
        yield Begun(further, days[better], new_end[better], new_window[better])


def _period(
    versions: Sequence[RuleVersion], days: Column, old_end: Column, old_window: Column
) -> tuple[Column, Column]:
    """The end and the window of a period that begins on each day, by the version in force on it."""
    if len(versions) == 1:
        return _under(versions[0], days, old_end, old_window)
    end, window = np.empty_like(days), np.empty_like(days)
    which = _in_force(versions, days)
    for place, version in enumerate(versions):
        here = which == place
        end[here], window[here] = _under(version, days[here], old_end[here], old_window[here])
    return end, window


def _in_force(versions: Sequence[RuleVersion], days: Column) -> Column:
    """As `version_in_force`: of those in force, else of those begun, the last begun; before them all, the first."""
    starts = [number(version.starts_on) for version in versions]
    order = np.argsort(starts, kind="stable")
    found = np.full(len(days), order[0])
    for rank in (False, True):
        for place in order:
            begun = starts[place] <= days
            if rank and (ends_on := versions[place].ends_on) is not None:
                begun &= days <= number(ends_on)
            found[begun] = place
    return found


def _under(version: RuleVersion, days: Column, old_end: Column, old_window: Column) -> tuple[Column, Column]:
    if version.kind is Kind.ONCE:
        return np.full_like(days, NEVER), np.full_like(days, NO_WINDOW)
    end = _end(version, days, old_end, old_window)
    if version.window_months:
        return end, months_on(end, -version.window_months)
    if version.window_days:
        return end, end - version.window_days
    return end, np.full_like(days, NO_WINDOW)


def _end(version: RuleVersion, days: Column, old_end: Column, old_window: Column) -> Column:
    if version.basis is Basis.FIXED_DATE:
        return _fixed(version, days)
    months = version.validity_months or 0
    if version.basis is Basis.FROM_COMPLETION:
        return months_on(days, months)
    running = (old_end != NEVER) & (old_window != NO_WINDOW) & (days <= old_end)
    counted_from = np.where(running & (days >= old_window), old_end, days)
    return np.where(running & (days < old_window), old_end, months_on(counted_from, months))


def _fixed(version: RuleVersion, days: Column) -> Column:
    least = np.maximum(months_on(days, version.minimum_life_months), days + 1)
    year = least.astype("M8[D]").astype("M8[Y]").astype("M8[M]")
    first = (year + ((version.fixed_month or 1) - 1)).astype("M8[D]").astype(np.int64)
    end = _day_of_month(first, version.fixed_day or 1)
    return np.where(end >= least, end, _day_of_month(months_on(first, 12), version.fixed_day or 1))


def _day_of_month(first: Column, day: int) -> Column:
    return np.minimum(first + (day - 1), months_on(first, 1) - 1)


def steps(versions: Sequence[RuleVersion], asked: Asked, done: Completions) -> Iterator[Steps]:
    """Under one rule, every step of every pair: of equal days none, of one pair in no order."""
    since = asked.held_from.copy()
    end = np.full_like(since, BEFORE_ALL)
    window = np.full_like(since, NO_WINDOW)
    for begun in periods(versions, done):
        pairs = begun.pairs
        yield from _between(asked, pairs, since[pairs], begun.starts_on - 1, end[pairs], window[pairs])
        since[pairs] = np.maximum(asked.held_from[pairs], begun.starts_on)
        end[pairs], window[pairs] = begun.ends_on, begun.window
    yield from _between(asked, np.arange(len(since)), since, asked.last, end, window)


def _between(asked: Asked, pairs: Column, since: Column, until: Column, end: Column, window: Column) -> Iterator[Steps]:
    """The steps on the days on which one period (or none) is the one that stands."""
    first, deadline = asked.first[pairs], asked.deadline[pairs]
    until = np.minimum(until, asked.last[pairs])
    due = np.where(end == NEVER, NEVER, np.maximum(deadline, end))
    before = np.minimum(until, first - 1)
    required = np.maximum(since, first)
    lapsed = end + 1
    runs = (
        (State.NOT_YET_REQUIRED, False, np.maximum(since, lapsed), before),
        (State.IN_DATE, False, since, np.minimum.reduce([before, end, window - 1])),
        (State.DUE_SOON, False, np.maximum(since, window), np.minimum(before, end)),
        (State.IN_DATE, True, required, np.minimum.reduce([until, end, window - 1])),
        (State.DUE_SOON, True, np.maximum(required, window), np.minimum(until, end)),
        (State.NOT_STARTED, True, np.maximum(required, lapsed), np.minimum(until, deadline)),
        (State.OVERDUE, True, np.maximum(required, due + 1), until),
    )
    for state, is_required, run_from, run_until in runs:
        there = np.flatnonzero(run_from <= run_until)
        if not len(there):
            continue
        yield Steps(
            pair=pairs[there],
            from_on=run_from[there],
            until_on=run_until[there],
            state=np.full(len(there), STATES.index(state)),
            is_valid=np.full(len(there), state in (State.IN_DATE, State.DUE_SOON)),
            is_required=np.full(len(there), is_required),
            due_on=due[there],
            valid_until=end[there],
            window=window[there],
        )
