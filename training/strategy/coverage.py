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

from training.ledger.columns import packed, starts_of_runs
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
    if not len(facts):
        return found
    by_job, job, of_job = _jobs(facts, groups)
    ways = _ways(facts)[by_job]
    people = {kind: _People.of(of_job["person"], *_codes(of_job, kind)) for kind in ("", *groups)}
    for kind in ("", *scopes):
        for code, rows in _rows_of(facts, kind, by_job):
            ways_of_job = np.zeros(len(of_job), dtype=np.uint8)
            held, those = _together(ways[rows], job[rows])
            ways_of_job[those] = held
            for group_kind, those_there in people.items():
                for group, cell in those_there.counted(ways_of_job):
                    found[Place(group_kind, group, kind, code)] = cell
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


LAPSED = max(Exclusion) + 1
WAYS = np.arange(1 << (LAPSED + 1))
"""All that may be said of a person in a place: a bit for each reason for which something is not counted, one for what
is counted and in date (`Exclusion.COUNTED`), and one for what has lapsed."""


def _outcomes() -> Column:
    """Of each of WAYS what comes of it, as a place among the fields of a cell: the first that fits."""
    counted = (WAYS & (1 << Exclusion.COUNTED | 1 << LAPSED)) != 0
    lapsed, paused, exempt = ((WAYS & (1 << way)) != 0 for way in (LAPSED, Exclusion.PAUSED, Exclusion.EXEMPT))
    return np.select([lapsed, counted, paused, exempt], [OUT_OF_DATE, IN_DATE, ON_LEAVE, EXEMPT], IN_INDUCTION)


IN_DATE, OUT_OF_DATE, ON_LEAVE, EXEMPT, IN_INDUCTION = range(HOW_MANY := 5)
OUTCOMES = _outcomes()


def _ways(facts: pd.DataFrame) -> npt.NDArray[np.uint8]:
    """How each post stands with the module asked of it, as one bit of WAYS."""
    exclusion = facts["exclusion"].to_numpy().astype(np.uint8)
    is_lapsed = (exclusion == Exclusion.COUNTED) & ~facts["is_valid"].to_numpy(dtype=bool)
    return np.left_shift(np.uint8(1), np.where(is_lapsed, np.uint8(LAPSED), exclusion))


def _jobs(facts: pd.DataFrame, groups: Sequence[str]) -> tuple[Column, np.ndarray, pd.DataFrame]:
    """The jobs: the people, each as often as they stand in other groups. Rows in their order, and the job of each.

    There are several rows to a job, so what is counted by job is counted several times as fast. The one column that is
    sorted is large: changed where it stands.
    """
    whole = facts["person"].to_numpy().astype(np.int64)
    bits = int(whole.max()).bit_length() + sum(len(facts[name].cat.categories).bit_length() for name in groups)
    if bits > 62:
        raise OverflowError("too many people and places to be counted in one column")
    for name in groups:
        whole <<= len(facts[name].cat.categories).bit_length()
        whole += facts[name].cat.codes.to_numpy()
        whole += 1
    order = np.argsort(whole)
    first = starts_of_runs(whole[order])
    job = np.repeat(np.arange(len(first), dtype=np.int32), np.diff(first, append=len(whole)))
    return order, job, facts[["person", *groups]].iloc[order[first]].reset_index(drop=True)


def _codes(jobs: pd.DataFrame, kind: str) -> tuple[Column, list[str]]:
    """The number of each job's group, and the codes of the numbers; a job without one there has the code ''."""
    if not kind:
        return np.zeros(len(jobs), dtype=np.int64), [""]
    column = jobs[kind].cat
    return column.codes.to_numpy().astype(np.int64) + 1, ["", *map(str, column.categories)]


def _rows_of(facts: pd.DataFrame, kind: str, order: Column) -> Iterator[tuple[str, Column | slice]]:
    """Each code of a kind of scope that has any, and its places among the rows in this order."""
    if not kind:
        yield "", slice(None)
        return
    column = facts[MANY.get(kind, kind)].cat
    number = column.codes.to_numpy()[order]
    lists = [each if kind in MANY else (str(each),) for each in column.categories]
    for code in sorted({code for each in lists for code in each}):
        is_in = np.array([code in each for each in lists] + [False])  # the last is of those without one
        rows = np.flatnonzero(is_in[number])
        if len(rows):
            yield code, rows


@dataclass(frozen=True, slots=True)
class _People:
    """Those who hold the jobs, once in each group of a kind: `order` sets jobs of one person in one group side by side.

    `one`: who in which group each of these is; `group`: its number; `codes`: of the groups.
    """

    order: Column
    one: Column
    group: Column
    codes: list[str]

    @staticmethod
    def of(person: pd.Series, group: Column, codes: list[str]) -> "_People":
        """The people of these jobs and groups."""
        one, _ = packed(person.to_numpy().astype(np.int64), group)
        order = np.argsort(one, kind="stable")
        return _People(order, one[order], group[order], codes)

    def counted(self, ways_of_job: npt.NDArray[np.uint8]) -> Iterator[tuple[str, Cell]]:
        """Each group in which there is anybody, with its cell: a person counts once however many jobs they have."""
        ways = ways_of_job[self.order]
        there = np.flatnonzero(ways)
        first = starts_of_runs(self.one[there])
        outcome = OUTCOMES[np.bitwise_or.reduceat(ways[there], first)]
        found = np.bincount(self.group[there[first]] * HOW_MANY + outcome, minlength=HOW_MANY * len(self.codes))
        for code, numbers in zip(self.codes, found.reshape(-1, HOW_MANY).tolist(), strict=True):
            if any(numbers):
                in_date, out_of_date, *left_out = numbers
                yield code, Cell(in_date, in_date + out_of_date, *left_out)


def _together(ways: npt.NDArray[np.uint8], whose: Column) -> tuple[npt.NDArray[np.uint8], Column]:
    """All the ways of each of those whose ways stand side by side."""
    first = starts_of_runs(whose)
    return np.bitwise_or.reduceat(ways, first), whose[first]
