"""Meetings of Severnshire's network, held and planned, and briefings that its champions gave."""

import random
from datetime import date, datetime, time, timedelta

from champions.models import Attendance, BriefingPack, Champion, Meeting
from champions.services.attendance import answer, note_came
from champions.services.briefings import Briefing, give_card, log_briefing
from champions.services.meetings import Plan, plan_meeting
from training.access.actor import Actor
from training.access.clock import LONDON
from training.people.models import Locality, Partnership, Term

from .history import ACTIVE_CHAMPIONS, MEETINGS_AGO, REASON, SEED

AGENDA = """Welcome, and what has changed since last time

A talk by one of the services of the partnership

One story from practice in which nobody can be recognised

What each of us will pass on, and to whom"""
JOINING = "Ask for the meeting room at the front desk. There is level access and a quiet room next door."
TITLES = ("Autumn meeting", "Summer meeting", "Spring meeting", "Winter meeting")
BRIEFED = 9


def build_gatherings(partnership: Partnership, *, by: Actor, at: datetime, on: date) -> None:
    """Four meetings behind, two ahead, and nine briefings with feedback cards."""
    chance = random.Random(SEED)  # noqa: S311 - invented data, not a secret
    champions = list(Champion.objects.everywhere(reason=REASON).filter(partnership=partnership).order_by("pk"))
    for title, ago in zip(TITLES, MEETINGS_AGO, strict=True):
        meeting = _plan(partnership, title, on - timedelta(days=ago), by=by, at=at)
        for champion in champions[:ACTIVE_CHAMPIONS]:
            note_came(meeting=meeting, champion=champion, by=by, at=min(meeting.ends_at, at))
    winter = _plan(partnership, "Winter meeting", on + timedelta(days=17), by=by, at=at)
    for place, champion in enumerate(champions[:12]):
        kind = Attendance.Kind.SORRY if place % 4 == 3 else Attendance.Kind.COMING
        answer(meeting=winter, champion=champion, kind=kind, by=by, at=at)
    wynfold = Locality.objects.filter(partnership=partnership, title="Wynfold")
    _plan(partnership, "Wynfold get-together", on + timedelta(days=45), by=by, at=at, localities=tuple(wynfold))
    Meeting.objects.update(told_up_to=None)  # the demo's people have read their mail
    for champion in champions[: 3 * BRIEFED : 3]:
        _briefing(champion, chance, by=by, at=at, on=on)


def _plan(
    partnership: Partnership,
    title: str,
    day: date,
    *,
    by: Actor,
    at: datetime,
    localities: tuple[Locality, ...] = (),
) -> Meeting:
    starts_at = datetime.combine(day, time(14), LONDON)
    plan = Plan(
        title=title,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=150),
        agenda=AGENDA,
        minutes=150,
        place="Marlbridge Town Hall, meeting room 2",
        joining=JOINING,
        localities=localities,
    )
    return plan_meeting(partnership=partnership, plan=plan, by=by, at=min(at, starts_at - timedelta(days=40)))


def _briefing(champion: Champion, chance: random.Random, *, by: Actor, at: datetime, on: date) -> None:
    """One briefing at the champion's own agency, and some cards."""
    terms = Term.objects.everywhere(reason=REASON).known_now().current_on(on)
    own = terms.filter(post__employment__person=champion.person).select_related("post__employment__agency", "workplace")
    term = own.order_by("pk")[0]
    agency = term.post.employment.agency
    people = chance.randint(4, 24)
    said = Briefing(
        pack=chance.choice(list(BriefingPack.objects.order_by("slug"))),
        agency=agency,
        people=people,
        held_on=on - timedelta(days=chance.randint(0, 12)),
        minutes=30,
        team=term.team,
        locality=term.locality or (term.workplace.locality if term.workplace else None),
        where="" if term.team else "The whole office",
    )
    cascade = log_briefing(champion=champion, briefing=said, by=by, at=at)
    for _ in range(people * 2 // 3):
        useful, knows_next = chance.choice((3, 4, 4, 5, 5)), chance.choice((2, 3, 4, 5))
        give_card(typed=cascade.code, useful=useful, knows_next=knows_next, at=at)
