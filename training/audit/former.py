"""Columns that are overwritten in place although figures depend on them: what stood there, as known at a moment.

Most of what a figure depends on is versioned row by row (`training.audit.versioned`). A kind of agency, the place of
a workplace or the module that another refreshes changes so seldom that only the value that went is kept.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models

from training.access.actor import Actor

from .models import FormerValue

KEPT = {
    "people.agency": ("kind",),
    "people.workplace": ("locality_id",),
    "people.rolegroup": ("family",),
    "pathways.module": ("refreshes_id", "tier_id", "minutes", "topics", "families"),
}
"""The columns, by table."""


def keep_former(row: models.Model, names: Iterable[str], *, by: Actor, at: datetime) -> None:
    """Keep what the table holds in those of these fields that figures depend on. Call it before they are saved."""
    table = row._meta.label_lower
    wanted = {str(getattr(row._meta.get_field(name), "attname", name)) for name in names} & set(KEPT.get(table, ()))
    if not wanted:
        return
    held = row._meta.model._base_manager.values(*wanted).get(pk=row.pk)
    FormerValue.objects.bulk_create(
        FormerValue(table=table, row=row.pk, column=column, value=value, replaced_at=at, replaced_by=str(by))
        for column, value in sorted(held.items())
        if value != getattr(row, column)
    )


def former_values(model: type[models.Model], column: str, known_at: datetime | None) -> dict[int, Any]:
    """For each row whose column has been overwritten since a moment, what stood in it then."""
    if known_at is None:
        return {}
    later = FormerValue.objects.filter(table=model._meta.label_lower, column=column, replaced_at__gt=known_at)
    found: dict[int, Any] = {}
    for row, value in later.order_by("replaced_at", "id").values_list("row", "value"):
        found.setdefault(row, value)
    return found
