"""Coverage: of the people who had to be in date on a day, how many were. Pure, over columns.

The rule. Within a cell (an agency, say, and a tier) a **person** counts once, however many posts they hold there; so
once in the partnership, and once in each agency. They are in the denominator when at least one module of the cell's
scope is asked of one of their posts on the day, the post is at work, nobody has excused it, and its induction is over
or the module is done. They are in the numerator when all that is so asked of them is valid on the day: validity
counts, not the name of the standing (core rules 11.22).

Left out and listed instead, each person once under the first that fits: those on leave, those exempt, and those still
inside induction. Agencies that did not report are left out by the caller, from every total as well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from training.ledger.coverage_facts import Exclusion

Column = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a cell stands: whose people ('agency', 'role_family', ...) and which modules ('tier', 'topic', ...).

    Kind and code are '' for everybody, and for everything asked of them.
    """

    group_kind: str = ""
    group: str = ""
    scope_kind: str = ""
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """How many people of how many are in date, and how many were left out."""

    numerator: int
    denominator: int
    on_leave: int = 0
    exempt: int = 0
    in_induction: int = 0

    @property
    def excluded(self) -> int:
        """Everybody left out."""
        return self.on_leave + self.exempt + self.in_induction


GROUPS = ("agency", "role_family", "role_group", "locality")
SCOPES = ("tier", "module", "topic", "family")
MANY = {"topic": "topics", "family": "families"}
"""Scopes of which a module has several, and the columns that list them."""


def cells(facts: pd.DataFrame, groups: Sequence[str] = GROUPS, scopes: Sequence[str] = SCOPES) -> dict[Place, Cell]:
    """Every cell of each kind of group crossed with each kind of scope, with the totals of both.

    `facts` has a row for each post and module asked of it: person, is_valid, exclusion, the groups and scopes by code
    as categories (topics and families as lists).
    """
    found: dict[Place, Cell] = {}
    for scope in ("", *scopes):
        part = _exploded(facts, scope)
        for group in ("", *groups):
            found |= _counted(part, group, scope)
    return found


def _exploded(facts: pd.DataFrame, scope: str) -> pd.DataFrame:
    """A row for each topic (or family) of a module, where that is the scope."""
    if scope not in MANY:
        return facts
    lists = facts[MANY[scope]].cat
    lengths = np.array([len(each) for each in lists.categories], dtype=np.int64)
    codes = lists.codes.to_numpy()
    many = facts.iloc[np.repeat(np.arange(len(facts)), lengths[codes])] if len(facts) else facts
    each_of = [np.array(each, dtype=object) for each in lists.categories]
    values = np.concatenate([each_of[code] for code in codes]) if len(facts) else np.array([], dtype=object)
    return many.assign(**{scope: pd.Categorical(values)})


def _counted(facts: pd.DataFrame, group: str, scope: str) -> dict[Place, Cell]:
    """The cells of one kind of group and one kind of scope."""
    names = [name for name in (group, scope) if name]
    place, titles = _codes(facts, names)
    people, person = np.unique(facts["person"].to_numpy(), return_inverse=True)
    pairs, pair = np.unique(place * max(len(people), 1) + person, return_inverse=True)
    counts = _of_people(facts, pair, len(pairs))
    of_place = pairs // max(len(people), 1)
    return dict(_rows(of_place, counts, titles, group, scope))


def _codes(facts: pd.DataFrame, names: Sequence[str]) -> tuple[Column, list[tuple[str, ...]]]:
    """One number a row for its place, and what the numbers mean; a row without a code there has the code ''."""
    place = np.zeros(len(facts), dtype=np.int64)
    titles: list[tuple[str, ...]] = [()]
    for name in names:
        column = facts[name].cat
        place = place * (len(column.categories) + 1) + column.codes.to_numpy() + 1
        titles = [(*before, str(code)) for before in titles for code in ("", *column.categories)]
    return place, titles


def _of_people(facts: pd.DataFrame, pair: Column, size: int) -> dict[str, npt.NDArray[np.bool_]]:
    """For each person in a place: whether counted, in date, or why left out."""
    exclusion = facts["exclusion"].to_numpy()
    is_counted = exclusion == Exclusion.COUNTED

    def anyone(rows: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        found = np.zeros(size, dtype=bool)
        found[pair[rows]] = True
        return found

    counted = anyone(is_counted)
    lapsed = anyone(is_counted & ~facts["is_valid"].to_numpy(dtype=bool))
    on_leave = ~counted & anyone(exclusion == Exclusion.PAUSED)
    exempt = ~counted & ~on_leave & anyone(exclusion == Exclusion.EXEMPT)
    in_induction = ~counted & ~on_leave & ~exempt
    return {
        "numerator": counted & ~lapsed,
        "denominator": counted,
        "on_leave": on_leave,
        "exempt": exempt,
        "in_induction": in_induction,
    }


def _rows(
    of_place: Column,
    counts: dict[str, npt.NDArray[np.bool_]],
    titles: Sequence[tuple[str, ...]],
    group: str,
    scope: str,
) -> Iterator[tuple[Place, Cell]]:
    """The cells of the places in which there is anybody."""
    totals = {name: np.bincount(of_place[who], minlength=len(titles)) for name, who in counts.items()}
    for number in np.unique(of_place):
        codes = iter(titles[number])
        place = Place(group, next(codes) if group else "", scope, next(codes) if scope else "")
        yield place, Cell(**{name: int(total[number]) for name, total in totals.items()})
