"""Asking a manager, on the site or by a link that works once, and what their answer comes to."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from champions import agreement
from champions.conditions import words
from champions.errors import ChampionError, NotOpen, NotPossibleNow
from champions.known_as import is_plain
from champions.models import LINK_LASTS, Champion, CheckIn, ManagerQuestion
from champions.selectors.managers import (
    Manager,
    by_address,
    is_oneself,
    is_own_address,
    keeps_address_away,
    manager_of,
    post_of,
)
from champions.services.steps import forget_steps_of
from champions.services.turns import SUBJECT, begin_duty, hold, life_of, on_record, take_turn, tell
from champions.status import Turn, Way
from training.access.actor import Actor
from training.access.clock import london_date
from training.notices import services as notices
from training.people.models import Person, Post

SITE_LASTS = timedelta(days=60)
ON_SITE = """Hello

Somebody in your team asks for a short answer from you. Read it here:

{link}

You will be asked to sign in. This mail has no reply.
"""
BY_LINK = """Hello

Somebody in your team asks for a short answer from you. It takes a minute:

{link}

The link works once, until {until}. If you do not know what it is about, you need do nothing.
"""
RECEIPT = """Hello

Your answer has been kept. If it was not you who gave it, tell whoever looks after the network in your area.

This mail has no reply.
"""


class NeedsAddress(ChampionError):
    """The roster names no manager who could be asked."""


@transaction.atomic
def ask_manager(
    *, champion: Champion, asks: str, by: Actor, at: datetime, address: str = "", overrules: bool = False
) -> ManagerQuestion:
    """Ask the manager whom the roster names; else whoever has the address given. One question at a time.

    An agreement from an address that the champion gave, or that no roster knows, is confirmed by the coordinator.
    `overrules`: the coordinator's address goes before the roster's manager. NotPossibleNow, NeedsAddress.
    """
    hold(champion)
    on = london_date(at)
    post = post_of(champion.person, champion.partnership, on=on)
    if post is None:
        raise NotPossibleNow("There is no running post in the partnership to ask about.")
    withdraw_old(champion, asks, at=at)
    if asks == ManagerQuestion.Asks.AGREE:
        _says_so(champion, by=by, at=at)
    if ManagerQuestion.objects.of(champion).filter(asks=asks).open(at).exists():
        raise NotPossibleNow("The manager has been asked already. Wait for the answer, or take the question back.")
    asked = _whom(champion.person, post, address.strip().lower(), overrules=overrules, at=at)
    is_vouched_for = asked.person is not None or (overrules and not is_oneself(champion.person, by))
    is_known = asked.is_on_roster and (is_vouched_for or asks == ManagerQuestion.Asks.CHECK_IN)
    token = "" if asked.signs_in else secrets.token_urlsafe(32)
    question = ManagerQuestion.objects.create(
        champion=champion,
        post=post,
        asks=asks,
        manager=asked.person if asked.signs_in else None,
        address="" if asked.signs_in else asked.address,
        token_hash=hash_of(token) if token else "",
        needs_confirming=not is_known,
        words_version=agreement.VERSION,
        asked_at=at,
        asked_by=str(by),
        open_until=at + (SITE_LASTS if asked.signs_in else LINK_LASTS),
    )
    _send(question, token)
    on_record("manager asked", champion, by=by, at=at, asks=asks)
    return question


def hash_of(token: str) -> str:
    """What is kept of a link."""
    return sha256(token.encode()).hexdigest()


def question_at(token: str, *, at: datetime) -> ManagerQuestion | None:
    """The open question behind a link: none for one used, old, taken back, unknown, or of somebody now kept away."""
    rows = ManagerQuestion.objects.everywhere(reason="by its link").open(at).filter(token_hash=hash_of(token))
    question = rows.select_related("champion__person", "champion__partnership", "post__employment__agency").first()
    if question is None or keeps_address_away(question.champion.person, question.address):
        return None
    return question


@transaction.atomic
def answer(*, question: ManagerQuestion, says: str, by: Actor, at: datetime) -> None:
    """The manager's answer, once. NotOpen."""
    hold(question.champion)
    is_open = ManagerQuestion.objects.of(question.champion).open(at).filter(pk=question.pk)
    if not is_open.update(answer=says, answered_at=at, answered_by=str(by)):
        raise NotOpen("This has been answered, or is no longer asked.")
    if question.address:
        notices.send(to=question.address, kind="agreement", subject=SUBJECT, body=RECEIPT, at=at)
    on_record("manager answered", question.champion, by=by, at=at, asks=question.asks, says=says)
    if says == ManagerQuestion.Answer.NO:
        take_turn(question.champion, Turn.DECLINED, by=by, at=at, way=_way(question))
        tell(question.champion.person, at=at)
    elif not question.needs_confirming:
        _take(question, by=by, at=at)


@transaction.atomic
def confirm(*, question: ManagerQuestion, by: Actor, at: datetime) -> None:
    """The coordinator says that an answer came from the manager, though no roster says so.

    NotOpen, NotPossibleNow.
    """
    if is_oneself(question.champion.person, by):
        raise NotPossibleNow("This is about you. Somebody else must confirm it.")
    hold(question.champion)
    waiting = ManagerQuestion.objects.of(question.champion).to_confirm().filter(pk=question.pk)
    if not waiting.update(confirmed_at=at):
        raise NotOpen("This has been dealt with already.")
    _take(question, by=by, at=at)


