"""Specialists from outside at a meeting: invited by address, with a link of their own to the agenda."""

import hashlib
import secrets
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from champions.errors import AlreadySaid, MeetingIsOver
from champions.models import GUESTS_KEPT_FOR, Meeting, MeetingGuest
from champions.services.meetings import KIND, SUBJECT
from training.access.actor import Actor
from training.audit import services as audit
from training.notices import services as notices

GUEST = Actor("public", "")
BODY = """Hello

You are invited to a meeting on {when}. The agenda is here, and you can say whether you come:

{link}

The link is for you alone, and works until the meeting is over. This mail has no reply.
"""


@transaction.atomic
def invite_guest(*, meeting: Meeting, address: str, by: Actor, at: datetime) -> str:
    """Send a guest a link; it is answered with, and kept as a hash alone. AlreadySaid, MeetingIsOver."""
    if meeting.cancelled_at or meeting.has_begun(at):
        raise MeetingIsOver("This meeting has begun or was cancelled.")
    token, address = secrets.token_urlsafe(24), address.strip().lower()
    try:
        with transaction.atomic():
            guest = MeetingGuest.objects.create(
                meeting=meeting, address=address, token_hash=hash_of(token), invited_at=at, invited_by=str(by)
            )
    except IntegrityError as error:
        raise AlreadySaid("This address has been invited already.") from error
    when = f"{meeting.held_on.day} {meeting.held_on:%B %Y}"
    link = settings.BASE_URL + reverse("meeting-guest", args=[token])
    body = BODY.format(when=when, link=link)
    notices.send(to=address, kind=KIND, subject=SUBJECT, body=body, at=at, useless_after=meeting.ends_at)
    _on_record("guest invited", guest, by=by, at=at)
    return token


def guest_with(token: str, *, at: datetime) -> MeetingGuest | None:
    """The guest whose link this is, while it works: until the meeting is over, or the invitation is taken back."""
    rows = MeetingGuest.objects.filter(token_hash=hash_of(token), withdrawn_at__isnull=True, meeting__ends_at__gte=at)
    return rows.filter(meeting__cancelled_at__isnull=True).select_related("meeting").first()


@transaction.atomic
def answer_as_guest(*, guest: MeetingGuest, name: str, kind: str, at: datetime) -> None:
    """What a guest says, once, and how they wish to be called. AlreadySaid."""
    first = MeetingGuest.objects.filter(pk=guest.pk, answered_at__isnull=True)
    if not first.update(name=" ".join(name.split()), answer=kind, answered_at=at):
        raise AlreadySaid("You have answered already. If something has changed, tell whoever invited you.")
    _on_record("guest answered", guest, by=GUEST, at=at)


@transaction.atomic
def withdraw_guest(*, guest: MeetingGuest, by: Actor, at: datetime) -> None:
    """The link works no longer."""
    MeetingGuest.objects.filter(pk=guest.pk, withdrawn_at__isnull=True).update(withdrawn_at=at)
    _on_record("guest withdrawn", guest, by=by, at=at)


def forget_guests(*, at: datetime) -> int:
    """Take address and name off guests thirty days after their meeting; how many."""
    old = MeetingGuest.objects.filter(meeting__ends_at__lt=at - GUESTS_KEPT_FOR).exclude(address="", name="")
    return old.update(address="", name="")


def hash_of(token: str) -> str:
    """What is kept of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def _on_record(verb: str, guest: MeetingGuest, *, by: Actor, at: datetime) -> None:
    code = guest.meeting.partnership.code
    audit.record(verb, by=by, at=at, kind="guest", uid=guest.uid, partnership_code=code)
