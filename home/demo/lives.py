"""Severnshire's champions keep it up, come and go: conditions, check-ins, managers asked, a hand-over."""

from datetime import date, datetime, timedelta

from champions.conditions import Conditions
from champions.models import Champion, CheckIn
from champions.services.agreement import answer, ask_manager, check_in
from champions.services.community import add_community_champion
from champions.services.conditions import set_conditions
from champions.services.leaving import stand_down
from champions.services.network import nominate, say_yes
from champions.status import Way
from training.access.actor import Actor
from training.people.models import Locality, Partnership, Person, Term

SINCE = timedelta(days=330)
CHECKED = timedelta(days=20)
WITHOUT_MANAGER = 18  # the last of the active ones: their manager's check-in runs out soon
STOOD_DOWN = 26
MANAGER = "lena.marsh@severnshire-hospitals.example"
PRACTICE = "squreshi@marlbridge-mill.example"
TOWN = "marlbridge"
COMMUNITY = ("Rosa", "Sunflower")
NOT_ON_A_ROSTER = "manager@marlbridge-mill-partners.example"


def build_lives(partnership: Partnership, champions: list[Champion], *, by: Actor, at: datetime, on: date) -> None:
    """What has happened to the champions, agreed to in this order, since they began."""
    asked = Conditions(meetings_needed=2, meetings_of=4, check_in_months=12, warn_days=60)
    set_conditions(partnership=partnership, starts_on=on - SINCE, conditions=asked, by=by, at=at - SINCE)
    for place, champion in enumerate(champions):
        check_in(champion=champion, side=CheckIn.Side.OWN, by=by, at=at - CHECKED)
        if place != WITHOUT_MANAGER:
            check_in(champion=champion, side=CheckIn.Side.MANAGER, by=by, at=at - CHECKED)
    stand_down(champion=champions[STOOD_DOWN], by=by, at=at, reason="time", wish="wanted")
    _put_forward(partnership, _of_lenas_team(on), by=by, at=at, on=on)
    _put_forward(partnership, _at(PRACTICE), NOT_ON_A_ROSTER, by=by, at=at, on=on)
    town = Locality.objects.get(partnership=partnership, code__iexact=TOWN)
    for name in COMMUNITY:
        address = f"{name.lower()}@home.example"
        added = add_community_champion(partnership=partnership, name=name, address=address, locality=town, by=by, at=at)
        say_yes(champion=added, by=by, at=at)


def _put_forward(
    partnership: Partnership, person: Person, address: str = "", *, by: Actor, at: datetime, on: date
) -> None:
    """They have put themselves forward; who was asked at an address that no roster knows has said yes."""
    champion = nominate(person=person, partnership=partnership, on=on - timedelta(days=6), by=by, at=at, way=Way.OWN)
    question = ask_manager(champion=champion, asks="agree", address=address, by=by, at=at)
    if address:
        answer(question=question, says="yes", by=by, at=at)


def _of_lenas_team(on: date) -> Person:
    """Somebody who answers to Lena and is no champion yet; not Amira, who has just started."""
    terms = Term.objects.everywhere(reason="the demo world").known_now().current_on(on)
    team = terms.filter(manager__employment__work_email=MANAGER, post__duties__isnull=True)
    term = team.exclude(post__employment__work_email__startswith="amira").order_by("pk")
    return term.select_related("post__employment__person")[0].post.employment.person


def _at(address: str) -> Person:
    return Person.objects.everywhere(reason="the demo world").get(employments__work_email=address)