@transaction.atomic
def take_back(*, question: ManagerQuestion, by: Actor, at: datetime) -> None:
    """The question is asked no longer; an agreement that waits for the coordinator is not taken."""
    hold(question.champion)
    rows = ManagerQuestion.objects.of(question.champion).filter(pk=question.pk, withdrawn_at__isnull=True)
    if rows.filter(confirmed_at__isnull=True).update(withdrawn_at=at):
        on_record("question taken back", question.champion, by=by, at=at, asks=question.asks)


@transaction.atomic
def ask_again(*, question: ManagerQuestion, by: Actor, at: datetime) -> ManagerQuestion:
    """Ask the same manager once more: the link before works no longer. Not on the day of the last. NotPossibleNow."""
    if question.answered_at or question.withdrawn_at:
        raise NotPossibleNow("This has been answered, or is no longer asked.")
    if london_date(question.asked_at) >= london_date(at):
        raise NotPossibleNow("They were asked today. Give them time until tomorrow.")
    take_back(question=question, by=by, at=at)
    address = question.address
    asks = question.asks
    again = ask_manager(champion=question.champion, asks=asks, address=address, overrules=bool(address), by=by, at=at)
    if question.needs_confirming and not again.needs_confirming and not again.manager_id:  # to send is not to vouch
        again.needs_confirming = True
        again.save(update_fields=["needs_confirming"])
    return again


def withdraw_old(champion: Champion, asks: str, *, at: datetime) -> None:
    """Close questions whose time is over, so that they can be asked again."""
    rows = ManagerQuestion.objects.of(champion).filter(asks=asks, answered_at__isnull=True, withdrawn_at__isnull=True)
    rows.filter(open_until__lte=at).update(withdrawn_at=at)


def agree(champion: Champion, post: Post, *, way: str, by: Actor, at: datetime) -> None:
    """The manager's agreement is on record; with the champion's own yes it gives the duty. NotPossibleNow."""
    now = life_of(champion, london_date(at))
    if now.stood_down_on:
        raise NotPossibleNow("They have stood down since.")
    if now.agreed_on is None:
        take_turn(champion, Turn.AGREED, by=by, at=at, way=way, words_version=agreement.VERSION)
    begin_duty(champion, post, by=by, at=at)
    tell(champion.person, at=at)


@transaction.atomic
def check_in(*, champion: Champion, side: str, by: Actor, at: datetime) -> None:
    """One side says that it goes on. Twice a day is once."""
    hold(champion)
    on = london_date(at)
    CheckIn.objects.of(champion).get_or_create(
        champion=champion,
        side=side,
        checked_on=on,
        defaults={"words_version": agreement.VERSION, "recorded_at": at, "recorded_by": str(by)},
    )
    forget_steps_of([champion.person_id])
    on_record("checked in", champion, by=by, at=at, side=side)


def forget_questions(*, at: datetime) -> int:
    """Take addresses and links off questions that have served; how many."""
    old = ManagerQuestion.objects.everywhere(reason="retention").old(at)
    return old.update(address="", token_hash="")  # noqa: S106 - none


def _says_so(champion: Champion, *, by: Actor, at: datetime) -> None:
    """Whoever has their own manager asked, though nobody put them forward but a roster, puts themselves forward."""
    now = life_of(champion, london_date(at))
    if now.is_empty and not now.is_own and is_oneself(champion.person, by):
        take_turn(champion, Turn.NOMINATED, by=by, at=at, way=Way.OWN)


def _whom(person: Person, post: Post, address: str, *, overrules: bool, at: datetime) -> Manager:
    on = london_date(at)
    asked = None if overrules and address else manager_of(post, on=on)
    if asked is None and not address:
        raise NeedsAddress("Your roster does not say who your manager is. Enter their work address.")
    if asked is None:
        if not is_plain(address):
            raise NotPossibleNow("Enter the address as it is usually written, like name@example.org")
        if is_own_address(person, address):
            raise NotPossibleNow("This is the same person's address. Somebody else must agree.")
        if keeps_address_away(person, address) and not overrules:
            raise NotPossibleNow("You keep whoever has this address away. Ask somebody else, or your coordinator.")
        asked = by_address(post, address, on=on)
    return asked


def _send(question: ManagerQuestion, token: str) -> None:
    if question.address and keeps_address_away(question.champion.person, question.address):
        return  # the coordinator does not learn of it: the question stays open, and nobody can answer
    page = reverse("manager-link", args=[token]) if token else reverse("manager-question", args=[question.uid])
    until = words(london_date(question.open_until))
    to = question.manager.user if question.manager and question.manager.user else question.address
    body = (BY_LINK if token else ON_SITE).format(link=settings.BASE_URL + page, until=until)
    notices.send(
        to=to,
        kind="agreement",
        subject=SUBJECT,
        body=body,
        at=question.asked_at,
        useless_after=question.open_until,
    )


def _take(question: ManagerQuestion, *, by: Actor, at: datetime) -> None:
    """What a yes comes to."""
    if question.asks == ManagerQuestion.Asks.CHECK_IN:
        check_in(champion=question.champion, side=CheckIn.Side.MANAGER, by=by, at=at)
    else:
        agree(question.champion, question.post, way=_way(question), by=by, at=at)


def _way(question: ManagerQuestion) -> str:
    return Way.SITE if question.manager_id else Way.LINK
