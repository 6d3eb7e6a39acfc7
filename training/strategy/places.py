"""Who needs a place when, counted from columns; and what of it the board may not see. Pure."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from training.ledger.columns import Column, packed, starts_of_runs

from .coverage import Cell, Place
from .disclosure import Key, Sum
from .figures import FEWEST_PLACES, MOST_PLACES, PLACES
from .forecast import Basis, Inputs, Needs, forecast, months_ahead
from .suppress import Audience, Count, hidden, is_small, rounded

NOW = 0
"""Where months are counted from 1, those overdue stand here."""
WHOLE = ""
OVERDUE, IN_YEAR, STARTERS = "overdue", "year", "starters"


@dataclass(frozen=True, slots=True)
class Moves:
    """Of an agency's posts in one role group: begun in the year, ended in it, and held now."""

    starters: int
    leavers: int
    staff: int


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """Columns with a row for each post and module that needs a place, and how staff came and went.

    `module` is a place in `codes`, `when` NOW or a month. `moves` go by agency and role group, and `asks` says which
    modules each such job is asked for. `short` are agencies that have not sent rosters for a year.
    """

    person: Column
    agency: Column
    module: Column
    when: Column
    codes: Sequence[str]
    months: int
    moves: Mapping[tuple[int, int], Moves]
    asks: Mapping[tuple[int, int], Collection[int]]
    short: Mapping[int, str]


def inputs_of(facts: PlaceFacts, agencies: Collection[int]) -> Inputs:
    """Of some agencies: a person counts once for a module, at the earliest."""
    rows = np.flatnonzero(np.isin(facts.agency, list(agencies)))
    return _inputs(facts, rows, frozenset(agencies))


def inputs_by_agency(facts: PlaceFacts, agencies: Collection[int]) -> Iterator[tuple[int, Inputs]]:
    """Of each by itself."""
    order = np.argsort(facts.agency, kind="stable")
    there = facts.agency[order]
    for agency in sorted(agencies):
        first, last = np.searchsorted(there, [agency, agency + 1])
        yield agency, _inputs(facts, order[first:last], frozenset([agency]))


def _inputs(facts: PlaceFacts, rows: Column, agencies: frozenset[int]) -> Inputs:
    counts, people = _counts(facts, rows)
    starters: Counter[int] = Counter()
    leavers = staff = 0
    for (agency, group), moves in facts.moves.items():
        if agency in agencies:
            starters.update(dict.fromkeys(facts.asks.get((agency, group), ()), moves.starters))
            if agency not in facts.short:
                leavers, staff = leavers + moves.leavers, staff + moves.staff
    modules = {
        code: _needs(counts[place].tolist(), starters[place])
        for place, code in enumerate(facts.codes)
        if counts[place].any() or starters[place]
    }
    short = sorted(code for agency, code in facts.short.items() if agency in agencies)
    whole = _needs(counts.sum(axis=0).tolist(), starters.total())
    return Inputs(modules, whole, people, leavers, staff, tuple(short))


def _needs(counts: list[int], starters: int) -> Needs:
    return Needs(counts[NOW], tuple(counts[1:]), sum(counts[1:]), starters)


def _counts(facts: PlaceFacts, rows: Column) -> tuple[Column, tuple[int, ...]]:
    """Places by module and when; and the people behind them by when, and in all."""
    slots = facts.months + 1
    whole, (_, wide, width) = packed(facts.person[rows], facts.module[rows], facts.when[rows])
    whole.sort()
    first = whole[starts_of_runs(whole >> width)]
    when = first & ((1 << width) - 1)
    module = (first >> width) & ((1 << wide) - 1)
    person = first >> (width + wide)
    counts = np.bincount(module * slots + when, minlength=len(facts.codes) * slots).reshape(-1, slots)
    people = [len(np.unique(person[when == slot])) for slot in range(slots)]
    return counts, (*people, len(np.unique(person)))


