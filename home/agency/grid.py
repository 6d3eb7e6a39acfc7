"""The matrix: teams or role groups down, modules across, and in each cell how many of those required are in date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from training.ledger.selectors import Tally, counted_by, tally
from training.ledger.standing import State
from training.pathways.models import Module
from training.people.models import Agency, RoleGroup, Team

from .known import KnownStandings

EXCLUDED = {
    "On leave": (State.PAUSED,),
    "Exempt": (State.EXEMPT,),
    "Still in induction": (State.NOT_STARTED, State.IN_PROGRESS),
    "Not yet required": (State.NOT_YET_REQUIRED,),
}
BY = {"team": ("term__team_id", Team, "No team"), "role_group": ("term__role_group_id", RoleGroup, "No role group")}

Counted = tuple[int | None, int, str, bool, bool, int]
"""Group, module, state, is_valid, is_required, how many."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One team or role group; `pk` None for the posts that have none. Cells stand in the order of the modules."""

    pk: int | None
    title: str
    cells: tuple[Tally, ...]
    whole: Tally


@dataclass(frozen=True, slots=True)
class Grid:
    """The matrix with its totals."""

    modules: tuple[Module, ...]
    rows: tuple[GridRow, ...]
    totals: tuple[Tally, ...]
    whole: Tally


def grid(agency: Agency, by: str, *, on: date) -> Grid:
    """As known now, from the counts of the read table."""
    return laid_out(by, counted_by(agency, by, on=on))


def grid_as_known(known: KnownStandings, by: str) -> Grid:
    """The same, from standings that were worked out as known at a moment."""
    return laid_out(by, known.counted(BY[by][0].removeprefix("term__")))


def laid_out(by: str, counted: Iterable[Counted]) -> Grid:
    """Counts as a matrix: modules in the pathway's order, groups by title, those without a group last."""
    cells: dict[tuple[int | None, int], list[tuple[Any, ...]]] = {}
    for group, module, *rest in counted:
        cells.setdefault((group, module), []).append(tuple(rest))
    modules = sorted(_modules(cells), key=lambda it: (it.pathway_id, it.position, it.pk))
    rows = [
        GridRow(pk, title, tuple(tally(cells.get((pk, module.pk), ())) for module in modules), _sum(cells, group=pk))
        for pk, title in _groups(by, {group for group, _ in cells})
    ]
    totals = tuple(_sum(cells, module=module.pk) for module in modules)
    return Grid(tuple(modules), tuple(rows), totals, tally(row for rows in cells.values() for row in rows))


def left_out(whole: Tally) -> dict[str, int]:
    """How many standings are in no share, by why."""
    return {title: sum(whole.of(state) for state in states) for title, states in EXCLUDED.items()}


def _modules(cells: Iterable[tuple[int | None, int]]) -> Iterable[Module]:
    return Module.objects.in_bulk({module for _, module in cells}).values()


def _groups(by: str, pks: set[int | None]) -> list[tuple[int | None, str]]:
    _, model, without = BY[by]
    titles = model._default_manager.filter(pk__in={pk for pk in pks if pk}).values_list("pk", "title")
    groups: list[tuple[int | None, str]] = sorted(titles, key=lambda group: (group[1].casefold(), group[0]))
    return [*groups, (None, without)] if None in pks else groups


def _sum(cells: dict[tuple[int | None, int], list[Any]], **only: int | None) -> Tally:
    """The cells of one group, or of one module, added up."""
    keys = [(group, module) for group, module in cells if only in ({"group": group}, {"module": module})]
    return tally(row for key in keys for row in cells[key])
