"""What every step in a champion's life rests on: the dated row, its audit, the duty it gives, and a word by mail."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from champions.models import Champion, ChampionTurn, Handover, ManagerQuestion
from champions.selectors.members import COMMUNITY, DESIGNATION
from champions.services.steps import forget_steps_of
from champions.status import Life, life
from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.notices import services as notices
from training.notices.models import Notice
from training.people.duties import GIVEN, give_duty
from training.people.kinds import AgencyKind
from training.people.models import Designation, Employment, Partnership, Person, Post

SUBJECT = "A message for you"
TOLD = """Hello

There is news for you in Training Pathway. Read it here:

{link}

You will be asked to sign in. This mail has no reply.
"""


def champion_row(*, person: Person, partnership: Partnership, at: datetime) -> Champion:
    """A person's place in the network of a partnership, made where there is none yet."""
    rows = Champion.objects.everywhere(reason="one person's place in the network")
    return rows.get_or_create(person=person, partnership=partnership, defaults={"recorded_at": at})[0]


def hold(champion: Champion) -> None:
    """Nobody else writes to this life until the transaction is over. Before any other lock (decision 0014).

    Nor to the same person's in another network: one duty on their post serves all of them.
    """
    rows = Champion.objects.everywhere(reason="one writer at a time").select_for_update(no_key=True)
    list(rows.filter(person=champion.person_id).order_by("pk").values_list("pk"))


def life_of(champion: Champion, on: date) -> Life:
    """What their turns come to on a day, for whoever goes on to write a further one: nobody else does meanwhile."""
    hold(champion)
    return life(ChampionTurn.objects.of(champion).values_list("turn", "happened_on", "way"), on)


def take_turn(
    champion: Champion, turn: str, *, by: Actor, at: datetime, on: date | None = None, **more: Any
) -> ChampionTurn:
    """Write down what happened, on the day of the moment unless told otherwise. `more`: the other columns."""
    happened_on = on or london_date(at)
    taken = ChampionTurn.objects.create(
        champion=champion, turn=turn, happened_on=happened_on, recorded_at=at, recorded_by=str(by), **more
    )
    forget_steps_of([champion.person_id])
    on_record(f"champion {turn.replace('_', ' ')}", champion, by=by, at=at, happened_on=happened_on.isoformat())
    return taken


def begin_duty(champion: Champion, post: Post, *, by: Actor, at: datetime) -> None:
    """From the day on which both have said yes, the network says the duty on the post."""
    on = london_date(at)
    now = life_of(champion, on)
    if now.agreed_on is None or now.awaits_own_yes or now.stood_down_on:
        return
    give_duty(post, designation_for(post).code, on=on, source=f"{GIVEN}{champion.uid}", by=by, at=at)
    Handover.objects.everywhere(reason="they are back").filter(champion=champion, back_at=None).update(back_at=at)


def designation_for(post: Post) -> Designation:
    """The duty that a post takes on; the catalogue brings it, with what it asks."""
    is_community = post.employment.agency.kind == AgencyKind.COMMUNITY
    code, title = (COMMUNITY, "Community champion") if is_community else (DESIGNATION, "Champion")
    reason = f"you are a {title.lower()}"
    return Designation.objects.get_or_create(code=code, defaults={"title": title, "reason": reason})[0]


def on_record(verb: str, champion: Champion, *, by: Actor, at: datetime, **detail: Any) -> None:
    """One row of the audit about a champion."""
    audit.record(
        verb,
        by=by,
        at=at,
        kind="champion",
        uid=champion.uid,
        partnership_code=champion.partnership.code,
        **detail,
    )


def close_questions(champion: Champion, *, at: datetime) -> None:
    """Nobody is asked about them any longer."""
    rows = ManagerQuestion.objects.of(champion).filter(withdrawn_at=None, confirmed_at=None)
    rows.filter(Q(answered_at=None) | Q(needs_confirming=True)).update(withdrawn_at=at)


def tell(person: Person, *, at: datetime, page: str = "", send_after: datetime | None = None) -> Notice | None:
    """A mail that says no more than that there is something to read, to the login or else to the work address."""
    rosters = Employment.objects.everywhere(reason="where to write").filter(person=person).exclude(work_email="")
    to = person.user or rosters.order_by("pk").values_list("work_email", flat=True).first()
    if not to:
        return None
    body = TOLD.format(link=settings.BASE_URL + (page or reverse("my-champion-page")))
    return notices.send(to=to, kind="agreement", subject=SUBJECT, body=body, at=at, send_after=send_after)
