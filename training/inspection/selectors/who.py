"""Who did something, as the role they had then: for whom names are not to be told."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from training.access.roles import ROLES
from training.people.models import RoleGrant

STAFF = "A member of staff"
OTHERS = {"system": "The system", "token": "A program of an agency", "public": "A visitor"}
Deed = tuple[str, date]
"""An actor, as the audit and the ledger write it, and the day."""


def roles_of(deeds: Iterable[Deed]) -> dict[Deed, str]:
    """What each was on the day, in words."""
    deeds = set(deeds)
    uids = {uid for actor, _ in deeds for kind, _, uid in [actor.partition(":")] if kind == "user" and _is_uid(uid)}
    held: dict[str, list[RoleGrant]] = {}
    for grant in RoleGrant.objects.filter(user__uid__in=uids).select_related("user").order_by("pk"):
        held.setdefault(str(grant.user.uid), []).append(grant)
    return {(actor, day): _role(actor, day, held) for actor, day in deeds}


def _is_uid(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _role(actor: str, day: date, held: dict[str, list[RoleGrant]]) -> str:
    kind, _, uid = actor.partition(":")
    if kind != "user":
        return OTHERS.get(kind, OTHERS["system"])
    codes = {
        each.role_code
        for each in held.get(uid, ())
        if each.starts_on <= day and (each.ends_on is None or day <= each.ends_on)
    }
    return ", ".join(role.title for role in ROLES.values() if role.code in codes) or STAFF
