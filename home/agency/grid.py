"""The matrix: teams, say, down and modules or tiers across, and in each cell how many of those required are in date."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from training.ledger.selectors import Counts, Kind, Tally, counted_by, tally
from training.ledger.standing import State
from training.pathways.models import Module
from training.people.models import Agency, Locality, RoleGroup, Team, Workplace

from .known import KnownStandings

EXCLUDED = {
    "On leave": (State.PAUSED,),
    "Exempt": (State.EXEMPT,),
    "Still in induction": (State.NOT_STARTED, State.IN_PROGRESS),
    "Not yet required": (State.NOT_YET_REQUIRED,),
}
BY = {
    "team": (Team, "No team"),
    "role_group": (RoleGroup, "No role group"),
    "workplace": (Workplace, "No workplace"),
    "locality": (Locality, "No locality"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A module, or a tier with all its modules; `module` None for a tier."""

    code: str
    title: str
    short: str
    module: int | None


@dataclass(frozen=True, slots=True)
class GridRow:
    """One team, say; `pk` None for the posts that have none. Cells stand in the order of the columns."""

    pk: int | None
    title: str
    cells: tuple[Tally, ...]
    whole: Tally


@dataclass(frozen=True, slots=True)
class Grid:
    """The matrix: `numbers` of standings by group, column and kind. Its rows are added up as they are asked for."""

    columns: tuple[Column, ...]
    groups: tuple[tuple[int | None, str], ...]
    kinds: tuple[Kind, ...]
    numbers: np.ndarray

    @property
    def rows(self) -> list[GridRow]:
        """All of them."""
        return self.rows_at(range(len(self.groups)))

    def rows_at(self, places: Iterable[int]) -> list[GridRow]:
        """Some of them."""
        return [
            GridRow(
                *self.groups[place], self._across(self.numbers[place]), self._tally(self.numbers[place].sum(axis=0))
            )
            for place in places
        ]

    @property
    def totals(self) -> tuple[Tally, ...]:
        """Of each column."""
        return self._across(self.numbers.sum(axis=0))

    @property
    def whole(self) -> Tally:
        """Of all."""
        return self._tally(self.numbers.sum(axis=(0, 1)))

    def _across(self, numbers: np.ndarray) -> tuple[Tally, ...]:
        return tuple(map(self._tally, numbers))

    def _tally(self, numbers: np.ndarray) -> Tally:
        return tally((*kind, number) for kind, number in zip(self.kinds, numbers.tolist(), strict=True) if number)


def grid(agency: Agency, by: str, *, on: date, by_tier: bool = False) -> Grid:
    """As known now, from the counts of the read table."""
    return laid_out(by, counted_by(agency, by, on=on), by_tier=by_tier)


def grid_as_known(known: KnownStandings, by: str, *, by_tier: bool = False) -> Grid:
    """The same, from standings that were worked out as known at a moment."""
    return laid_out(by, known.counted(by), by_tier=by_tier)


def laid_out(by: str, counted: Counts, *, by_tier: bool = False) -> Grid:
    """Counts as a matrix: columns in the pathway's order, groups by title, those without a group last."""
    columns = _columns(counted.modules, by_tier)
    groups = _groups(by, counted.groups)
    down = [counted.groups.index(pk) for pk, _ in groups]
    numbers = [
        counted.numbers[:, [counted.modules.index(module) for module in modules]].sum(axis=1)[down]
        for modules in columns.values()
    ]
    by_group = np.stack(numbers, axis=1) if numbers else np.zeros((0, 0, 0), dtype=np.int64)
    return Grid(tuple(columns), tuple(groups), counted.kinds, by_group)


def left_out(whole: Tally) -> dict[str, int]:
    """How many standings are in no share, by why."""
    return {title: sum(whole.of(state) for state in states) for title, states in EXCLUDED.items()}


def _columns(modules: Collection[int], by_tier: bool) -> dict[Column, list[int]]:
    """The columns in order, each with its modules."""
    found = list(Module.objects.select_related("tier").filter(pk__in=modules))
    columns: dict[Column, list[int]] = {}
    if by_tier:
        for it in sorted(found, key=lambda it: (it.pathway_id, it.tier.position, it.tier_id)):
            columns.setdefault(Column(it.tier.code, it.tier.title, it.tier.code, None), []).append(it.pk)
    else:
        for it in sorted(found, key=lambda it: (it.pathway_id, it.position, it.pk)):
            short = it.neutral_title.removeprefix("Module ") or it.code
            columns[Column(it.code, it.title, short, it.pk)] = [it.pk]
    return columns


def _groups(by: str, pks: Collection[int | None]) -> list[tuple[int | None, str]]:
    model, without = BY[by]
    titles = model._default_manager.filter(pk__in={pk for pk in pks if pk}).values_list("pk", "title")
    groups: list[tuple[int | None, str]] = sorted(titles, key=lambda group: (group[1].casefold(), group[0]))
    return [*groups, (None, without)] if None in pks else groups
