"""Saying something on the noticeboard, changing it, letting it through, and taking it away."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.urls import reverse

from champions.errors import AlreadySaid, NotOpen, TooManyToday
from champions.models import (
    CONTRIBUTIONS_A_DAY,
    TRUSTED_FROM,
    Champion,
    Concern,
    Contribution,
    ContributionQuerySet,
    Thread,
)
from champions.services.turns import tell
from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.people.models import Partnership

CLOSED = "This thread is closed."


@transaction.atomic
def open_thread(*, partnership: Partnership, title: str, by: Actor, at: datetime) -> Thread:
    """Something more that can be talked about."""
    thread = Thread.objects.create(partnership=partnership, title=" ".join(title.split()), opened_at=at)
    _on_record("thread opened", "thread", thread.uid, partnership, by=by, at=at)
    return thread


@transaction.atomic
def close_thread(*, thread: Thread, is_closed: bool, by: Actor, at: datetime) -> None:
    """Nothing more is said there, or something may be again. What was said stays to be read."""
    Thread.objects.filter(pk=thread.pk).update(closed_at=at if is_closed else None)
    verb = "thread closed" if is_closed else "thread opened again"
    _on_record(verb, "thread", thread.uid, thread.partnership, by=by, at=at)


@transaction.atomic
def say(
    *,
    thread: Thread,
    author: Champion,
    words: str,
    by: Actor,
    at: datetime,
    answers_to: Contribution | None = None,
) -> Contribution:
    """Say something. It is held until the coordinator lets it through, but of whom has been let through before.

    NotOpen, TooManyToday, AlreadySaid.
    """
    if thread.closed_at:
        raise NotOpen(CLOSED)
    on = london_date(at)
    said = _said().filter(author=author)
    if said.filter(thread=thread, words=words, removed_at__isnull=True).exists():
        raise AlreadySaid("You have said this already.")
    number = (said.filter(said_on=on).aggregate(last=Max("number"))["last"] or 0) + 1
    if number > CONTRIBUTIONS_A_DAY:
        raise TooManyToday(f"You can say {CONTRIBUTIONS_A_DAY} things a day. You can say more tomorrow.")
    try:
        with transaction.atomic():
            contribution = Contribution.objects.create(
                thread=thread,
                author=author,
                answers_to=(answers_to.answers_to or answers_to) if answers_to else None,
                words=words,
                said_at=at,
                said_on=on,
                number=number,
                shown_at=at if is_trusted(author) else None,
            )
    except IntegrityError as error:  # the same button pressed twice at once
        raise AlreadySaid("You have said this already.") from error
    _of(contribution, "contribution made", by=by, at=at)
    return contribution


@transaction.atomic
def change(*, contribution: Contribution, words: str, by: Actor, at: datetime) -> None:
    """Put it differently, within a quarter of an hour. It is held again, but of whom has been let through before."""
    if not contribution.may_change(at):
        raise NotOpen("It can be changed for 15 minutes. You can delete it, and say it anew.")
    rows = _said().filter(pk=contribution.pk, removed_at__isnull=True)
    rows.update(words=words, shown_at=at if is_trusted(contribution.author) else None)
    _of(contribution, "contribution changed", by=by, at=at)


@transaction.atomic
def delete(*, contribution: Contribution, by: Actor, at: datetime) -> None:
    """Its author takes it away, and what answers it goes too."""
    _of(contribution, "contribution deleted", by=by, at=at)
    rows = _said().filter(pk=contribution.pk)
    rows.update(words="", removed_at=at, removed_why="")
    _said().filter(answers_to=contribution.pk).update(words="", removed_at=at, removed_why="")


@transaction.atomic
def let_through(*, contribution: Contribution, by: Actor, at: datetime) -> None:
    """The coordinator has read it: champions are shown it, and concerns about it are settled."""
    rows = _said().filter(pk=contribution.pk, removed_at__isnull=True)
    rows.filter(shown_at__isnull=True).update(shown_at=at)
    _settle(contribution, at)
    _of(contribution, "contribution let through", by=by, at=at)


@transaction.atomic
def remove(*, contribution: Contribution, why: str, by: Actor, at: datetime) -> None:
    """The coordinator takes it away. Its author is told why."""
    rows = _said().filter(pk=contribution.pk, removed_at__isnull=True)
    if not rows.update(words="", removed_at=at, removed_why=why):
        return
    _settle(contribution, at)
    tell(contribution.author.person, at=at, page=reverse("noticeboard-thread", args=[contribution.thread.uid]))
    _of(contribution, "contribution removed", by=by, at=at, why=why)


@transaction.atomic
def raise_concern(*, contribution: Contribution, champion: Champion, by: Actor, at: datetime) -> None:
    """Say that it should not be there. Said twice, it is one concern."""
    rows = Concern.objects.everywhere(reason="one's own concern")
    rows.get_or_create(contribution=contribution, champion=champion, defaults={"raised_at": at})
    _of(contribution, "concern raised", by=by, at=at)


def is_trusted(author: Champion) -> bool:
    """Whether what they say is shown at once: some was let through before, and nothing was removed for a reason."""
    said = _said().filter(author=author)
    if said.exclude(removed_why="").exists():
        return False
    return said.filter(shown_at__isnull=False).count() >= TRUSTED_FROM


def forget_contributions(*, at: datetime) -> int:
    """Delete what was said a year ago; how much."""
    return _said().old(at).delete()[0]


def _settle(contribution: Contribution, at: datetime) -> None:
    rows = Concern.objects.everywhere(reason="settled by the coordinator")
    rows.filter(contribution=contribution, settled_at__isnull=True).update(settled_at=at)


def _said() -> ContributionQuerySet:
    return Contribution.objects.everywhere(reason="the noticeboard")


def _of(contribution: Contribution, verb: str, *, by: Actor, at: datetime, **detail: str) -> None:
    _on_record(verb, "contribution", contribution.uid, contribution.thread.partnership, by=by, at=at, **detail)


def _on_record(
    verb: str, kind: str, uid: object, partnership: Partnership, *, by: Actor, at: datetime, **detail: str
) -> None:
    audit.record(verb, by=by, at=at, kind=kind, uid=uid, partnership_code=partnership.code, **detail)
