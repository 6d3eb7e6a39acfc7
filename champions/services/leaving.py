"""Standing down, leaving by the roster, and what is left to do then. Whoever asked them something is told at once."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from champions.errors import NotPossibleNow
from champions.models import Champion, ChampionProfile, ChampionTurn, ContactRequest, Handover
from champions.selectors.facts import known
from champions.selectors.managers import post_of
from champions.selectors.members import DESIGNATIONS, members
from champions.services.group_messages import stop_messages_to
from champions.services.turns import SUBJECT, close_questions, hold, life_of, on_record, take_turn
from champions.status import Turn, life
from training.access.actor import Actor
from training.access.clock import london_date
from training.notices import services as notices
from training.people.duties import end_given_duty
from training.people.models import Duty, Partnership, Term

SEER = Actor.system("champions")
WHY = "champions whose post or duty has ended"
CLOSED = """Hello

There is an answer to your request in Training Pathway. Read it here:

{link}

You will be asked to sign in. This mail has no reply.
"""


@transaction.atomic
def stand_down(*, champion: Champion, by: Actor, at: datetime, reason: str = "", wish: str = "") -> None:
    """End it, for now: hidden at once, the duty that the network gave ended, and all that was stays on record."""
    on = london_date(at)
    before = life_of(champion, on)
    if before.stood_down_on:
        return
    was_listed = ChampionProfile.objects.of(champion).filter(is_listed=True).exists()
    take_turn(champion, Turn.STOOD_DOWN, by=by, at=at, reason=reason, was_listed=was_listed)
    end_duties_given(champion, by=by, at=at)
    _close(champion, Handover.Why.STOOD_DOWN if before.agreed_on else "", wish, by=by, at=at)


def end_duties_given(champion: Champion, *, by: Actor, at: datetime) -> None:
    """What the network said on their posts it says no longer, unless it goes on in another network of theirs."""
    on = london_date(at)
    for duty in [] if _goes_on_elsewhere(champion, on) else _given_to(champion):
        end_given_duty(duty.post, duty.designation.code, on=on, by=by, at=at)


def see_leavers(*, at: datetime) -> int:
    """Open the task for every champion whose post or duty has ended, and close it where they are back; how many."""
    return sum(_leavers_of(each, at=at) for each in Partnership.objects.filter(champions__isnull=False).distinct())


@transaction.atomic
def let_return(champion: Champion, *, at: datetime) -> None:
    """Before one who left by the roster is put forward anew: what they left is over, with a hand-over.

    The agreement was for the duty that ended, so the next manager is asked.
    """
    hold(champion)
    found = next(iter(known(champion.partnership, on=london_date(at), people=[champion.person_id])), None)
    if found is None or not found.facts.has_left or found.facts.life.stood_down_on:
        return
    if not Handover.objects.everywhere(reason=WHY).filter(champion=champion, back_at=None).exists():
        _leave(champion, at=at)
    began, ended = found.facts.life, found.facts.duty_ended_on
    if ended and not began.is_empty:
        first_day = max(each for each in (ended + timedelta(days=1), began.nominated_on, began.agreed_on) if each)
        take_turn(champion, Turn.STOOD_DOWN, on=first_day, by=SEER, at=at)


@transaction.atomic
def close_handover(*, handover: Handover, outcome: str, by: Actor, at: datetime) -> None:
    """Say what came of it; 'waiting' keeps it open. NotPossibleNow."""
    closes = outcome in Handover.CLOSED
    rows = Handover.objects.everywhere(reason="by id").filter(pk=handover.pk, back_at=None, closed_on=None)
    said = {"outcome": outcome, "closed_by": str(by), "closed_on": london_date(at) if closes else None}
    if not rows.update(**said):
        raise NotPossibleNow("This has been dealt with already.")
    on_record("handover", handover.champion, by=by, at=at, outcome=outcome)


def _leavers_of(partnership: Partnership, *, at: datetime) -> int:
    """Posts are looked up once for all: asked champion by champion, SQLite takes minutes over 20,000 of them."""
    on = london_date(at)
    champions = Champion.objects.everywhere(reason=WHY).filter(partnership=partnership)
    ever = Duty.objects.everywhere(reason=WHY).filter(designation__code__in=DESIGNATIONS, starts_on__lte=on)
    ever = ever.filter(post__employment__agency__in=members(partnership, on))
    terms = Term.objects.everywhere(reason=WHY).known_now().current_on(on)
    hold = terms.filter(post__in=ever.known_now().current_on(on).values("post")).values("post__employment__person")
    waits = Handover.objects.everywhere(reason=WHY).filter(champion__partnership=partnership, back_at=None)
    back = champions.filter(person__in=hold, pk__in=waits.exclude(why=Handover.Why.STOOD_DOWN).values("champion"))
    Handover.objects.everywhere(reason=WHY).filter(champion__in=back, back_at=None).update(back_at=at)
    gone = champions.filter(person__in=ever.values("post__employment__person")).exclude(person__in=hold)
    if not (people := list(gone.exclude(pk__in=waits.values("champion")).values_list("person", flat=True))):
        return 0
    found = known(partnership, on=on, people=people)
    left = [it.champion for it in found if it.champion and it.facts.has_left and not it.facts.life.stood_down_on]
    for champion in left:
        _leave(champion, at=at)
    return len(left)


@transaction.atomic
def _leave(champion: Champion, *, at: datetime) -> None:
    hold(champion)
    moved = post_of(champion.person, champion.partnership, on=london_date(at)) is not None
    _close(champion, Handover.Why.MOVED if moved else Handover.Why.LEFT, "", by=SEER, at=at)


def _close(champion: Champion, why: str, wish: str, *, by: Actor, at: datetime) -> None:
    """Out of the directory, nothing asked of anybody, and the task of who comes after them (unless `why` is blank)."""
    ChampionProfile.objects.of(champion).update(is_listed=False)
    close_questions(champion, at=at)
    stop_messages_to(champion)
    _answer_all(champion, at=at)
    if not why:
        return
    _, is_new = Handover.objects.everywhere(reason="one at a time").get_or_create(
        champion=champion, back_at=None, defaults={"why": why, "wish": wish, "opened_on": london_date(at)}
    )
    if is_new:
        on_record("handover opened", champion, by=by, at=at, why=why)


def _answer_all(champion: Champion, *, at: datetime) -> None:
    """Whoever waits for an answer gets a plain one."""
    rows = ContactRequest.objects.everywhere(reason="the champion has gone").select_related("sender__user")
    for request in rows.filter(champion=champion, replied_at=None, deleted_at=None):
        request.reply, request.replied_at = ContactRequest.Reply.GONE, at
        request.save(update_fields=["reply", "replied_at"])
        if request.sender.user:
            link = settings.BASE_URL + reverse("champion-request", args=[request.uid])
            body = CLOSED.format(link=link)
            notices.send(to=request.sender.user, kind="request", subject=SUBJECT, body=body, at=at)


def _goes_on_elsewhere(champion: Champion, on: date) -> bool:
    """Whether they are a champion in another network, whose manager agreed to the same duty."""
    rows = ChampionTurn.objects.everywhere(reason="one duty for all of one's networks")
    rows = rows.filter(champion__person=champion.person_id).exclude(champion=champion)
    turned: dict[int, list[tuple[str, date, str]]] = defaultdict(list)
    for other, turn, happened_on, way in rows.values_list("champion", "turn", "happened_on", "way"):
        turned[other].append((turn, happened_on, way))
    return any(life(turns, on).agreed_on for turns in turned.values())


def _given_to(champion: Champion) -> list[Duty]:
    duties = Duty.objects.everywhere(reason="what ends with standing down").known_now()
    duties = duties.filter(post__employment__person=champion.person_id, designation__code__in=DESIGNATIONS)
    return list(duties.select_related("post__employment", "designation").order_by("post__employment__agency", "pk"))
