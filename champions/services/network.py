"""The life of a champion: put forward, said yes, agreed to. Every turn is a dated row, and none is erased."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from champions import agreement
from champions.conditions import words
from champions.errors import NotPossibleNow
from champions.models import Champion, Nomination
from champions.selectors.facts import known
from champions.selectors.managers import is_oneself, manager_of, post_of
from champions.selectors.members import members
from champions.selectors.next_step import is_to_answer
from champions.services.leaving import let_return
from champions.services.turns import begin_duty, champion_row, close_questions, life_of, take_turn, tell
from champions.status import Turn, Way
from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.people.addresses import people_at
from training.people.models import Employment, Partnership, Person

TOLD_AGAIN_AFTER = timedelta(days=30)
TAKER = Actor.system("champions")


@transaction.atomic
def nominate(*, person: Person, partnership: Partnership, on: date, by: Actor, at: datetime, way: str = "") -> Champion:
    """Put somebody forward as a champion. Nothing on the roster changes; done twice, it is one nomination.

    Put forward by another (`way`), they are asked themselves.
    """
    champion = champion_row(person=person, partnership=partnership, at=at)
    let_return(champion, at=at)
    now = life_of(champion, on)
    if now.nominated_on is None and now.agreed_on is None:
        take_turn(champion, Turn.NOMINATED, on=on, by=by, at=at, way=way)
        if way and Way(way).asks_first:
            tell(person, at=at)
    return champion


@transaction.atomic
def put_forward_by_manager(
    *, person: Person, partnership: Partnership, manager: Person, by: Actor, at: datetime
) -> None:
    """A manager puts somebody of their team forward, and agrees. It begins once they say yes themselves.

    Where the post at which they would be a champion answers to another, or they keep this manager away, the agreement
    is still to come. Of who is a champion already, or put forward, or stood down, nothing changes: the manager is told
    the same.
    """
    on = london_date(at)
    champion = champion_row(person=person, partnership=partnership, at=at)
    if not life_of(champion, on).is_empty:
        return
    nominate(person=person, partnership=partnership, on=on, by=by, at=at, way=Way.MANAGER)
    post = post_of(person, partnership, on=on)
    asked = manager_of(post, on=on) if post else None
    if asked and asked.person == manager:
        take_turn(champion, Turn.AGREED, by=by, at=at, way=Way.SITE, words_version=agreement.VERSION)


@transaction.atomic
def say_yes(*, champion: Champion, by: Actor, at: datetime) -> None:
    """Whoever was put forward says that they would be a champion. With the manager's agreement, the duty begins."""
    on = london_date(at)
    if not life_of(champion, on).awaits_own_yes:
        return
    take_turn(champion, Turn.ACCEPTED, by=by, at=at, way=Way.OWN)
    if post := post_of(champion.person, champion.partnership, on=on):
        begin_duty(champion, post, by=by, at=at)


@transaction.atomic
def say_no(*, champion: Champion, by: Actor, at: datetime) -> None:
    """Whoever was put forward, by themselves or another, would rather not: all open questions are taken back."""
    now = life_of(champion, london_date(at))
    if now.nominated_on is None or now.stood_down_on:
        return
    if now.agreed_on and not now.awaits_own_yes:
        raise NotPossibleNow("Your manager has agreed already. You can stand down.")
    take_turn(champion, Turn.WITHDRAWN, by=by, at=at, way=Way.OWN)
    close_questions(champion, at=at)


@transaction.atomic
def nominate_address(*, address: str, partnership: Partnership, on: date, by: Actor, at: datetime) -> None:
    """Keep an address that was put forward. Nobody is looked up: known and unknown addresses are dealt with alike.

    Put forward again, whoever has it is not written to again within thirty days, and their no stands.
    """
    rows = Nomination.objects.everywhere(reason="the address as it was put forward")
    nomination, _ = rows.update_or_create(
        partnership=partnership,
        address=address.strip().lower(),
        defaults={
            "nominated_on": on,
            "recorded_at": at,
            "recorded_by": str(by),
            "person": None,
        },
    )
    rows.filter(pk=nomination.pk, told_at__lt=at - TOLD_AGAIN_AFTER).update(told_at=None)
    audit.record(
        "champion put forward",
        by=by,
        at=at,
        kind="nomination",
        uid=nomination.uid,
        partnership_code=partnership.code,
    )


