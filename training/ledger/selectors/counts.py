"""An agency's standings of a day counted by team, role group, workplace, locality and module; kept till changed."""

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Count
from django.db.models.functions import Coalesce

from training.ledger.models import StandingCount, StandingStep
from training.people.models import Agency

from .table import with_term

DIMENSIONS = ("team", "role_group", "workplace", "locality")
STATE = ("module_id", "state", "is_valid", "is_required")

Counted = tuple[int | None, int, str, bool, bool, int]
"""What it is counted by (none for posts without one), module, state, is_valid, is_required, how many."""


def counted_by(agency: Agency, by: str, *, on: date) -> list[Counted]:
    """How many of the agency's posts stand how with each module, by one of DIMENSIONS."""
    return [tuple(line) for line in counts_of(agency, on=on)[by]]  # type: ignore[misc]


def counts_of(agency: Agency, *, on: date) -> dict[str, list[list[Any]]]:
    """By each of DIMENSIONS, as last counted, or counted anew where the read table has changed since.

    How often it had changed is read before counting: a change that comes meanwhile makes the count one of yesterday.
    """
    known, _ = StandingCount.objects.get_or_create(agency=agency)
    if known.on == on and known.counted == known.changes and isinstance(known.cells, dict):
        return known.cells
    cells = _count(agency, on)
    StandingCount.objects.filter(pk=known.pk).update(cells=cells, on=on, counted=known.changes)
    return cells


def _count(agency: Agency, on: date) -> dict[str, list[list[Any]]]:
    """One query by everything at once, added up for each dimension apart: crossed they would be too many to keep."""
    steps = with_term(StandingStep.objects.within(agency), on).order_by()
    locality = Coalesce("term__locality_id", "term__workplace__locality_id")
    names = ("term__team_id", "term__role_group_id", "term__workplace_id", locality, *STATE)
    found: dict[str, Counter[tuple[Any, ...]]] = {name: Counter() for name in DIMENSIONS}
    for *said, count in steps.values_list(*names).annotate(count=Count("pk")):
        for name, place in zip(DIMENSIONS, said, strict=False):
            found[name][(place, *said[len(DIMENSIONS) :])] += count
    return {name: [[*said, count] for said, count in counter.items()] for name, counter in found.items()}
