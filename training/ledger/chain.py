"""The hash chain: every entry's hash covers all it says and the hash before it.

Only pseudonymous fields go in (the person's uid, never a name), so a name can be corrected or erased and the chain
still holds.
"""

import hashlib
import json
from datetime import UTC
from typing import Any

from .models import Entry

GENESIS = "0" * 64


def content(entry: Entry) -> dict[str, Any]:
    """What an entry says, with rows of other tables named by their uid. Needs those rows selected."""
    said = {
        "uid": str(entry.uid),
        "partnership": str(entry.partnership.uid),
        "number": entry.number,
        "kind": entry.kind,
        "person": str(entry.person.uid),
        "module": str(entry.module.uid),
        "module_code": entry.module_code,
        "module_title": entry.module_title,
        "edition": entry.edition,
        "completed_on": entry.completed_on.isoformat() if entry.completed_on else None,
        "recorded_at": entry.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "recorded_by": entry.recorded_by,
        "method": entry.method,
        "source": entry.source,
        "evidence": entry.evidence,
        "agency": str(entry.agency.uid) if entry.agency else None,
        "agency_title": entry.agency_title,
        "role_group_code": entry.role_group_code,
        "role_group_title": entry.role_group_title,
        "target": str(entry.target.uid) if entry.target else None,
        "effective_on": entry.effective_on.isoformat() if entry.effective_on else None,
        "reason": entry.reason,
        "idempotency_key": entry.idempotency_key,
    }
    # Entries written before there was such a column say nothing of it, so that their hashes still hold.
    return said if entry.minutes is None else said | {"minutes": entry.minutes}


def entry_hash(entry: Entry) -> str:
    """SHA-256, in hexadecimal, of the previous hash and the entry's content as canonical JSON."""
    body = json.dumps(content(entry), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{entry.previous_hash}\n{body}".encode()).hexdigest()