def take_up_nominations(*, at: datetime) -> int:
    """Nominate whoever a roster names as champion under an address that was put forward; how many.

    Whoever else works in the partnership under such an address is asked, once. No list shows whether anybody does.
    """
    waiting = Nomination.objects.everywhere(reason="does a roster name them").filter(person__isnull=True)
    taken = 0
    for partnership in Partnership.objects.filter(pk__in=waiting.values("partnership")):
        here = waiting.filter(partnership=partnership)
        named = _named_as_champion(partnership, here.values_list("address", flat=True), london_date(at))
        for nomination in here.filter(address__in=named):
            _take_up(nomination, named[nomination.address], at)
            taken += 1
        for nomination in here.filter(told_at=None, is_declined=False):
            _ask(nomination, at)
    return taken


@transaction.atomic
def take_offer(*, nomination: Nomination, person: Person, says_yes: bool, by: Actor, at: datetime) -> None:
    """Whoever has an address that was put forward answers. The coordinator is not told of a no."""
    rows = Nomination.objects.everywhere(reason="one's own address").filter(pk=nomination.pk, person=None)
    if not says_yes:
        rows.update(is_declined=True)
        return
    champion = champion_row(person=person, partnership=nomination.partnership, at=at)
    let_return(champion, at=at)
    now = life_of(champion, london_date(at))
    if rows.filter(is_declined=False).update(person=person) and (now.is_empty or now.stood_down_on):
        take_turn(champion, Turn.NOMINATED, by=by, at=at, on=nomination.nominated_on, way=Way.COORDINATOR)
        take_turn(champion, Turn.ACCEPTED, by=by, at=at, way=Way.OWN)


def forget_nominations(*, at: datetime) -> int:
    """Delete addresses put forward whose ninety days are over; how many."""
    return Nomination.objects.everywhere(reason="retention").old(at).delete()[0]


@transaction.atomic
def _take_up(nomination: Nomination, person: Person, at: datetime) -> None:
    put_forward_on, way = nomination.nominated_on, Way.COORDINATOR
    nominate(person=person, partnership=nomination.partnership, on=put_forward_on, by=TAKER, at=at, way=way)
    nomination.person = person
    nomination.save(update_fields=["person"])


@transaction.atomic
def _ask(nomination: Nomination, at: datetime) -> None:
    """Write to the one person in the partnership who has the address, if there is one and there is something to answer.

    Noted either way.
    """
    on, partnership = london_date(at), nomination.partnership
    people = [it for it in people_at(nomination.address, on=on) if post_of(it, partnership, on=on)]
    if len(people) == 1:
        found = next(iter(known(partnership, on=on, people=[people[0].pk])), None)
        if is_to_answer(nomination, found):
            tell(people[0], at=at)
    Nomination.objects.everywhere(reason="told").filter(pk=nomination.pk).update(told_at=at)


def _named_as_champion(partnership: Partnership, addresses: Iterable[str], on: date) -> dict[str, Person]:
    """Those with one of these work addresses whom a roster of the partnership names as champion today."""
    rosters = Employment.objects.everywhere(reason="who has the addresses that wait")
    there = rosters.filter(work_email__in=list(addresses), agency__in=members(partnership, on))
    if not (found := list(there.values_list("work_email", "person"))):
        return {}
    named = known(partnership, on=on, people=[person for _, person in found])
    people = {each.person.pk: each.person for each in named if each.facts.has_duty}
    return {address: people[person] for address, person in found if person in people}


@transaction.atomic
def record_agreement(*, champion: Champion, agreed_on: date, by: Actor, at: datetime) -> None:
    """Keep the day on which the manager agreed to the time it takes, as they told the coordinator."""
    today = london_date(at)
    now = life_of(champion, today)
    if is_oneself(champion.person, by):
        raise NotPossibleNow("This is your own record. Ask your manager, or let another coordinator note it.")
    if agreed_on > today:
        raise NotPossibleNow("The day of the agreement cannot be in the future.")
    if (since := now.nominated_on or now.declined_on) and agreed_on < since:
        raise NotPossibleNow(f"Enter {words(since)} or a later day: before it there was nothing to agree to.")
    if now.stood_down_on:
        raise NotPossibleNow("They have stood down. Nominate them again first.")
    if now.agreed_on:
        raise NotPossibleNow(f"The agreement is on record already, of {now.agreed_on:%d/%m/%Y}.")
    take_turn(champion, Turn.AGREED, on=agreed_on, by=by, at=at, way=Way.COORDINATOR)
    close_questions(champion, at=at)
    if post := post_of(champion.person, champion.partnership, on=today):
        begin_duty(champion, post, by=by, at=at)
