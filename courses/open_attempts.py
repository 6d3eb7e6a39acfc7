"""The open attempts of people, for the ledger: it finds this file by its name (training/ledger/attempts.py)."""

from collections.abc import Collection
from datetime import date

from courses.models import Attempt
from training.access.clock import london_date
from training.ledger.columns import among


def open_attempts(person_ids: Collection[int]) -> dict[tuple[int, int], tuple[date, date | None]]:
    """By person and module: since when somebody has been going through a course that leads to the module."""
    rows = Attempt.objects.everywhere(reason="standings say 'in progress'").filter(
        among("person_id", person_ids), state=Attempt.State.OPEN
    )
    begun = rows.order_by("-started_at", "-id").values_list("person_id", "course__module_id", "started_at")
    return {(person, module): (london_date(started_at), None) for person, module, started_at in begun}
