"""The audit: who did what, when, to what. No keys into other tables, so that nothing can drag it along."""

import uuid

from django.db import models


class AuditEvent(models.Model):
    """One thing done or looked at. `detail` holds counts, codes and uids: never names, addresses or answers."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=80)
    verb = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=60, blank=True)
    object_uid = models.CharField(max_length=80, blank=True, db_index=True)
    agency_code = models.CharField(max_length=40, blank=True)
    partnership_code = models.CharField(max_length=40, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.object_kind}"


class FormerValue(models.Model):
    """What stood in a column until a moment: for the few columns that are overwritten and on which figures depend.

    `training.audit.former` writes and reads it. Never about a person.
    """

    table = models.CharField(max_length=60)
    row = models.BigIntegerField()
    column = models.CharField(max_length=60)
    value = models.JSONField(null=True)
    replaced_at = models.DateTimeField()
    replaced_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["replaced_at", "id"]
        indexes = [models.Index(fields=["table", "column", "replaced_at"], name="former_value_by_column")]

    def __str__(self) -> str:
        return f"{self.table}.{self.column} of {self.row} until {self.replaced_at:%Y-%m-%d %H:%M}"
