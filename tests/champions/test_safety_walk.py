"""Who is not to be seen leaves no trace: for each state of a champion, every door is opened and every byte is read.

A flow that shows champions adds its doors to `DOORS`; a state in which one is not to be seen is added to `STATES`.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from champions.models import Champion, ContactRequest, Meeting
from champions.services.attendance import note_came
from champions.services.entries import refresh_entries
from champions.services.leaving import stand_down
from champions.services.listing import change_terms, hide, rest
from champions.services.requests import ask, block, reply
from champions.services.steps import refresh_steps
from tests.champions.conftest import BY, Network, post_of
from tests.champions.test_meetings import planned
from tests.conftest import MOMENT
from training.access.clock import today
from training.notices.models import Notice
from training.people.models import Duty, Person

WHY = "test"


def _protect(pola: Champion, viewer: Person) -> None:
    Person.objects.everywhere(reason=WHY).filter(pk=pola.person_id).update(is_protected=True)


def _leave(pola: Champion, viewer: Person) -> None:
    duties = Duty.objects.everywhere(reason=WHY).filter(post=post_of(pola.person))
    duties.update(ends_on=today() - timedelta(days=1))


STATES: dict[str, Callable[[Champion, Person], Any]] = {
    "hidden": lambda pola, viewer: hide(champion=pola, by=BY, at=MOMENT),
    "keeps away": lambda pola, viewer: block(owner=pola.person, person=viewer, by=BY, at=MOMENT),
    "keeps an address away": lambda pola, viewer: block(owner=pola.person, address=viewer.user.email, by=BY, at=MOMENT),
    "protected": _protect,
    "not agreed to new terms": lambda pola, viewer: change_terms(
        partnership=pola.partnership, sentences=["New."], by=BY, at=MOMENT
    ),
    "stood down": lambda pola, viewer: stand_down(champion=pola, by=BY, at=MOMENT),
    "left": _leave,
}
BLOCKS = ("keeps away", "keeps an address away")


class Walk:
    """One who looks, and what is filled into addresses."""

    def __init__(
        self, client: Client, network: Network, pola: Champion, asked: dict[str, ContactRequest], meeting: Meeting
    ) -> None:
        self.client, self.network, self.pola, self.asked, self.meeting = client, network, pola, asked, meeting

    def get(self, address: str) -> str:
        """Address and body, whatever the answer is."""
        return self._text(self.client.get(address.format(**self.words)))

    def post(self, address: str, **data: Any) -> str:
        """The same of a form."""
        return self._text(self.client.post(address.format(**self.words), data))

    @property
    def words(self) -> dict[str, object]:
        """What stands in braces."""
        uids = {name: request.uid for name, request in self.asked.items()}
        return {
            "pola": self.pola.uid,
            "north": self.network.north.pk,
            "south": self.network.south.pk,
            "meeting": self.meeting.uid,
            **uids,
        }

    @staticmethod
    def _text(answer) -> str:
        body = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", answer.content.decode())
        return f"{answer.status_code} {answer.get('Location', '')}\n{body}"


Door = Callable[[Walk], str]
# The doors of somebody who works in the partnership. `{pola}` is the champion, `{asked}` and `{led}` are requests.
DOORS: dict[str, Door] = {
    "directory": lambda walk: walk.get("/champions/"),
    "need": lambda walk: walk.get("/champions/?need=2"),
    "need and language": lambda walk: walk.get("/champions/?need=2&language=pl"),
    "three taps": lambda walk: walk.get("/champions/?need=2&language=pl&locality={north}"),
    "next best": lambda walk: walk.get("/champions/?need=2&language=pl&locality={south}"),
    "by name": lambda walk: walk.post("/champions/", text="pola"),
    "by agency": lambda walk: walk.post("/champions/", text="police", agency_kind="police"),
    "second page": lambda walk: walk.post("/champions/", page=2),
    "ask": lambda walk: walk.get("/champions/{pola}/ask/"),
    "send": lambda walk: walk.post("/champions/{pola}/ask/", about="team", urgency="week"),
    "own page": lambda walk: walk.get("/champions/me/"),
    "request to them": lambda walk: walk.get("/champions/requests/{asked}/"),
    "request that led to them": lambda walk: walk.get("/champions/requests/{led}/"),
    "whom to ask next": lambda walk: walk.get("/champions/requests/{led}/next/"),
    "meetings": lambda walk: walk.get("/champions/meetings/"),
    "meeting": lambda walk: walk.get("/champions/meetings/{meeting}/"),
    "briefings": lambda walk: walk.get("/champions/briefings/"),
    "code": lambda walk: walk.post("/champions/code/", code="CDF HJK"),
    "card": lambda walk: walk.get("/champions/card/"),
    "learning": lambda walk: walk.get("/learning/"),
    "own privacy": lambda walk: walk.get("/learning/privacy/"),
    "what is held on one": lambda walk: walk.get("/learning/held.json"),
    "support": lambda walk: walk.get("/support/"),
}
SHOW = {"directory", "need and language", "three taps", "next best", "by name", "by agency", "ask", "request to them"}
SHOW |= {"request that led to them", "whom to ask next", "own page"}
# What opens to another champion: pages that show champions, and a request to answer
CHAMPIONS_DOORS: dict[str, Door] = {
    name: DOORS[name] for name in ("directory", "own page", "meetings", "meeting", "briefings", "code")
} | {"whom to name instead": lambda walk: walk.get("/champions/requests/{open}/")}
COORDINATORS_DOORS: dict[str, Door] = {
    "network": lambda walk: walk.get("/champions/network/severnshire/"),
    "people": lambda walk: walk.get("/champions/network/severnshire/people/"),
    "people by name": lambda walk: walk.get("/champions/network/severnshire/people/?name=pola"),
    "managers asked": lambda walk: walk.get("/champions/network/severnshire/asked/"),
    "hand-overs": lambda walk: walk.get("/champions/network/severnshire/hand-overs/"),
    "looks": lambda walk: walk.get("/champions/network/severnshire/looks/"),
    "meetings": lambda walk: walk.get("/champions/network/severnshire/meetings/"),
    "sheet": lambda walk: walk.get("/champions/network/severnshire/meetings/{meeting}/"),
    "sheet by name": lambda walk: walk.get("/champions/network/severnshire/meetings/{meeting}/?name=pola"),
    "reach": lambda walk: walk.get("/champions/network/severnshire/reach/"),
    "conditions": lambda walk: walk.get("/champions/network/severnshire/conditions/"),
    "directory": lambda walk: walk.get("/champions/"),
}


@pytest.fixture
def asked(amira, pola, hana) -> dict[str, ContactRequest]:
    """Amira has asked hana, who named pola; and pola, who has not answered."""
    said = {"urgency": "week", "words": "", "by": BY, "at": MOMENT}
    led = ask(sender=amira, champion=hana, about="team", **said)
    reply(request=led, choice="not_me", words="", suggested=pola, by=BY, at=MOMENT)
    to_pola = ask(sender=amira, champion=pola, about="worry", **said)
    again = ask(sender=amira, champion=hana, about="resources", **said)
    return {"led": led, "asked": to_pola, "open": again}


@pytest.fixture
def attended(world, pola) -> Meeting:
    """Pola came to a meeting of yesterday."""
    now = timezone.now()
    meeting = planned(world.partnership, now - timedelta(days=1), at=now - timedelta(days=9))
    note_came(meeting=meeting, champion=pola, by=BY, at=now)
    return meeting


@pytest.fixture
def walk(sign_in, network, pola, asked, attended) -> Callable[[Any], Walk]:
    """Somebody who looks."""
    return lambda who: Walk(sign_in(who), network, pola, asked, attended)


def canaries(pola: Champion) -> tuple[str, ...]:
    """What tells of pola: the champion's own uid is left out where the address itself holds it."""
    return ("Pola", str(pola.person.uid), "pola@svp.example")