def hidden_places(inputs: Inputs, hidden_now: Collection[str]) -> frozenset[Key]:
    """What the board may not see, by module and what it is: a month, counted from 1, or one of the words above.

    `hidden_now` are the modules whose coverage it does not see: who is overdue there is who is not in date. What a
    starter's role group asks is no secret, so starters are rounded as for the public: exact numbers of two modules
    would tell of the one role group that makes the difference.
    """
    every = {**inputs.modules, WHOLE: inputs.whole}
    months = [str(month) for month in range(1, len(inputs.whole.due) + 1)]
    due: dict[Key, Count | None] = {}
    for code, needs in every.items():
        due |= {(code, month): Count(number or 0) for month, number in zip(months, needs.due, strict=True)}
        due[code, IN_YEAR] = Count(needs.in_year or 0)
    sums = [Sum((code, IN_YEAR), tuple((code, month) for month in months)) for code in every]
    sums += [Sum((WHOLE, it), tuple((code, it) for code in inputs.modules)) for it in (*months, IN_YEAR)]
    few = [(WHOLE, it) for it, number in zip([*months, IN_YEAR], inputs.people[1:], strict=True) if _is_few(number)]
    gone = set(hidden(due, Audience.PARTNERSHIP, sums, also=few))
    gone |= _overdue(inputs, hidden_now)
    began: dict[Key, Count | None] = {(code, STARTERS): Count(each.starters or 0) for code, each in every.items()}
    parts = tuple((code, STARTERS) for code in inputs.modules)
    return frozenset(gone | hidden(began, Audience.PUBLIC, [Sum((WHOLE, STARTERS), parts)]))


def _overdue(inputs: Inputs, hidden_now: Collection[str]) -> set[Key]:
    """What is shown of a module elsewhere cannot be hidden here: the whole is hidden where more would have to be."""
    counts: dict[Key, Count | None] = {
        (code, OVERDUE): Count(needs.overdue or 0) for code, needs in {**inputs.modules, WHOLE: inputs.whole}.items()
    }
    gone: set[Key] = {(code, OVERDUE) for code in inputs.modules if code in hidden_now}
    parts = tuple((code, OVERDUE) for code in inputs.modules)
    more = hidden(counts, Audience.PARTNERSHIP, [Sum((WHOLE, OVERDUE), parts)], also=gone) - gone
    return gone | {(WHOLE, OVERDUE)} if more or _is_few(inputs.people[NOW]) else gone


def places_cells(basis: Basis, inputs: Inputs, on: date) -> dict[Place, Cell]:
    """The indicator: how many people are behind the places, and the likely number, the lowest and the highest."""
    people = inputs.people[-1]
    year = forecast(basis.whole, months_ahead(on), basis.leaving).year
    if year is None or year.likely is None or year.high is None:
        return {PLACES: Cell(people, people)}
    ends = {PLACES: year.likely, FEWEST_PLACES: year.low, MOST_PLACES: year.high}
    return {place: Cell(people, people, value=value) for place, value in ends.items()}


def own_basis(inputs: Inputs) -> Basis:
    """All of it, for the agency itself."""
    return Basis(inputs.modules, inputs.whole, inputs.leaving, inputs.short)


def board_basis(inputs: Inputs, gone: Collection[Key]) -> Basis:
    """What the board may see: starters to the nearest five, and the share who leave as a whole percentage."""
    modules = {code: _shown(needs, code, gone) for code, needs in inputs.modules.items()}
    leaving = None if inputs.leaving is None or _is_few(inputs.leavers) else round(inputs.leaving, 2)
    return Basis(modules, _shown(inputs.whole, WHOLE, gone), leaving, inputs.short)


def _shown(needs: Needs, code: str, gone: Collection[Key]) -> Needs:
    return Needs(
        overdue=None if (code, OVERDUE) in gone else needs.overdue,
        due=tuple(None if (code, str(month)) in gone else due for month, due in enumerate(needs.due, 1)),
        in_year=None if (code, IN_YEAR) in gone else needs.in_year,
        starters=None if (code, STARTERS) in gone else rounded(needs.starters or 0, Audience.PUBLIC),
    )


def _is_few(people: int) -> bool:
    return is_small(people, Audience.PARTNERSHIP)
