"""The open attempts of people, for the ledger: it finds this file by its name (training/ledger/attempts.py)."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from courses.models import Attempt
from courses.parts import awaits_the_rest
from training.access.clock import london_date
from training.ledger.columns import among


def open_attempts(person_ids: Collection[int]) -> dict[tuple[int, int], tuple[date, date | None]]:
    """By person and module: since when somebody has been going through a course that leads to the module.

    The online part of a module, once finished, goes on until the module is completed.
    """
    rows = Attempt.objects.everywhere(reason="standings say 'in progress'").filter(among("person_id", person_ids))
    begun = rows.filter(Q(state=Attempt.State.OPEN) | awaits_the_rest()).order_by("-started_at", "-id")
    found = begun.values_list("person_id", "course__module_id", "started_at")
    return {(person, module): (london_date(started_at), None) for person, module, started_at in found}