def traces(doors: dict[str, Door], walk: Walk, pola: Champion) -> dict[str, list[str]]:
    """The canaries behind each door, where there are any."""
    found = {}
    for name, door in doors.items():
        text = door(walk)
        if met := [each for each in canaries(pola) if each in text]:
            found[name] = met
    return found


def mails_to(viewer: Person) -> str:
    """Every mail to somebody."""
    rows = Notice.objects.everywhere(reason=WHY).filter(user=viewer.user)
    return "\n".join(f"{row.subject}\n{row.body}" for row in rows)


def test_a_listed_champion_is_seen_at_these_doors(walk, amira, pola):
    """So that the walk below could find them."""
    ContactRequest.objects.everywhere(reason=WHY).filter(champion=pola).update(reply="not_me", replied_at=MOMENT)
    seen = traces(DOORS, walk(amira), pola)
    assert set(seen) >= SHOW - {"whom to ask next"}
    assert {name for names in seen.values() for name in names} == {"Pola"}


@pytest.mark.parametrize("state", STATES)
def test_one_who_is_not_to_be_seen_leaves_no_trace(walk, amira, pola, state):
    STATES[state](pola, amira)
    assert traces(DOORS, walk(amira), pola) == {}
    refresh_entries(at=MOMENT + timedelta(hours=1))
    assert traces({"directory": DOORS["directory"]}, walk(amira), pola) == {}
    assert not any(each in mails_to(amira) for each in canaries(pola))


