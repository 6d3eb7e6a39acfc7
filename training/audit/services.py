"""Writing the audit, in the same transaction as what it describes."""

from datetime import datetime
from typing import Any

from training.access.actor import Actor

from .models import AuditEvent


def record(
    verb: str,
    *,
    by: Actor,
    at: datetime,
    kind: str = "",
    uid: object = "",
    agency_code: str = "",
    partnership_code: str = "",
    **detail: Any,
) -> AuditEvent:
    """Put one event on record: `verb` in the past tense ('roster applied'), `kind` and `uid` of what it was done to."""
    return AuditEvent.objects.create(
        at=at,
        actor=str(by),
        verb=verb,
        object_kind=kind,
        object_uid=str(uid),
        agency_code=agency_code,
        partnership_code=partnership_code,
        detail=detail,
    )
