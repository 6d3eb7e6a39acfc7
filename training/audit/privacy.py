"""What the audit holds on a person: what they did here, and what was done to their record."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q

from training.privacy.holdings import Holding, Keep


@dataclass(frozen=True, slots=True)
class AuditHolding(Holding):
    """The audit has no keys into other tables: its rows name people by the uid of the person, or of their login."""

    def rows_about(self, person_uid: object) -> list[dict[str, Any]]:
        """What the person did, signed in, and what was done to them or their login; never who else did it."""
        uids = {str(person_uid)}
        people = apps.get_model("people.Person")._base_manager
        logins = people.filter(uid=str(person_uid), user__isnull=False).values_list("user__uid", flat=True)
        uids |= {str(uid) for uid in logins}
        theirs = Q(object_uid__in=uids) | Q(actor__in=[f"user:{uid}" for uid in uids])
        return list(self.table._base_manager.filter(theirs).order_by("pk").values(*self.fields))


HOLDINGS = (
    AuditHolding(
        "audit.AuditEvent",
        "object_uid",
        "To be able to show who did what and who looked, and to find misuse",
        Keep.AUDIT,
        ("at", "verb", "object_kind", "agency_code", "partnership_code", "detail"),
    ),
)
