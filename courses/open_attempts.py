"""The open attempts of people, for the ledger: it finds this file by its name (training/ledger/attempts.py)."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from courses.models import Attempt
from courses.parts import awaits_the_rest
from training.access.clock import london_date
from training.access.prepared import Given, PreparedRead, among


def open_attempts(person_ids: Collection[int]) -> dict[tuple[int, int], tuple[date, date | None]]:
    """By person and module: since when somebody has been going through a course that leads to the module.

    The online part of a module, once finished, goes on until the module is completed.
    """
    return {(person, module): (london_date(started_at), None) for person, module, started_at in _begun(person_ids)}


@PreparedRead
def _begun(people: Given) -> QuerySet[Attempt, Any]:
    rows = Attempt.objects.everywhere(reason="standings say 'in progress'").filter(among("person_id", people))
    begun = rows.filter(Q(state=Attempt.State.OPEN) | awaits_the_rest()).order_by("-started_at", "-id")
    return begun.values_list("person_id", "course__module_id", "started_at")
