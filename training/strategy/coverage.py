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

from training.ledger.columns import starts_of_runs
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
    """How many people of how many are in date, and how many were left out; `value` is their mean, where it is one."""

    numerator: int
    denominator: int
    on_leave: int = 0
    exempt: int = 0
    in_induction: int = 0
    value: float | None = None

    @property
    def excluded(self) -> int:
        """Everybody left out."""
        return self.on_leave + self.exempt + self.in_induction


GROUPS = ("agency", "agency_kind", "role_family", "role_group", "locality")
SCOPES = ("tier", "module", "topic", "family")
MANY = {"topic": "topics", "family": "families"}
"""Scopes of which a module has several, and the columns that list them."""


def cells(facts: pd.DataFrame, groups: Sequence[str] = GROUPS, scopes: Sequence[str] = SCOPES) -> dict[Place, Cell]:
    """Every cell of each kind of group crossed with each kind of scope, with the totals of both.

    `facts` has a row for each post and module asked of it: person, is_valid, exclusion, the groups and scopes by code
    as categories (topics and families as lists).
    """
    found: dict[Place, Cell] = {}
    standing = _standing(facts)
    facts = facts.drop(columns=["person", "is_valid", "exclusion"])  # the largest columns: `standing` says all of them
    for scope in ("", *scopes):
        for part, its_standing in _parts(facts, standing, scope):
            for group in ("", *groups):
                found |= _counted(part, its_standing, group, scope)
    return found


def scopes_of(facts: pd.DataFrame) -> dict[str, frozenset[tuple[str, str]]]:
    """Of each module that is asked of somebody its tier, its topics and its families, as (kind, code)."""
    codes, first = np.unique(facts["module"].cat.codes.to_numpy(), return_index=True)
    rows = facts.iloc[first[codes >= 0]]
    return {
        module: frozenset(
            [("tier", tier), *(("topic", each) for each in topics), *(("family", each) for each in families)]
        )
        for module, tier, topics, families in zip(
            *(rows[name] for name in ("module", "tier", "topics", "families")), strict=True
        )
    }


@dataclass(frozen=True, slots=True)
class Held:
    """Groups of one kind that lie wholly within another group on a day, as the police's own roles do in the police."""

    within: tuple[str, str]
    kind: str
    codes: tuple[str, ...]


KNOWN = (
    *((kind, whole) for whole in ("agency", "agency_kind") for kind in ("role_family", "role_group")),
    *(("agency", whole) for whole in ("role_family", "locality")),
)
"""Kinds of group, and the kinds within which people know them to lie: who employs midwives, and where a council is."""


def held_within(facts: pd.DataFrame) -> list[Held]:
    """Which groups lie wholly within others, though not by what they are."""
    found: list[Held] = []
    for kind, whole in KNOWN:
        pairs = facts[[kind, whole]].drop_duplicates().dropna(subset=[kind])
        alone = pairs[~pairs[kind].duplicated(keep=False)].dropna()
        for code, held in alone.groupby(whole, observed=True)[kind]:
            found.append(Held((whole, str(code)), kind, tuple(sorted(held.astype(str)))))
    return found


def _standing(facts: pd.DataFrame) -> Column:
    """One number a row that says who, and how they stand with one thing asked of them, as a place in WAYS."""
    exclusion = facts["exclusion"].to_numpy().astype(np.int64)
    is_lapsed = (exclusion == Exclusion.COUNTED) & ~facts["is_valid"].to_numpy(dtype=bool)
    way = np.where(is_lapsed, LAPSED, exclusion)
    return (facts["person"].to_numpy().astype(np.int64) << WAYS) | way


LAPSED = max(Exclusion) + 1
WAYS = 3  # bits


def _parts(facts: pd.DataFrame, standing: Column, scope: str) -> Iterator[tuple[pd.DataFrame, Column]]:
    """All rows; where the scope is one of which a module has several, those of each topic (or family) in turn."""
    if scope not in MANY:
        yield facts, standing
        return
    lists = facts[MANY[scope]].cat
    codes = lists.codes.to_numpy()
    for title in sorted({title for each in lists.categories for title in each}):
        rows = np.flatnonzero(np.array([title in each for each in lists.categories])[codes])
        one = pd.Categorical.from_codes(np.zeros(len(rows), dtype=np.int8), categories=[title])
        yield facts.iloc[rows].assign(**{scope: one}), standing[rows]


def _counted(facts: pd.DataFrame, standing: Column, group: str, scope: str) -> dict[Place, Cell]:
    """The cells of one kind of group and one kind of scope, in one column, which is large: changed where it stands."""
    names = [name for name in (group, scope) if name]
    whole, titles = _codes(facts, names)
    bits = int(standing.max(initial=0)).bit_length()
    if bits + len(titles).bit_length() > 62:
        raise OverflowError("too many people and places to be counted in one column")
    whole <<= bits
    whole |= standing
    whole.sort()
    whole = whole[starts_of_runs(whole)]
    first = starts_of_runs(whole >> WAYS)
    of_place = whole[first] >> bits
    whole &= (1 << WAYS) - 1
    ways = np.bitwise_or.reduceat(1 << whole, first) if len(first) else first
    return dict(_rows(of_place, _of_people(ways), titles, group, scope))


def _codes(facts: pd.DataFrame, names: Sequence[str]) -> tuple[Column, list[tuple[str, ...]]]:
    """One number a row for its place, and what the numbers mean; a row without a code there has the code ''."""
    place = np.zeros(len(facts), dtype=np.int64)
    titles: list[tuple[str, ...]] = [()]
    for name in names:
        column = facts[name].cat
        place *= len(column.categories) + 1
        place += column.codes.to_numpy()
        place += 1
        titles = [(*before, str(code)) for before in titles for code in ("", *column.categories)]
    return place, titles


def _of_people(ways: Column) -> dict[str, npt.NDArray[np.bool_]]:
    """For each person in a place: whether counted, in date, or why left out; `ways` are all the ways they stand."""

    def any_of(way: int) -> npt.NDArray[np.bool_]:
        return (ways & (1 << way)) != 0

    lapsed = any_of(LAPSED)
    counted = lapsed | any_of(Exclusion.COUNTED)
    on_leave = ~counted & any_of(Exclusion.PAUSED)
    exempt = ~counted & ~on_leave & any_of(Exclusion.EXEMPT)
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
