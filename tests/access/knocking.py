"""Knocking at doors as one of the cast, and what is wrong with the answer. Nothing that a knock writes is kept."""

from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests.access.doors import Behind, Door
from tests.access.manifest import TOKEN
from tests.access.planting import AGENCIES, Place, Planted
from tests.access.reading import everything
from tests.access.sight import ASKED, LISTED, Canary, Eyes, canaries_in, may_see
from training.access.access import Access
from training.access.clock import today
from training.access.gates import PUBLIC, SIGNED_IN
from training.notices.models import Notice
from training.people.selectors import access_of

SIGN_IN = "/account/login/"


@dataclass
class Viewer:
    """One who knocks, with their browser, what they may do, and what of the planted they have seen."""

    name: str
    eyes: Eyes
    access: Access
    client: Client
    headers: dict[str, str] = field(default_factory=dict)
    agencies: frozenset[int] = frozenset()
    seen: set[Canary] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.cookies = SimpleCookie(self.client.cookies)


@dataclass
class Answer:
    """What came back, as text; what had been typed, which may come back; and the mails that left."""

    response: HttpResponseBase
    text: str
    typed: str
    mails: list[tuple[str, str]]

    @property
    def status(self) -> int:
        """The status, told apart where it leads to the sign-in page: 302 there is written -302."""
        location = self.response.get("Location", "")
        return -302 if self.response.status_code == 302 and location.startswith(SIGN_IN) else self.response.status_code


def viewer(planted: Planted, name: str) -> Viewer:
    """Somebody of the cast: a login, 'visitor', or 'token of <agency>'."""
    client = Client(raise_request_exception=False)
    if name == "visitor":
        return Viewer(name, Eyes("visitor"), Access.nobody(), client)
    if name.startswith("token of "):
        token = planted.tokens[name.removeprefix("token of ")]
        eyes = Eyes("token", name.removeprefix("token of "))
        agencies = frozenset({planted.place(eyes.agency).agency.pk})
        return Viewer(name, eyes, Access.nobody(), client, {"Authorization": f"Bearer {token}"}, agencies)
    user, eyes = planted.logins[name]
    client.force_login(user)
    return Viewer(name, eyes, access_of(user, on=today()), client)


def knock(who: Viewer, method: str, address: str, data: Any = None, *, headers: Any = None, **more: Any) -> Answer:
    """Ask, read everything, and put the tables back as they were."""
    cache.clear()
    mail.outbox.clear()
    who.client.cookies = SimpleCookie(who.cookies)
    around = transaction.atomic()
    around._from_testcase = True  # as Django marks its own: inside, what has to be outermost may still run
    with around:
        before = _last_notice() if method == "POST" else 0
        response = getattr(who.client, method.lower())(address, data, headers=who.headers | (headers or {}), **more)
        text = everything(response)
        mails = [(each.to[0], f"{each.subject}\n{each.body}") for each in mail.outbox]
        if method == "POST":
            fresh = Notice.objects.everywhere(reason="test").filter(pk__gt=before)
            mails += [(each.address, f"{each.subject}\n{each.body}") for each in fresh]
        transaction.set_rollback(True)
    return Answer(response, text, str(data), mails)


def _last_notice() -> int:
    last = Notice.objects.everywhere(reason="test").order_by("-pk").first()
    return last.pk if last else 0


def address_of(door: Door, place: Place) -> str:
    """The door's address at this place."""
    named = {name: place.ids[word] for name, word in door.fills if name}
    return reverse(door.name, args=[place.ids[word] for name, word in door.fills if not name], kwargs=named)


def expected(door: Door, who: Viewer, place: Place, method: str) -> tuple[int, ...]:
    """The answers that the manifest allows: -302 is the sign-in page."""
    answers = {"GET": door.get, "POST": door.post}[method]
    if not answers:
        return (405,)
    if door.rule == PUBLIC and 302 in answers:
        return (*answers, -302)
    return refusal(door, who) or (answers if may_pass(door, who, place) else (404,))


def refusal(door: Door, who: Viewer) -> tuple[int, ...]:
    """What is answered to those whom the gate keeps out; nothing for the others."""
    if door.rule == PUBLIC:
        return ()
    if door.rule == TOKEN:
        return () if who.eyes.role == "token" else (401,)
    if not who.access.is_signed_in:
        return (-302,)
    return () if door.rule == SIGNED_IN or who.access.may(door.rule) else (403,)


def may_pass(door: Door, who: Viewer, place: Place) -> bool:
    """Whether what lies behind the door at this place is theirs; the gate is another matter."""
    here = (who.eyes.agency, who.eyes.person)
    sender, receiver = (place.word, "learner"), (ASKED[place.word], "champion")
    return {
        Behind.NOTHING: True,
        Behind.PERSON: here == (place.word, door.person or place.person),
        Behind.AGENCY: place.agency.pk in _agencies(door, who),
        Behind.PARTNERSHIP: place.partnership.pk in who.access.partnerships(door.rule),
        Behind.NETWORK: place.partnership.pk in who.access.partnerships(door.rule),
        Behind.CHAMPION: bool(who.eyes.person)
        and who.eyes.partnership == place.partnership.code
        and here != (place.word, "champion"),
        Behind.AREA: who.eyes.person in LISTED or who.eyes.role == "network",
        Behind.MEETING: who.eyes.person in LISTED and who.eyes.partnership == place.partnership.code,
        Behind.REQUEST: here in {sender, receiver},
        Behind.REQUEST_GOT: here == receiver,
    }[door.behind]


def _agencies(door: Door, who: Viewer) -> frozenset[int]:
    return who.agencies if door.rule == TOKEN else who.access.agencies(door.rule)


def faults(planted: Planted, who: Viewer, answer: Answer, place: Place | None = None, door: Door | None = None) -> list:
    """What this one must not have met in this answer, or in the mails that left with it."""
    met = canaries_in(answer.text) - canaries_in(answer.typed)
    who.seen |= met
    shown = {Canary(place.word, door.person or place.person, each) for each in door.shows} if place and door else set()
    if door:
        shown |= {each for each in met if each.agency == who.eyes.agency and each.field in door.lists}
    wrong = sorted(str(each) for each in met - shown if not may_see(who.eyes, each, AGENCIES))
    for address, words in answer.mails:
        reader = planted.eyes_at(address)
        wrong += [f"mail: {each}" for each in canaries_in(words) if not may_see(reader, each, AGENCIES)]
    return wrong
