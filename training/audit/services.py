"""Writing the audit, in the same transaction as what it describes."""

from datetime import datetime
from typing import Any

from training.access.actor import Actor
from training.access.prepared import insert_one

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
) -> None:
    """Put one event on record: `verb` in the past tense ('roster applied'), `kind` and `uid` of what it was done to."""
    insert_one(
        AuditEvent(
            at=at,
            actor=str(by),
            verb=verb,
            object_kind=kind,
            object_uid=str(uid),
            agency_code=agency_code,
            partnership_code=partnership_code,
            detail=detail,
        )
    )
