"""Asking a champion through the site, answering, deleting, and keeping somebody away. No address passes."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q
from django.urls import reverse

from champions.errors import AlreadyAsked, AskedEnough, ChampionError, NotOpen, NotToBeFound, TooManyToday
from champions.known_as import plain_address
from champions.models import (
    ASKED_AGAIN_AFTER,
    MOST_WAITING,
    REQUESTS_A_DAY,
    Block,
    Champion,
    ChampionProfile,
    ContactRequest,
    has_address,
)
from champions.selectors.managers import keeps_away, records_of
from champions.services.blocks import look_up
from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.notices import services as notices
from training.people.models import Employment, Person

MOST_BLOCKS = 200
REMINDED_AT_A_TIME = 300
MAIL = "request"
SUBJECT = "A message for you"
BODY = """Hello

There is a message for you in Training Pathway. Read it here:

{link}

You will be asked to sign in. This mail has no reply.
"""


@transaction.atomic
def ask(
    *, sender: Person, champion: Champion, about: str, urgency: str, words: str, by: Actor, at: datetime
) -> ContactRequest:
    """Send a champion a request, and a mail that says no more than that there is one.

    NotToBeFound, AskedEnough, AlreadyAsked, TooManyToday.
    """
    if champion.person_id == sender.pk:
        raise ChampionError("This is your own listing.")
    records = records_of(sender)
    _hold({*records, champion.person_id})
    _insist_they_may_be_asked(champion, sender)
    _insist_not_asked_of_late(champion, records, at)
    on = london_date(at)
    sent = ContactRequest.objects.everywhere(reason="the sender's own").filter(sender=sender)
    _insist_on_room(champion, on)
    number = (sent.filter(asked_on=on).aggregate(last=Max("number"))["last"] or 0) + 1
    if number > REQUESTS_A_DAY:
        raise TooManyToday(f"You can send {REQUESTS_A_DAY} requests a day. You can ask again tomorrow.")
    request = ContactRequest.objects.create(
        sender=sender,
        champion=champion,
        about=about,
        urgency=urgency,
        words=words,
        asked_at=at,
        asked_on=on,
        number=number,
    )
    _tell(champion.person, request, at=at)
    _on_record("request sent", request, by=by, at=at)
    return request


@transaction.atomic
def reply(
    *,
    request: ContactRequest,
    choice: str,
    words: str,
    by: Actor,
    at: datetime,
    suggested: Champion | None = None,
) -> None:
    """Answer a request, once. The sender reads it in the site; what contact it gives is the champion's choice.

    `suggested` is whom to ask instead. The sender is shown them if they may find them.
    """
    found = ContactRequest.objects.everywhere(reason="the champion's own").filter(pk=request.pk).waiting()
    if not found.update(reply=choice, reply_words=words, suggested=suggested, replied_at=at):
        raise NotOpen("This request has been answered or deleted.")
    _tell(request.sender, request, at=at)
    _on_record("request answered", request, by=by, at=at)


@transaction.atomic
def delete_request(*, request: ContactRequest, by: Actor, at: datetime) -> None:
    """Gone for both sides; the words at once, the row when its thirty days are over."""
    _empty(Q(pk=request.pk), at=at)
    _on_record("request deleted", request, by=by, at=at)


def remind_of_requests(*, at: datetime) -> int:
    """Call requests to mind that nobody has answered in their time, each once, a few at a time; how many.

    Looked up when it is time, so that what was answered or deleted meanwhile brings no mail.
    """
    late = (
        ContactRequest.objects.everywhere(reason="what waits for an answer").late(at).filter(reminded_at__isnull=True)
    )
    rows = late.select_related("champion__person__user").order_by("asked_at", "pk")[:REMINDED_AT_A_TIME]
    return sum(_remind(request, at=at) for request in rows)


@transaction.atomic
def _remind(request: ContactRequest, *, at: datetime) -> bool:
    waiting = ContactRequest.objects.everywhere(reason="what waits for an answer").waiting()
    if not waiting.filter(pk=request.pk, reminded_at__isnull=True).update(reminded_at=at):
        return False
    _tell(request.champion.person, request, at=at)
    return True


def forget_old(*, at: datetime) -> int:
    """Delete requests whose time is over; how many."""
    return ContactRequest.objects.everywhere(reason="retention").old(at).delete()[0]


@transaction.atomic
def block(
    *, owner: Person, by: Actor, at: datetime, person: Person | None = None, address: str = "", is_unnamed: bool = False
) -> None:
    """Keep somebody from finding the owner, by person or by address; what has passed between the two goes.

    The audit says that it was done, never about whom. Done twice, it is one block.
    `is_unnamed`: the owner does not learn who it is, whose request was taken back before.
    """
    _hold([owner.pk])
    address = "" if person else plain_address(address)
    everybody = Person.objects.everywhere(reason="a block by address")
    people = [person] if person else list(everybody.filter(has_address(address)) if address else ())
    if not (people or address):
        raise ChampionError("Enter the address of the person to keep away.")
    if owner in people:
        raise ChampionError("You cannot keep yourself away.")
    blocks = Block.objects.everywhere(reason="the owner's own").filter(owner=owner)
    if not person and blocks.count() >= MOST_BLOCKS:
        raise ChampionError("You keep as many away as can be kept away here. Talk to whoever looks after the network.")
    if person:
        said = {"is_unnamed": is_unnamed, "recorded_at": at}
        row, _ = blocks.get_or_create(owner=owner, kept_away=person, defaults=said)
    else:
        away = blocks.filter(kept_away__isnull=False).values_list("kept_away", flat=True)
        fresh = next((each for each in people if each.pk not in set(away)), None)
        row, _ = blocks.get_or_create(owner=owner, address=address, defaults={"kept_away": fresh, "recorded_at": at})
    look_up(row, at=at)
    _empty(_between(owner), at=at)
    audit.record("block set", by=by, at=at, kind="person", uid=owner.uid)


@transaction.atomic
def unblock(*, block: Block, by: Actor, at: datetime) -> None:
    """Let somebody find the owner again."""
    audit.record("block lifted", by=by, at=at, kind="person", uid=block.owner.uid)
    Block.objects.everywhere(reason="the owner's own").filter(pk=block.pk).delete()


def _hold(people: Iterable[int]) -> None:
    """One writer at a time for each of these people, in one order: who asks, who is asked, who keeps away."""
    rows = Person.objects.everywhere(reason="one writer at a time").filter(pk__in=set(people))
    list(rows.order_by("pk").select_for_update(no_key=True, of=("self",)))


def _between(owner: Person) -> Q:
    """What passed between somebody and those whom they keep away, under whichever record."""
    requests = ContactRequest.objects.everywhere(reason="between two of whom one keeps the other away")
    open_ones = requests.filter(deleted_at__isnull=True).select_related("sender", "champion__person")
    met = list(open_ones.filter(Q(sender=owner) | Q(champion__person=owner)))
    others = {row.pk: row.sender if row.sender_id != owner.pk else row.champion.person for row in met}
    away = {each: keeps_away(owner, each) for each in set(others.values())}
    return Q(pk__in=[pk for pk, other in others.items() if away[other]])


def _insist_they_may_be_asked(champion: Champion, sender: Person) -> None:
    """NotToBeFound, where they went, hid or kept the sender away since the page was shown. They are held meanwhile."""
    rows = Champion.objects.everywhere(reason="whether they may be asked still").filter(pk=champion.pk)
    list(rows.select_for_update(no_key=True, of=("self",)))  # beside standing down, which holds the champion alone
    if not rows.listed().exists() or keeps_away(champion.person, sender):
        raise NotToBeFound


def _insist_not_asked_of_late(champion: Champion, sender: Iterable[int], at: datetime) -> None:
    """AlreadyAsked, where a request of theirs waits, or was sent a day ago or less, whatever has become of it.

    Counted by the champion, not by their person: across networks it would tell that two cards are of one.
    """
    sent = ContactRequest.objects.everywhere(reason="the sender's own").filter(sender__in=sender, champion=champion)
    if sent.filter(asked_at__gt=at - ASKED_AGAIN_AFTER).exists():
        raise AlreadyAsked("You have asked this champion already. You can ask again 24 hours after that, not before.")
    if sent.waiting().exists():
        raise AlreadyAsked("You have asked this champion already. Wait for their answer, or delete your request.")


def _insist_on_room(champion: Champion, on: date) -> None:
    """AskedEnough, where one more request would be one too many."""
    profile = ChampionProfile.objects.of(champion).first()
    if profile and profile.rests_until and profile.rests_until >= on:
        raise AskedEnough("They take no new requests this week. Choose another champion.")
    waiting = ContactRequest.objects.everywhere(reason="how many wait").filter(champion=champion).waiting()
    if waiting.count() >= MOST_WAITING:
        raise AskedEnough("They have many requests to answer just now. Choose another champion.")


def _empty(which: Q, *, at: datetime) -> None:
    """Take the words off requests, hide them from both sides, and send no mail any more that tells of them."""
    found = ContactRequest.objects.everywhere(reason="deleted by one of the two sides")
    for request in found.filter(which, deleted_at__isnull=True):
        notices.take_back_all(MAIL, link=_page_of(request))
    found.filter(which, deleted_at__isnull=True).update(words="", reply_words="", suggested=None, deleted_at=at)


def _tell(person: Person, request: ContactRequest, *, at: datetime) -> None:
    """A mail with a link and nothing else, to the login or else to the work address."""
    rosters = Employment.objects.everywhere(reason="where to write").filter(person=person).exclude(work_email="")
    to = person.user or rosters.order_by("pk").values_list("work_email", flat=True).first()
    if to:
        notices.send(to=to, kind=MAIL, subject=SUBJECT, body=BODY.format(link=_page_of(request)), at=at)


def _page_of(request: ContactRequest) -> str:
    """What its mails lead to."""
    return settings.BASE_URL + reverse("champion-request", args=[request.uid])


def _on_record(verb: str, request: ContactRequest, *, by: Actor, at: datetime) -> None:
    audit.record(verb, by=by, at=at, kind="request", uid=request.uid)
