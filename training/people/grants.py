"""Granting roles, by dated rows, and ending them."""

from datetime import date, datetime

from django.db import transaction

from training.access.actor import Actor
from training.access.clock import add_months
from training.access.roles import ROLES, Role, ScopeKind
from training.audit import services as audit

from .models import Agency, Partnership, RoleGrant, User

GRANTABLE = {code: role for code, role in ROLES.items() if role.scope not in {ScopeKind.SELF, ScopeKind.TEAM}}


class GrantError(Exception):
    """A role that cannot be granted or ended so; the text says what to do."""


@transaction.atomic
def grant_role(
    user: User,
    role_code: str,
    *,
    agency: Agency | None = None,
    partnership: Partnership | None = None,
    starts_on: date,
    ends_on: date | None = None,
    by: Actor,
    at: datetime,
) -> RoleGrant:
    """Give a login a role from a day, over the agency or partnership that the role asks for."""
    role = _grantable(role_code)
    _insist_on_scope(role, agency, partnership)
    if ends_on is not None and ends_on < starts_on:
        raise GrantError(f"The last day ({ends_on}) comes before the first ({starts_on}). Give a later last day.")
    _insist_on_end(role, starts_on, ends_on)
    _refuse_a_second(user, role, agency, partnership, starts_on)
    grant = RoleGrant.objects.create(
        user=user,
        role_code=role.code,
        agency=agency,
        partnership=partnership,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_at=at,
        recorded_by=str(by),
    )
    _record("role granted", grant, by, at)
    return grant


@transaction.atomic
def end_grant(grant: RoleGrant, *, on: date, by: Actor, at: datetime) -> RoleGrant:
    """Let a role end with this day, its last; the row stays."""
    if on < grant.starts_on:
        raise GrantError(f"The role began on {grant.starts_on}: its last day cannot come before that.")
    still_longer = RoleGrant.objects.filter(pk=grant.pk).exclude(ends_on__lte=on)
    if not still_longer.update(ends_on=on):
        raise GrantError(f"The role has ended already, on {grant.ends_on}.")
    grant.ends_on = on
    _record("role ended", grant, by, at)
    return grant


def _grantable(role_code: str) -> Role:
    if role_code not in GRANTABLE:
        raise GrantError(f"There is no role {role_code!r} to grant. Choose one of: {', '.join(sorted(GRANTABLE))}.")
    return GRANTABLE[role_code]


def _insist_on_scope(role: Role, agency: Agency | None, partnership: Partnership | None) -> None:
    wanted = {
        ScopeKind.AGENCY: (True, False, "over an agency: name the agency"),
        ScopeKind.PARTNERSHIP: (False, True, "over a partnership: name the partnership"),
        ScopeKind.SITE: (False, False, "for the whole site: name neither agency nor partnership"),
    }
    needs_agency, needs_partnership, words = wanted[role.scope]
    if (agency is not None, partnership is not None) != (needs_agency, needs_partnership):
        raise GrantError(f"{role.title} is granted {words}.")


def _insist_on_end(role: Role, starts_on: date, ends_on: date | None) -> None:
    if role.months is None:
        return
    latest = add_months(starts_on, role.months)
    if ends_on is None or ends_on > latest:
        raise GrantError(f"{role.title} is granted until a day, {latest} at the latest: give it as the last day.")


def _refuse_a_second(
    user: User, role: Role, agency: Agency | None, partnership: Partnership | None, starts_on: date
) -> None:
    same = RoleGrant.objects.filter(user=user, role_code=role.code, agency=agency, partnership=partnership)
    running = same.current_on(starts_on).first()
    if running is not None:
        until = f"until {running.ends_on}" if running.ends_on else "without an end"
        raise GrantError(f"This login holds the role on {starts_on} already, {until}. End that grant first.")


def _record(verb: str, grant: RoleGrant, by: Actor, at: datetime) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        kind="login",
        uid=grant.user.uid,
        agency_code=grant.agency.code if grant.agency else "",
        partnership_code=grant.partnership.code if grant.partnership else "",
        role=grant.role_code,
        starts_on=str(grant.starts_on),
        ends_on=str(grant.ends_on) if grant.ends_on else None,
    )
