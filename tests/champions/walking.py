"""A network in which one champion has left something behind every door, and how those doors are walked.

The doors are those of `tests/access/manifest.py`: a new route of the network is walked by itself, and one that nobody
knows how to fill fails the walk.
"""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.cookies import SimpleCookie
from typing import Any

from django.core.cache import cache
from django.db import models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from champions import terms
from champions.models import Champion, Contribution, Handover, KeptAnswer, Meeting, Thread
from champions.services.entries import refresh_entries
from champions.services.noticeboard import let_through, say
from champions.services.requests import ask, reply
from champions.services.steps import rebuild_steps
from champions.tasks import TICKS
from tests.access.doors import Door
from tests.access.manifest import DOORS
from tests.access.manifest_network import CHAMPIONS
from tests.access.planting_network import network_bodies, plant_enquiry, plant_life, plant_network, plant_noticeboard
from tests.access.reading import everything
from tests.champions.conftest import BY, EVERYTHING, Network, post_of
from tests.conftest import make_world
from tests.factories import LocalityFactory, RoleGrantFactory
from training.access.clock import today
from training.access.permissions import Permission
from training.ledger.rebuild import refresh_stale
from training.notices.models import Notice
from training.people.models import Agency, Duty, Partnership, Person, Term, User
from training.people.selectors import access_of
from training.privacy.holdings import all_holdings

WHY = "test"
FIRST, LAST = "Wilhelmina", "Quokka"
SAID = "canary"
# Pages of the site at large on which a champion could be met; those that ask for nothing are walked too
ELSEWHERE = ("board", "board_csv", "board_xlsx")
ADDRESS = {"address": "somebody@svh.example"}
# What is posted to the network's doors, by the manifest's words
BODIES = network_bodies() | {
    "": {},
    "find": {"language": "pl"},
    "ask": {"about": "team", "urgency": "week"},
    "reply": {"choice": "not_me"},
    "listing": {"agency_to": "everybody", "terms_version": terms.VERSION, "agrees": "on"},
    "keep_away": ADDRESS,
    "nominate": ADDRESS,
    "agreed": {"agreed_on_day": "1", "agreed_on_month": "11", "agreed_on_year": "2026"},
}
GROUPS, LETTER = "/champions/network/severnshire/messages/", {"subject": "Learning", "words": "Dear {{name}}"}
# Addresses with more to them than the manifest has
FURTHER = {
    "by need": "/champions/?need=2",
    "by need and language": "/champions/?need=2&language=pl",
    "in three taps": "/champions/?need=2&language=pl&locality={north}",
    "next best": "/champions/?need=2&language=pl&locality={south}",
    "a request to them": "/champions/requests/{asked}/",
    "a request that led to them": "/champions/requests/{led}/",
    "whom to ask next": "/champions/requests/{led}/next/",
    "whom to name instead": "/champions/requests/{open}/",
    "people by name": "/champions/network/severnshire/people/?name=quokka",
    "sheet by name": "/champions/network/severnshire/meetings/{meeting}/?name=quokka",
}
TYPED = {
    "by name": ("/champions/", {"text": "quokka"}),
    "by agency": ("/champions/", {"text": "severn", "agency_kind": "nhs_acute"}),
    "by day": ("/champions/", {"day": "mon"}),
    "second page": ("/champions/", {"page": 2}),
    "send": ("/champions/{champion}/ask/", {"about": "team", "urgency": "week"}),
    "answer on the board": ("/champions/noticeboard/{thread}/?to={contribution_judged}", {"words": "So do we"}),
    "group in a district": (GROUPS, {"group": "district", "district": "{north}", **LETTER}),
    "group sent to": (GROUPS, {"group": "district", "district": "{north}", "send": "1", **LETTER}),
    "letter drafted": ("/champions/network/severnshire/letters/", {}),
    "those who lapse": (GROUPS, {"group": "lapsing", **LETTER}),
    "those whose manager is asked": (GROUPS, {"group": "awaiting", **LETTER}),
    "those who were absent": (GROUPS, {"group": "absent", "meeting": "{came_to}", **LETTER}),
    "plan looked at": (
        "/champions/network/severnshire/meetings/plan/",
        {"title": "Spring", "starts": "14:00", "ends": "16:00", "agenda": "News", "minutes": "90"}
        | {"held_on_day": "1", "held_on_month": "3", "held_on_year": "2027"},
    ),
    "nominate": ("/champions/network/severnshire/nominate/", {"address": "wilhelmina@svh.example"}),
}


