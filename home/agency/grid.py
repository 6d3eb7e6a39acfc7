"""The matrix: teams, say, down and modules or tiers across, and in each cell how many of those required are in date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from training.ledger.selectors import Tally, counted_by, tally
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

Said = tuple[Any, ...]
Counted = tuple[int | None, int, str, bool, bool, int]
"""Group, module, state, is_valid, is_required, how many."""


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
    """The matrix with its totals."""

    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]
    totals: tuple[Tally, ...]
    whole: Tally


def grid(agency: Agency, by: str, *, on: date, by_tier: bool = False) -> Grid:
    """As known now, from the counts of the read table."""
    return laid_out(by, counted_by(agency, by, on=on), by_tier=by_tier)


def grid_as_known(known: KnownStandings, by: str, *, by_tier: bool = False) -> Grid:
    """The same, from standings that were worked out as known at a moment."""
    return laid_out(by, known.counted(by), by_tier=by_tier)


def laid_out(by: str, counted: Iterable[Counted], *, by_tier: bool = False) -> Grid:
    """Counts as a matrix: columns in the pathway's order, groups by title, those without a group last."""
    counts = list(counted)
    columns = _columns({module for _, module, *_ in counts}, by_tier)
    cells: dict[tuple[int | None, Column], list[Said]] = {}
    of_group: dict[int | None, list[Said]] = {}
    of_column: dict[Column, list[Said]] = {}
    for group, module, *said in counts:
        cells.setdefault((group, columns[module]), []).append(tuple(said))
        of_group.setdefault(group, []).append(tuple(said))
        of_column.setdefault(columns[module], []).append(tuple(said))
    across = tuple(dict.fromkeys(columns.values()))
    rows = [
        GridRow(pk, title, tuple(tally(cells.get((pk, column), ())) for column in across), tally(of_group[pk]))
        for pk, title in _groups(by, set(of_group))
    ]
    totals = tuple(tally(of_column[column]) for column in across)
    return Grid(across, tuple(rows), totals, tally(chain.from_iterable(of_group.values())))


def left_out(whole: Tally) -> dict[str, int]:
    """How many standings are in no share, by why."""
    return {title: sum(whole.of(state) for state in states) for title, states in EXCLUDED.items()}


def _columns(modules: set[int], by_tier: bool) -> dict[int, Column]:
    """The column of each module, in order."""
    found = Module.objects.select_related("tier").filter(pk__in=modules)
    if by_tier:
        order = sorted(found, key=lambda it: (it.pathway_id, it.tier.position, it.tier_id))
        return {it.pk: Column(it.tier.code, it.tier.title, it.tier.code, None) for it in order}
    return {
        it.pk: Column(it.code, it.title, it.neutral_title.removeprefix("Module ") or it.code, it.pk)
        for it in sorted(found, key=lambda it: (it.pathway_id, it.position, it.pk))
    }


def _groups(by: str, pks: set[int | None]) -> list[tuple[int | None, str]]:
    model, without = BY[by]
    titles = model._default_manager.filter(pk__in={pk for pk in pks if pk}).values_list("pk", "title")
    groups: list[tuple[int | None, str]] = sorted(titles, key=lambda group: (group[1].casefold(), group[0]))
    return [*groups, (None, without)] if None in pks else groups
