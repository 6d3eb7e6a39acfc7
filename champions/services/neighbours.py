"""Which districts lie beside each other, as the coordinator says."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from champions.models import Neighbours
from training.access.actor import Actor
from training.audit import services as audit
from training.people.models import Locality


@transaction.atomic
def set_neighbours(*, locality: Locality, beside: Collection[int], by: Actor, at: datetime) -> None:
    """These districts of the same partnership lie beside this one, and no others."""
    others = Locality.objects.filter(partnership=locality.partnership_id, pk__in=beside).exclude(pk=locality.pk)
    Neighbours.objects.filter(Q(one=locality) | Q(other=locality)).delete()
    pairs = (sorted((locality.pk, pk)) for pk in others.values_list("pk", flat=True))
    Neighbours.objects.bulk_create((Neighbours(one_id=one, other_id=other) for one, other in pairs))
    audit.record(
        "neighbouring districts changed",
        by=by,
        at=at,
        kind="locality",
        uid=locality.code,
        partnership_code=locality.partnership.code,
        count=len(beside),
    )
