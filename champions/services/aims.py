"""Saying what a network aims for."""

from datetime import datetime
from typing import Any

from django.db import transaction

from champions.models import NetworkAims
from training.access.actor import Actor
from training.audit import services as audit
from training.people.models import Partnership


@transaction.atomic
def set_aims(*, partnership: Partnership, by: Actor, at: datetime, **aims: Any) -> NetworkAims:
    """A further version, in the place of the last. `aims`: active, per_thousand, workplaces_percent, ..."""
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    NetworkAims.objects.filter(partnership=partnership, replaced_at=None).update(replaced_at=at)
    row = NetworkAims.objects.create(partnership=partnership, recorded_at=at, recorded_by=str(by), **aims)
    audit.record(
        "network aims set",
        by=by,
        at=at,
        kind="partnership",
        uid=partnership.uid,
        partnership_code=partnership.code,
        **aims,
    )
    return row
