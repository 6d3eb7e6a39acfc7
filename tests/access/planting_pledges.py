"""What the planted agencies have committed themselves to: kept out of public pages, with a name that few may read."""

from datetime import datetime, timedelta
from typing import Any

from tests.access.planting_rules import typed
from training.access.actor import Actor
from training.access.clock import today
from training.people.models import Agency, Partnership
from training.people.services import name_in_public
from training.pledges.models import Kind
from training.pledges.services import Said, name_charter, report


def plant_pledges(agency: Agency, partnership: Partnership, name: str, *, by: Actor, at: datetime) -> dict[str, str]:
    """A signature that holds, and a lead that waits to be confirmed."""
    on = today() - timedelta(days=30)
    given = {"agency": agency, "partnership": partnership, "by": by, "at": at}
    name_charter(partnership=partnership, title="Charter", address="", tiers=(), by=by, at=at)
    signed = Said(on, today() + timedelta(days=300), post_title="Chair", name=name, is_who_public=True)
    report(kind=Kind.CHARTER, said=signed, is_confirmed=True, **given)
    lead = report(kind=Kind.LEAD, said=Said(on, post_title="Director", name=name), is_confirmed=False, **given)
    name_in_public(agency=agency, is_named=False, by=by, at=at)
    return {"pledge": str(lead.uid), "pledge_seen": str(lead.pk), "policy": Kind.POLICY.value}


def pledge_bodies(seen: str) -> dict[str, dict[str, Any]]:
    """What is typed into the forms of commitments."""
    policy = typed("made_on", today() - timedelta(days=9)) | typed("review_on", today() + timedelta(days=99))
    return {
        "policy": policy | {"covers": "victims", "do": "change"},
        "withdraw": typed("from_on", today()) | {"do": "withdraw", "seen": seen},
        "confirm_pledge": {"do": "confirm", "seen": seen},
        "naming": {"do": "unnamed"},
        "charter": {"title": "Our Charter"},
    }
