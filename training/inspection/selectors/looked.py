"""What auditors of a partnership have read, for its coordinator."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from training.audit.models import AuditEvent
from training.people.models import Partnership, RoleGrant

READ = "page read by an auditor"


def named(code: str) -> str:
    """How what is read of a partnership is found again."""
    return f"audit:{code}"


@dataclass(frozen=True, slots=True)
class Auditor:
    """Who may look, and from when until when. `actor`: as what they read names them."""

    address: str
    actor: str
    starts_on: date
    ends_on: date | None


def auditors_of(partnership: Partnership) -> list[Auditor]:
    """Everybody who is or was one, the latest first."""
    grants = RoleGrant.objects.filter(partnership=partnership, role_code="auditor").select_related("user")
    return [
        Auditor(each.user.email, f"user:{each.user.uid}", each.starts_on, each.ends_on)
        for each in grants.order_by("-starts_on", "pk")
    ]


def pages_read(partnership: Partnership) -> QuerySet[AuditEvent]:
    """Each page, the latest first."""
    return AuditEvent.objects.filter(object_uid=named(partnership.code), verb=READ).order_by("-id")
