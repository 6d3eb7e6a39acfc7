"""The life of a champion: put forward, agreed to, stood down. Every turn is a dated row, and none is erased."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from champions.errors import NotPossibleNow
from champions.models import Champion, ChampionProfile, ChampionTurn, Nomination
from champions.selectors.facts import known
from champions.selectors.members import members
from champions.status import Life, Turn, life
from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.people.models import Employment, Partnership, Person

TAKER = Actor.system("champions")


@transaction.atomic
def nominate(*, person: Person, partnership: Partnership, on: date, by: Actor, at: datetime) -> Champion:
    """Put somebody forward as a champion. Nothing on the roster changes; done twice, it is one nomination."""
    champion = champion_row(person=person, partnership=partnership, at=at)
    now = _life(champion, on)
    if now.nominated_on is None and now.agreed_on is None:
        _turn(champion, Turn.NOMINATED, on, by=by, at=at)
    return champion


@transaction.atomic
def nominate_address(*, address: str, partnership: Partnership, on: date, by: Actor, at: datetime) -> None:
    """Keep an address that was put forward. Nobody is looked up: known and unknown addresses are dealt with alike."""
    rows = Nomination.objects.everywhere(reason="the address as it was put forward")
    nomination, _ = rows.update_or_create(
        partnership=partnership,
        address=address.strip().lower(),
        defaults={"nominated_on": on, "recorded_at": at, "recorded_by": str(by), "person": None},
    )
    audit.record(
        "champion put forward",
        by=by,
        at=at,
        kind="nomination",
        uid=nomination.uid,
        partnership_code=partnership.code,
    )


def take_up_nominations(*, at: datetime) -> int:
    """Nominate whoever a roster names as champion under an address that was put forward; how many."""
    waiting = Nomination.objects.everywhere(reason="does a roster name them").filter(person__isnull=True)
    taken = 0
    for partnership in Partnership.objects.filter(pk__in=waiting.values("partnership")):
        named = _named_as_champion(partnership, london_date(at))
        for nomination in waiting.filter(partnership=partnership, address__in=named):
            _take_up(nomination, named[nomination.address], at)
            taken += 1
    return taken


def forget_nominations(*, at: datetime) -> int:
    """Delete addresses put forward whose ninety days are over; how many."""
    return Nomination.objects.everywhere(reason="retention").old(at).delete()[0]


@transaction.atomic
def _take_up(nomination: Nomination, person: Person, at: datetime) -> None:
    nominate(person=person, partnership=nomination.partnership, on=nomination.nominated_on, by=TAKER, at=at)
    nomination.person = person
    nomination.save(update_fields=["person"])


def _named_as_champion(partnership: Partnership, on: date) -> dict[str, Person]:
    """Those whom a roster of the partnership names as champion today, by their work addresses there."""
    people = {each.person.pk: each.person for each in known(partnership, on=on) if each.facts.has_duty}
    rosters = Employment.objects.everywhere(reason="the addresses of champions")
    found = rosters.filter(person__in=people, agency__in=members(partnership, on)).exclude(work_email="")
    return {address: people[person] for address, person in found.values_list("work_email", "person")}


@transaction.atomic
def record_agreement(*, champion: Champion, agreed_on: date, by: Actor, at: datetime) -> None:
    """Keep the day on which the manager agreed to the time it takes."""
    today = london_date(at)
    now = _life(champion, today)
    if agreed_on > today:
        raise NotPossibleNow("The day of the agreement cannot be in the future.")
    if now.stood_down_on:
        raise NotPossibleNow("They have stood down. Nominate them again first.")
    if now.agreed_on:
        raise NotPossibleNow(f"The agreement is on record already, of {now.agreed_on:%d/%m/%Y}.")
    _turn(champion, Turn.AGREED, agreed_on, by=by, at=at)


@transaction.atomic
def stand_down(*, champion: Champion, on: date, by: Actor, at: datetime, reason: str = "") -> None:
    """End it, for now: hidden from the directory at once, and all that was stays on record."""
    if _life(champion, on).stood_down_on:
        return
    _turn(champion, Turn.STOOD_DOWN, on, by=by, at=at, reason=reason)
    ChampionProfile.objects.of(champion).update(is_listed=False)


def champion_row(*, person: Person, partnership: Partnership, at: datetime) -> Champion:
    """A person's place in the network of a partnership, made where there is none yet."""
    rows = Champion.objects.everywhere(reason="one person's place in the network")
    return rows.get_or_create(person=person, partnership=partnership, defaults={"recorded_at": at})[0]


def on_record(verb: str, champion: Champion, *, by: Actor, at: datetime, **detail: Any) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        kind="champion",
        uid=champion.uid,
        partnership_code=champion.partnership.code,
        **detail,
    )


def _life(champion: Champion, on: date) -> Life:
    return life(ChampionTurn.objects.of(champion).values_list("turn", "happened_on", "way"), on)


def _turn(champion: Champion, turn: Turn, on: date, *, by: Actor, at: datetime, reason: str = "") -> None:
    ChampionTurn.objects.create(
        champion=champion, turn=turn, happened_on=on, reason=reason, recorded_at=at, recorded_by=str(by)
    )
    on_record(f"champion {turn.replace('_', ' ')}", champion, by=by, at=at, happened_on=on.isoformat())
