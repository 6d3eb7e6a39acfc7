"""Tells the ledger who is in the middle of a course, so that a standing can say 'in progress'."""

from collections.abc import Collection

from courses.models import Attempt
from training.access.clock import london_date
from training.ledger.attempts import OpenAttempts


def open_attempts(person_ids: Collection[int]) -> OpenAttempts:
    """The open attempts of these people by person and module, with the day they began; none ends by itself."""
    rows = (
        Attempt.objects.everywhere(reason="standings: that somebody has begun, and nothing of what they did")
        .filter(person_id__in=person_ids, state=Attempt.State.OPEN)
        .values_list("person_id", "course__module_id", "started_at")
    )
    return {(person, module): (london_date(started_at), None) for person, module, started_at in rows}