@dataclass
class Town:
    """The planted network: its one champion who is not to be seen, those who look, and what addresses are filled with."""

    partnership: Partnership
    agency: Agency
    champion: Champion
    people: dict[str, Person] = field(default_factory=dict)
    logins: dict[str, User] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def canaries(self) -> tuple[str, ...]:
        """What tells who they are."""
        return (FIRST, LAST, str(self.champion.person.uid), f"{FIRST.lower()}@")


def plant_town() -> Town:
    """A hospital with Wilhelmina, who has done everything that champions do, and others who look."""
    world, now = make_world(), timezone.now()
    districts = [LocalityFactory(partnership=world.partnership, code=code, title=code) for code in ("North", "South")]
    network = Network(*districts)
    champion = network.champion(world.agency, FIRST, districts[0])
    Person.objects.everywhere(reason=WHY).filter(pk=champion.person_id).update(last_name=LAST)
    champion.person.refresh_from_db()
    town = Town(world.partnership, world.agency, champion)
    hana = network.champion(world.neighbour, "Hana", districts[1], EVERYTHING)
    town.people = {"champion": hana.person} | {
        name: network.colleague(world.agency, name.title(), duty=False) for name in ("learner", "manager")
    }
    for person in (champion.person, town.people["learner"]):
        terms = Term.objects.everywhere(reason=WHY).filter(post=post_of(person))
        terms.update(manager=post_of(town.people["manager"]))
    town.logins = {name: person.user for name, person in town.people.items()}
    roles = {"coordinator": "champion_coordinator", "board": "board_member"}
    for name, code in roles.items():
        grant = RoleGrantFactory(user__email=f"{name}@town.example", role_code=code, partnership=world.partnership)
        town.logins[name] = grant.user
    town.logins["hr"] = RoleGrantFactory(user__email="hr@town.example", role_code="agency_hr", agency=world.agency).user
    town.ids = _ids(town, hana, districts, now)
    settle(now)
    return town


def _ids(town: Town, hana: Champion, districts: list[Any], now: datetime) -> dict[str, str]:
    sender, champion, uid = town.people["manager"], town.champion, str(town.champion.uid)
    ids = {"partnership": town.partnership.code, "agency": town.agency.code, "champion": uid}
    ids |= {"person": str(champion.person.uid), "north": str(districts[0].pk), "south": str(districts[1].pk)}
    ids |= plant_network(town.agency, town.partnership, uid) | plant_life(town.partnership, town.people["learner"], uid)
    ids |= plant_enquiry(town.partnership, sender, "What is asked") | plant_noticeboard(town.partnership, uid, SAID)
    Handover.objects.create(champion=champion, why="left", opened_on=now.date())
    thread = Thread.objects.get()
    let_through(contribution=say(thread=thread, author=hana, words="Mine", by=BY, at=now), by=BY, at=now)
    said = {"urgency": "week", "words": "", "by": BY, "at": now}
    before = said | {"at": now - timedelta(days=2)}
    led = ask(sender=sender, champion=hana, about="team", **before)
    reply(request=led, choice="not_me", words="", suggested=champion, by=BY, at=now)
    open_one = ask(sender=sender, champion=hana, about="resources", **said)
    asked = ask(sender=sender, champion=champion, about="worry", **before)
    reply(request=asked, choice="not_me", words=SAID, by=BY, at=now)
    ids |= {"led": str(led.uid), "open": str(open_one.uid), "asked": str(asked.uid), "request": str(asked.uid)}
    ids["kept_answer"] = str(KeptAnswer.objects.first().uid)
    return ids | {"block": uid, "came_to": str(Meeting.objects.get(uid=ids["meeting"]).pk)}


def settle(at: datetime) -> None:
    """Bring every read table up to the facts."""
    refresh_stale(at=at)
    refresh_entries(at=at + timedelta(hours=1))
    rebuild_steps(at=at)


def never_was(town: Town, at: datetime) -> None:
    """Take away whatever the network holds on the champion, table by table: they are a colleague like others."""
    uid = town.champion.person.uid
    tables = [it for it in all_holdings() if it.model.startswith("champions.") and it.subject != "sender__uid"]
    while tables:
        left = [each for each in tables if not _gone(each.table, each.subject, uid)]
        assert len(left) < len(tables), left
        tables = left
    Duty.objects.everywhere(reason=WHY).filter(post=post_of(town.champion.person)).delete()
    settle(at)


