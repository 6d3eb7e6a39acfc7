"""An agency's standings of a day counted by team, role group, workplace, locality and module; kept till changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db.models.functions import Coalesce

from training.ledger.columns import Column, read_columns
from training.ledger.models import StandingCount, StandingStep
from training.ledger.plain import STATES
from training.ledger.standing import State
from training.ledger.step_columns import STATE, flag
from training.people.models import Agency

from .table import with_term

DIMENSIONS: dict[str, str | Coalesce] = {
    "team": "term__team_id",
    "role_group": "term__role_group_id",
    "workplace": "term__workplace_id",
    "locality": Coalesce("term__locality_id", "term__workplace__locality_id"),
}
Kind = tuple[str, bool, bool]
"""State, is_valid, is_required."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many standings there are of each group, module and kind: `numbers` has an axis for each.

    The group None is that of the posts without one.
    """

    groups: tuple[int | None, ...]
    modules: tuple[int, ...]
    kinds: tuple[Kind, ...]
    numbers: np.ndarray


def counted_by(agency: Agency, by: str, *, on: date) -> Counts:
    """How many of the agency's posts stand how with each module, by one of DIMENSIONS."""
    return _counts(counts_of(agency, on=on)[by])


def counts_of(agency: Agency, *, on: date) -> dict[str, dict[str, list[Any]]]:
    """By each of DIMENSIONS, as last counted, or counted anew where the read table has changed since.

    How often it had changed is read before counting: a change that comes meanwhile makes the count one of yesterday.
    """
    known, _ = StandingCount.objects.get_or_create(agency=agency)
    if known.on == on and known.counted == known.changes and isinstance(known.cells, dict):
        return known.cells
    cells = _count(agency, on)
    StandingCount.objects.filter(pk=known.pk).update(cells=cells, on=on, counted=known.changes)
    return cells


def added_up(lines: Iterable[tuple[int | None, int, State, bool, bool]]) -> Counts:
    """Standings that were worked out one by one, counted: group, module, and how each stands."""
    rows = [
        (group or 0, module, STATES.index(state) * 4 + is_valid * 2 + is_required)
        for group, module, state, is_valid, is_required in lines
    ]
    return _counts(_kept(*np.array(rows, dtype=np.int64).reshape(-1, 3).T))


def _count(agency: Agency, on: date) -> dict[str, dict[str, list[Any]]]:
    """Read once with everything it is counted by, and added up for each dimension apart."""
    steps = with_term(StandingStep.objects.within(agency), on)
    read = read_columns(
        steps, **DIMENSIONS, module="module_id", state=STATE, valid=flag("is_valid"), required=flag("is_required")
    )
    kind = read["state"] * 4 + read["valid"] * 2 + read["required"]
    return {name: _kept(read[name], read["module"], kind) for name in DIMENSIONS}


def _kept(group: Column, module: Column, kind: Column) -> dict[str, list[Any]]:
    """As `Counts`, for the table; a group that is not there is 0."""
    (groups, by_group), (modules, by_module), (kinds, by_kind) = (
        np.unique(axis, return_inverse=True) for axis in (group, module, kind)
    )
    place = (by_group * len(modules) + by_module) * len(kinds) + by_kind
    numbers = np.bincount(place, minlength=len(groups) * len(modules) * len(kinds))
    return {
        "groups": [pk or None for pk in groups.tolist()],
        "modules": modules.tolist(),
        "kinds": [[STATES[code // 4].value, bool(code & 2), bool(code & 1)] for code in kinds.tolist()],
        "numbers": numbers.tolist(),
    }


def _counts(kept: dict[str, list[Any]]) -> Counts:
    groups, modules, kinds = kept["groups"], kept["modules"], kept["kinds"]
    numbers = np.array(kept["numbers"], dtype=np.int64).reshape(len(groups), len(modules), len(kinds))
    return Counts(tuple(groups), tuple(modules), tuple((state, valid, asked) for state, valid, asked in kinds), numbers)
