"""The second person: who may approve a file that ends or changes more of a roster than usual.

A colleague with the same permission at the agency. Where the agency has nobody else, somebody from outside looks at
the share alone, in words: the partnership's coordinator or the system's administrator. What a program sends
is the file of whoever made its token, and of the one who looks after the roster alone.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from training.access.access import Access
from training.access.permissions import Permission
from training.access.roles import ROLES
from training.audit import services as audit
from training.people.models import Agency, AgencyToken, Membership, RoleGrant, RosterImport, User
from training.people.models.roster import ImportState
from training.people.selectors import access_of

from .errors import NotTheirs, NotWaiting, OwnFile, RosterMoved
from .keep import KEPT

KEEPERS = [code for code, role in ROLES.items() if Permission.MANAGE_ROSTER in role.permissions]


def senders(roster_import: RosterImport) -> set[str]:
    """Whose file it is: the uploader's, or the program's and that of whoever made its token."""
    kind, _colon, uid = roster_import.staged_by.partition(":")
    made_by = AgencyToken.objects.filter(uid=uid).values_list("recorded_by", flat=True) if kind == "token" else ()
    return {roster_import.staged_by, *made_by}


def colleagues(roster_import: RosterImport, *, on: date) -> list[User]:
    """Logins at the agency, other than the sender's, that may approve the file on this day.

    One HR person alone is nobody's second person: a program's file is as good as their own.
    """
    known = keepers(roster_import.agency, on=on)
    if roster_import.staged_by.startswith("token:") and len(known) == 1:
        return []
    sent_by = senders(roster_import)
    return [user for user in known if f"user:{user.uid}" not in sent_by]


def keepers(agency: Agency, *, on: date) -> list[User]:
    """Who looks after the agency's roster on this day."""
    granted = RoleGrant.objects.filter(agency=agency, role_code__in=KEEPERS, user__is_active=True).current_on(on)
    users = User.objects.filter(pk__in=granted.values("user")).select_related("person").order_by("email")
    return [user for user in users if access_of(user, on=on).may(Permission.MANAGE_ROSTER, agency_id=agency.pk)]


def waiting_for_approval(agencies: Iterable[Agency] | QuerySet[Agency], *, at: datetime) -> QuerySet[RosterImport]:
    """Files of these agencies that wait for a second person, the newest first."""
    waiting = RosterImport.objects.filter(agency__in=agencies, state=ImportState.STAGED, needs_approval=True)
    return waiting.filter(approved_at=None, staged_at__gte=at - KEPT).select_related("agency")


def waiting_outside(access: Access, *, on: date, at: datetime) -> list[RosterImport]:
    """Files that this one may approve from outside: of agencies they look after, with nobody else to do it."""
    waiting = waiting_for_approval(agencies_from_outside(access, on=on), at=at)
    return [it for it in waiting if not colleagues(it, on=on) and not is_own(it, access, on=on)]


def agencies_from_outside(access: Access, *, on: date) -> QuerySet[Agency]:
    """The agencies for whose files one may be the second person, where they have none of their own."""
    if not access.may(Permission.APPROVE_ROSTERS):
        return Agency.objects.none()
    if access.may(Permission.ADMINISTER):
        return Agency.objects.all()
    running = Membership.objects.known_now().current_on(on)
    over = access.partnerships(Permission.APPROVE_ROSTERS)
    return Agency.objects.filter(pk__in=running.filter(partnership__in=over).values("agency"))


def is_own(roster_import: RosterImport, access: Access, *, on: date) -> bool:
    """Whether it is this one's own file, or their program's: by a token they made, or at an agency they run alone."""
    if str(access.actor) in senders(roster_import):
        return True
    is_keeper = access.may(Permission.MANAGE_ROSTER, agency_id=roster_import.agency_id)
    return is_keeper and access.user_id not in {user.pk for user in colleagues(roster_import, on=on)}


def insist_on_shown(waiting: RosterImport, shown: str | None) -> None:
    """Refuse a press on a preview that has been made anew since; None where nobody was shown one."""
    if shown not in (None, waiting.digest):
        raise RosterMoved("This file has been looked at again since you opened the page. See what it would do now.")


@transaction.atomic
def approve_import(roster_import: RosterImport, *, access: Access, on: date, at: datetime, shown: str) -> RosterImport:
    """Say, as the second person, that so much change is right. Approving twice changes nothing.

    `shown` is the digest of what they were shown. Raises NotWaiting, OwnFile where the uploader asks, NotTheirs where
    an outsider asks and a colleague could, RosterMoved where the file would do something else than was shown.
    """
    Agency.objects.select_for_update(no_key=True).get(pk=roster_import.agency_id)
    waiting = RosterImport.objects.select_related("agency").get(pk=roster_import.pk)
    by = access.actor
    if waiting.state != ImportState.STAGED or not waiting.needs_approval:
        raise NotWaiting("This file is not waiting for an approval.")
    if is_own(waiting, access, on=on):
        sent = "Your program sent" if waiting.staged_by.startswith("token:") else "You uploaded"
        raise OwnFile(f"{sent} this file, so somebody else must approve it.")
    insist_on_shown(waiting, shown)
    if waiting.approved_at is not None:
        return waiting
    is_colleague = access.may(Permission.MANAGE_ROSTER, agency_id=waiting.agency_id)
    if not is_colleague and waiting not in waiting_outside(access, on=on, at=at):
        raise NotTheirs("This file does not wait for you: somebody at the agency can approve it.")
    waiting.approved_at, waiting.approved_by = at, str(by)
    waiting.save(update_fields=["approved_at", "approved_by"])
    audit.record(
        "roster approved",
        by=by,
        at=at,
        kind="roster_import",
        uid=waiting.uid,
        agency_code=waiting.agency.code,
        counts=waiting.counts,
        from_outside=not is_colleague,
    )
    return waiting


def tell_colleagues(roster_import: RosterImport, *, on: date) -> None:
    """Write to those who may approve it; the mail names nobody and nothing that the file holds."""
    page = reverse("roster-import", args=[roster_import.agency.code, roster_import.uid])
    body = render_to_string("people/mail/approval.txt", {"address": f"{settings.BASE_URL}{page}"}).strip()
    for user in colleagues(roster_import, on=on):
        EmailMessage("Learning: something waits for you", body, None, [user.email]).send()
