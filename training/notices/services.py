"""Writing to the outbox, and emptying it. Each notice is sent once, however many try at the same time."""

import logging
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, Q

from training.access.actor import Actor
from training.people.addresses import addresses_of
from training.people.models import Person, User

from .models import WAITS, Notice, WorkerBeat

log = logging.getLogger(__name__)
KEPT_FOR = timedelta(days=30)


def send(
    *,
    to: User | str,
    kind: str,
    subject: str,
    body: str,
    at: datetime,
    send_after: datetime | None = None,
    useless_after: datetime | None = None,
    at_once: bool = False,
) -> Notice:
    """Put a mail into the outbox, in the caller's transaction.

    `kind` says what it is about in one word ('mail', 'reminder'); the subject is neutral: 'Learning', never the topic.
    After `useless_after` it is not sent any more: a sign-in code that came late would only puzzle.
    The worker sends it within seconds; `at_once` also tries as soon as the transaction is over, for sign-in codes.
    """
    address = to if isinstance(to, str) else to.email
    notice = Notice.objects.create(
        user=User.objects.filter(email=address.lower()).first() if isinstance(to, str) else to,
        address=address,
        kind=kind,
        subject=" ".join(subject.split()),
        body=body,
        created_at=at,
        send_after=send_after or at,
        useless_after=useless_after,
    )
    if at_once:
        transaction.on_commit(partial(deliver, notice.pk, at=at), robust=True)
    return notice


def take_back(notice_id: int) -> bool:
    """Send it no more; whether it had not left yet."""
    waiting = Notice.objects.everywhere(reason="its reason has gone").filter(pk=notice_id, sent_at__isnull=True)
    return waiting.delete()[0] > 0


def take_back_all(kind: str, *, link: str) -> int:
    """Send no mail of this kind any more that leads to this page; how many had not left yet."""
    waiting = Notice.objects.everywhere(reason="their reason has gone").filter(kind=kind, sent_at__isnull=True)
    return waiting.filter(body__contains=link).delete()[0]


def flush(*, at: datetime, most: int = 100) -> int:
    """Send what is due, oldest first; how many were sent."""
    due = Notice.objects.everywhere(reason="emptying the outbox").due(at).order_by("send_after", "pk")
    return sum(deliver(pk, at=at) for pk in list(due.values_list("pk", flat=True)[:most]))


def deliver(notice_id: int, *, at: datetime) -> bool:
    """Send one notice, if it is due and nobody else has it in hand; whether it was sent here."""
    notice = _claimed(notice_id, at)
    if notice is None:
        return False
    mine = Notice.objects.everywhere(reason="emptying the outbox").filter(pk=notice.pk)
    try:
        _message(notice).send()
    except Exception as error:  # one bad notice must not keep back those behind it
        mine.update(last_error=_code(error))
        log.warning("notice not sent: %s", _code(error))
        return False
    mine.update(sent_at=at, last_error="", body=F("body") if settings.IS_DEMO else "")
    return True


def forget_given_up(*, at: datetime) -> int:
    """Blank what notices say that will never be sent; how many."""
    given_up = Notice.objects.everywhere(reason="retention").given_up(at)
    return given_up.exclude(body="").update(body="")


def forget_old(*, at: datetime) -> int:
    """Delete notices that have served; how many."""
    old = Notice.objects.everywhere(reason="retention").filter(created_at__lt=at - KEPT_FOR)
    return old.delete()[0]


def forget_mails_to(person: Person, *, by: Actor, at: datetime) -> int:
    """Delete every mail to somebody who is to be forgotten, sent or not; how many."""
    theirs = Q(user__person=person) | Q(address__in=addresses_of(person))
    return Notice.objects.everywhere(reason="the erasure of a person").filter(theirs).delete()[0]


def beat(name: str, *, at: datetime) -> None:
    """Say that the worker is alive."""
    WorkerBeat.objects.update_or_create(name=name, defaults={"at": at})


def _claimed(notice_id: int, at: datetime) -> Notice | None:
    """The notice, if this call is the one that counts the next try: whoever comes second finds it no longer due.

    The next try is set before this one, so that a notice whose sender died is tried again.
    """
    everything = Notice.objects.everywhere(reason="emptying the outbox")
    notice = everything.due(at).filter(pk=notice_id).first()
    if notice is None:
        return None
    same = everything.filter(pk=notice_id, sent_at__isnull=True, tries=notice.tries)
    claimed = same.update(tries=notice.tries + 1, send_after=at + WAITS[notice.tries])
    return notice if claimed else None


def _message(notice: Notice) -> EmailMessage:
    sender = settings.DEFAULT_FROM_EMAIL
    domain = sender.rpartition("@")[2].strip(">")
    return EmailMessage(
        notice.subject,
        notice.body,
        sender,
        [notice.address],
        headers={"Message-ID": f"<{notice.uid}@{domain}>", "Auto-Submitted": "auto-generated"},
        connection=get_connection(settings.DELIVERY_BACKEND),
    )


def _code(error: Exception) -> str:
    """What kind of failure it was, without the addresses that mail servers put into their answers."""
    return f"{type(error).__name__} {getattr(error, 'smtp_code', '')}".strip()[:60]