@pytest.mark.parametrize("state", STATES)
def test_another_champion_sees_no_trace_either(walk, hana, pola, state):
    STATES[state](pola, hana.person)
    assert traces(CHAMPIONS_DOORS, walk(hana.person), pola) == {}


@pytest.mark.parametrize("state", BLOCKS)
def test_the_blocked_read_the_very_pages_of_a_world_without_that_champion(walk, amira, hana, pola, asked, state):
    for request in ("asked", "led"):
        ContactRequest.objects.everywhere(reason=WHY).filter(uid=asked[request].uid).update(suggested=None)
    ContactRequest.objects.everywhere(reason=WHY).filter(champion=pola).update(deleted_at=MOMENT, words="")
    hide(champion=pola, by=BY, at=MOMENT)
    looker = walk(amira)
    without = {name: door(looker) for name, door in DOORS.items() if name != "what is held on one"}
    ContactRequest.objects.everywhere(reason=WHY).filter(uid=asked["led"].uid).update(suggested=pola)
    pola.profile.is_listed = True
    pola.profile.save()
    STATES[state](pola, amira)
    refresh_entries(at=MOMENT + timedelta(hours=1))
    for name, page in without.items():
        assert DOORS[name](looker) == page, name


@pytest.mark.parametrize("state", ["keeps an address away", "protected"])
def test_the_coordinator_sees_no_name_that_is_not_for_them(walk, cy, pola, state):
    refresh_steps(at=MOMENT)
    assert {"people", "people by name", "sheet", "sheet by name"} <= traces(COORDINATORS_DOORS, walk(cy), pola).keys()
    if state == "protected":
        _protect(pola, pola.person)
    else:
        block(owner=pola.person, address=cy.email, by=BY, at=MOMENT)
    found = traces(COORDINATORS_DOORS, walk(cy), pola)
    assert not any("Pola" in met or "pola@svp.example" in met for met in found.values())
    assert state == "protected" or found == {}


def test_one_who_rests_is_not_found_and_not_asked_but_keeps_their_name_on_what_was_asked(walk, amira, pola):
    rest(champion=pola, until=today() + timedelta(days=6), by=BY, at=MOMENT)
    named = {"own page", "ask", "send", "request to them", "request that led to them"}
    assert set(traces(DOORS, walk(amira), pola)) == named
    ContactRequest.objects.everywhere(reason=WHY).filter(champion=pola).delete()
    assert "They take no new requests this week" in DOORS["send"](walk(amira))


@pytest.mark.parametrize("state", BLOCKS)
def test_whom_a_champion_may_name_does_not_tell_who_keeps_the_sender_away(walk, amira, hana, pola, state):
    looker = walk(hana.person)
    before = CHAMPIONS_DOORS["whom to name instead"](looker)
    assert "Pola Roster" in before
    STATES[state](pola, amira)
    assert CHAMPIONS_DOORS["whom to name instead"](looker) == before
