"""Planning meetings of the network, changing and cancelling them, and writing to those whom they are for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from champions.codes import new_code
from champions.errors import MeetingIsOver
from champions.models import Attendance, AttendanceQuerySet, Meeting
from champions.selectors.facts import known
from champions.selectors.meetings import holders, module_of_meetings
from champions.services.steps import forget_steps_in
from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.notices import services as notices
from training.people.models import Employment, Locality, Partnership, Person

SUBJECT = "A message for you"
TOLD_A_TICK = 200
REMINDED_BEFORE = timedelta(days=1)
KIND = "meeting"
PLANNED = """Hello

A meeting is planned for {when}. Say whether you can come:

{link}

You will be asked to sign in. This mail has no reply.
"""
REMINDER = """Hello

You said that you will come to a meeting on {when}. The details are here:

{link}

You will be asked to sign in. This mail has no reply.
"""
CANCELLED = """Hello

The meeting on {when} will not take place.

{link}

This mail has no reply.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A meeting as a coordinator plans it. No localities: for everybody."""

    title: str
    starts_at: datetime
    ends_at: datetime
    agenda: str
    minutes: int
    place: str = ""
    joining: str = ""
    localities: tuple[Locality, ...] = ()
    capacity: int | None = None

    def fields(self) -> dict[str, object]:
        """The columns of the table."""
        names = ("title", "starts_at", "ends_at", "agenda", "minutes", "place", "joining", "capacity")
        return {name: getattr(self, name) for name in names} | {"held_on": london_date(self.starts_at)}


@transaction.atomic
def plan_meeting(*, partnership: Partnership, plan: Plan, by: Actor, at: datetime) -> Meeting:
    """Plan a meeting. The worker writes to those whom it is for."""
    if plan.starts_at <= at:
        raise MeetingIsOver("A meeting is planned before it begins. Choose a later day or time.")
    meeting = Meeting.objects.create(
        partnership=partnership,
        module=module_of_meetings(partnership, on=london_date(plan.starts_at)),
        recorded_at=at,
        recorded_by=str(by),
        **plan.fields(),
    )
    meeting.localities.set(plan.localities)
    forget_steps_in(partnership)
    _on_record("meeting planned", meeting, by=by, at=at, held_on=meeting.held_on.isoformat())
    return meeting


@transaction.atomic
def change_meeting(*, meeting: Meeting, plan: Plan, by: Actor, at: datetime) -> None:
    """Change what is planned, until it begins. Those who come are written to where day or time is another."""
    if meeting.cancelled_at or meeting.has_begun(at) or plan.starts_at <= at:
        raise MeetingIsOver("A meeting that has begun or was cancelled cannot be changed.")
    is_moved = (meeting.starts_at, meeting.ends_at) != (plan.starts_at, plan.ends_at)
    for name, value in plan.fields().items():
        setattr(meeting, name, value)
    meeting.save()
    meeting.localities.set(plan.localities)
    if is_moved:
        _coming(meeting).update(reminded_at=None)
        _tell(meeting, _still_here(meeting, _coming(meeting), at), PLANNED, at=at)
    forget_steps_in(meeting.partnership)
    _on_record("meeting changed", meeting, by=by, at=at, held_on=meeting.held_on.isoformat())


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, by: Actor, at: datetime) -> None:
    """It will not take place: those who said that they come are told, and nobody is reminded. Done twice, it is one."""
    is_on = Meeting.objects.filter(pk=meeting.pk).taking_place()
    if meeting.has_begun(at):
        raise MeetingIsOver("A meeting that has begun cannot be cancelled.")
    if not is_on.update(cancelled_at=at, cancelled_by=str(by), told_up_to=None):
        return
    _tell(meeting, _still_here(meeting, _coming(meeting), at), CANCELLED, at=at)
    for guest in meeting.guests.filter(withdrawn_at__isnull=True).exclude(address=""):
        body = CANCELLED.format(when=_when(meeting), link="")
        notices.send(to=guest.address, kind=KIND, subject=SUBJECT, body=body, at=at)
    forget_steps_in(meeting.partnership)
    _on_record("meeting cancelled", meeting, by=by, at=at)


@transaction.atomic
def change_code(*, meeting: Meeting, by: Actor, at: datetime) -> None:
    """Another code, for when the first has left the room."""
    Meeting.objects.filter(pk=meeting.pk).update(code=new_code())
    _on_record("meeting code changed", meeting, by=by, at=at)


def tell_of_meetings(*, at: datetime) -> int:
    """Write to those whom a planned meeting is for, some hundreds a time; how many."""
    told = 0
    for meeting in Meeting.objects.taking_place().filter(told_up_to__isnull=False).select_related("partnership"):
        told += _tell_some(meeting, at=at)
        if told >= TOLD_A_TICK:
            break
    return told


def remind_of_meetings(*, at: datetime) -> int:
    """Remind those who come, the day before, once; how many. Who has changed their mind, or has gone, is not."""
    near = (
        Meeting.objects.taking_place()
        .filter(starts_at__gt=at, starts_at__lte=at + REMINDED_BEFORE)
        .select_related("partnership")
    )
    return sum(_remind(meeting, at=at) for meeting in near)


@transaction.atomic
def _tell_some(meeting: Meeting, *, at: datetime) -> int:
    """The next of them, by id; the meeting keeps whom it has come to."""
    held = Meeting.objects.select_for_update(no_key=True).filter(pk=meeting.pk, told_up_to=meeting.told_up_to)
    if not held.exists():
        return 0
    on = london_date(at)
    people: list[Person] = []
    if not meeting.has_begun(at):
        places = meeting.localities.values_list("pk", flat=True)
        asked = holders(meeting.partnership, on=on, localities=places).filter(pk__gt=meeting.told_up_to)
        people = list(asked.select_related("user").order_by("pk")[:TOLD_A_TICK])
        there = _champions_of(meeting.partnership, people, on)
        _tell(meeting, [each for each in people if each.pk in there], PLANNED, at=at)
    held.update(told_up_to=people[-1].pk if len(people) == TOLD_A_TICK else None)
    return len(people)


def _champions_of(partnership: Partnership, people: list[Person], on: date) -> set[int]:
    if not people:
        return set()
    found = known(partnership, on=on, people=[each.pk for each in people])
    return {each.person.pk for each in found if each.status.is_agreed}


@transaction.atomic
def _remind(meeting: Meeting, *, at: datetime) -> int:
    rows = list(_coming(meeting).filter(reminded_at__isnull=True)[:TOLD_A_TICK])
    reminded = _still_here(meeting, [row for row in rows if _mark(row, at)], at)
    _tell(meeting, reminded, REMINDER, at=at, useless_after=meeting.starts_at)
    return len(reminded)


def _mark(row: Attendance, at: datetime) -> int:
    """Whether this call is the one that reminds."""
    same = Attendance.objects.everywhere(reason="reminders").filter(pk=row.pk, reminded_at__isnull=True)
    return same.update(reminded_at=at)


def _still_here(meeting: Meeting, rows: Iterable[Attendance], at: datetime) -> list[Person]:
    """Whose they are, without those who have left the network since."""
    people = [row.champion.person for row in rows]
    there = _champions_of(meeting.partnership, people, london_date(at))
    return [each for each in people if each.pk in there]


def _coming(meeting: Meeting) -> AttendanceQuerySet:
    rows = Attendance.objects.everywhere(reason="whom to write to about a meeting").standing()
    return rows.filter(meeting=meeting, kind=Attendance.Kind.COMING).select_related("champion__person__user")


def _tell(
    meeting: Meeting, people: Iterable[Person], body: str, *, at: datetime, useless_after: datetime | None = None
) -> None:
    """A neutral mail with a link, to the login or else to the work address."""
    people = list(people)
    if not people:
        return
    rosters = Employment.objects.everywhere(reason="where to write").filter(person__in=people).exclude(work_email="")
    addresses = dict(rosters.order_by("-pk").values_list("person_id", "work_email"))
    link = settings.BASE_URL + reverse("meeting", args=[meeting.uid])
    text = body.format(when=_when(meeting), link=link)
    for person in people:
        if to := person.user or addresses.get(person.pk):
            notices.send(to=to, kind=KIND, subject=SUBJECT, body=text, at=at, useless_after=useless_after)


def _when(meeting: Meeting) -> str:
    return f"{meeting.held_on.day} {meeting.held_on:%B %Y}"


def _on_record(verb: str, meeting: Meeting, *, by: Actor, at: datetime, **detail: str) -> None:
    code = meeting.partnership.code
    audit.record(verb, by=by, at=at, kind="meeting", uid=meeting.uid, partnership_code=code, **detail)
