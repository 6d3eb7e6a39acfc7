"""Saying what a partnership asks of its champions, from a day on."""

from datetime import date, datetime

from django.db import transaction

from champions.conditions import Conditions
from champions.errors import NotPossibleNow
from champions.models import NetworkConditions
from champions.services.steps import forget_steps_in
from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.people.models import Partnership


@transaction.atomic
def set_conditions(
    *, partnership: Partnership, starts_on: date, conditions: Conditions, by: Actor, at: datetime
) -> NetworkConditions:
    """A further version, in the place of any that begin that day or later. NotPossibleNow."""
    if starts_on < london_date(at):
        raise NotPossibleNow("Choose today or a later day: what held before stays as it was.")
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    planned = NetworkConditions.objects.known_now().filter(partnership=partnership, starts_on__gte=starts_on)
    planned.update(replaced_at=at)
    row = NetworkConditions.objects.create(
        partnership=partnership,
        starts_on=starts_on,
        meetings_needed=conditions.meetings_needed,
        meetings_of=conditions.meetings_of,
        check_in_months=conditions.check_in_months,
        warn_days=conditions.warn_days,
        recorded_at=at,
        recorded_by=str(by),
    )
    forget_steps_in(partnership)
    audit.record(
        "network conditions set",
        by=by,
        at=at,
        kind="partnership",
        uid=partnership.uid,
        partnership_code=partnership.code,
        starts_on=starts_on.isoformat(),
        meetings=f"{row.meetings_needed} of {row.meetings_of}",
        check_in_months=row.check_in_months,
        warn_days=row.warn_days,
    )
    return row
