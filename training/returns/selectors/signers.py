"""Who fills in what an agency declares, and who signs it."""

from datetime import date

from training.access.access import Access
from training.access.permissions import Permission
from training.access.roles import ROLES
from training.people.models import Agency, RoleGrant, User
from training.people.selectors import access_of
from training.returns.models import ReturnVersion


def declarers(agency: Agency, *, on: date) -> list[User]:
    """Who may fill in what the agency declares."""
    return _holders(agency, Permission.DECLARE, on)


def signers(agency: Agency, *, on: date) -> list[User]:
    """Who may sign: the agency's leads; where none of them has a login, whoever fills in."""
    return _holders(agency, Permission.SIGN_OFF, on) or declarers(agency, on=on)


def may_sign(version: ReturnVersion, access: Access, *, on: date) -> bool:
    """Whether this one may sign it: not what they handed over themselves, unless there is nobody else."""
    found = signers(version.of.agency, on=on)
    own = version.handed_over_by == str(access.actor)
    return access.user_id in {user.pk for user in found} and (not own or len(found) == 1)


def _holders(agency: Agency, permission: Permission, on: date) -> list[User]:
    codes = [code for code, role in ROLES.items() if permission in role.permissions]
    granted = RoleGrant.objects.filter(agency=agency, role_code__in=codes, user__is_active=True).current_on(on)
    users = User.objects.filter(pk__in=granted.values("user")).select_related("person").order_by("email")
    return [user for user in users if access_of(user, on=on).may(permission, agency_id=agency.pk)]