def is_protected(town: Town, at: datetime) -> None:
    """The champion's record is protected, and they have said nothing that the coordinator would read over."""
    Person.objects.everywhere(reason=WHY).filter(pk=town.champion.person_id).update(is_protected=True)
    Contribution.objects.everywhere(reason=WHY).filter(author=town.champion).delete()
    settle(at)
    refresh_entries(at=at + timedelta(hours=2))  # once more: the directory's table is ten minutes behind


def _gone(table: type[models.Model], subject: str, uid: object) -> bool:
    try:
        with transaction.atomic():
            table._base_manager.filter(pk__in=table._base_manager.filter(**{subject: uid}).values("pk")).delete()
    except models.ProtectedError:
        return False
    return True


@contextmanager
def taken_back() -> Iterator[None]:
    """What is written inside is gone afterwards."""
    around = transaction.atomic()
    around._from_testcase = True  # as Django's own: inside, what has to be outermost may still run
    with around:
        yield
        transaction.set_rollback(True)


# Of the demo, of machines, and what a mail to the champion alone leads to
NOT_WALKED = ("mailbox", "ui-gallery", "readyz", "stop-newsletters")


def doors() -> list[Door]:
    """Every door of the network, and those elsewhere that ask for nothing."""
    further = [it for it in DOORS.values() if it.name in ELSEWHERE or not (it.fills or it.is_theirs)]
    return list({it.name: it for it in (*CHAMPIONS, *further) if it.name not in NOT_WALKED}.values())


def read(town: Town, name: str, *, posts: bool = False, only: Collection[str] = ()) -> dict[str, str]:
    """What somebody reads behind every door that their role opens, or these, by name; and what comes of what they send.

    Without `posts` behind the doors of the network alone.
    """
    client, user = Client(raise_request_exception=False), town.logins[name]
    access = access_of(user, on=today())
    client.force_login(user)
    cookies = SimpleCookie(client.cookies)
    found = {}

    def note(said: str, answer: Callable[[], Any]) -> None:
        if only and said not in only:
            return
        cache.clear()
        client.cookies = SimpleCookie(cookies)
        with taken_back():
            found[said] = text_of(answer(), user)
            if said.startswith("POST ") or said in TYPED:
                found[said] = without_what_is_drawn(found[said])

    for door in doors():
        is_shut = isinstance(door.rule, Permission) and not access.may(door.rule)
        if is_shut or not (posts or door in CHAMPIONS):
            continue
        named = {name: town.ids[word] for name, word in door.fills}
        address = reverse(door.name, kwargs=named)
        if door.get:
            note(f"GET {door.name}", lambda address=address: client.get(address))
        if posts and door.post and door in CHAMPIONS:
            note(f"POST {door.name}", lambda at=address, door=door: client.post(at, BODIES[door.body]))
    for said, address in FURTHER.items():
        note(said, lambda address=address: client.get(address.format(**town.ids)))
    for said, (address, typed) in TYPED.items():
        filled = {name: str(value).format(**town.ids) for name, value in typed.items()}
        note(said, lambda at=address, typed=filled: client.post(at.format(**town.ids), typed, follow=True))
    return found


def text_of(answer: Any, user: User) -> str:
    """All that can be read in an answer, and in the mails that came of it."""
    where = answer.get("Location", "") or [address for address, _ in getattr(answer, "redirect_chain", ())]
    return plain("\n".join([str(answer.status_code), str(where), everything(answer), *mails_to(user)]))


def mails_to(user: User) -> list[str]:
    """Every mail to somebody."""
    rows = Notice.objects.everywhere(reason=WHY).filter(user=user).order_by("pk")
    return [f"{row.subject}\n{row.body}" for row in rows]


def plain(text: str) -> str:
    """Without what differs from one answer to the next: marks against forgery, the moment at which a file was made."""
    text = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", text)
    text = re.sub(r"^ *(Set-Cookie|Expires|Content-Length):.*$|'nonce-[^']*'", "", text, flags=re.MULTILINE)
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "", text)


def without_what_is_drawn(text: str) -> str:
    """Without what was drawn by lot for what somebody sent: its name in addresses, a code to read out."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|>[A-Z0-9]{3} [A-Z0-9]{3}<", "", text)


def mails_of_the_worker(town: Town, name: str, *, at: datetime) -> list[str]:
    """What the worker sends somebody in the days to come."""
    with taken_back():
        for days in (0, 1, 8):
            for tick in TICKS:
                tick(at=at + timedelta(days=days, hours=1))
        return mails_to(town.logins[name])
