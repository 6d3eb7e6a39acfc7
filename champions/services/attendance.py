"""Who comes to a meeting, and who came: said by themselves, by a code, or by the coordinator. Never erased."""

from contextlib import suppress
from datetime import datetime

from django.db import IntegrityError, transaction

from champions.errors import AlreadySaid, CodeDoesNotWork, MeetingIsFull, MeetingIsOver
from champions.models import Attendance, AttendanceQuerySet, Champion, Meeting
from champions.selectors.meetings import near_meetings
from champions.services.steps import forget_steps_of
from training.access.actor import Actor
from training.access.clock import london_date
from training.audit import services as audit
from training.ledger import services as ledger
from training.ledger.models import Completion, Method

BEFORE = (Attendance.Kind.COMING, Attendance.Kind.SORRY)
WRONG = (
    "This code does not work now. Check it against the screen. "
    "If the meeting is over, tell your coordinator, who can note that you came."
)
MISTAKE = "Taken back: noted by mistake"


@transaction.atomic
def answer(*, meeting: Meeting, champion: Champion, kind: str, by: Actor, at: datetime) -> None:
    """Say that one comes, or cannot. The later word stands, and the earlier is kept. MeetingIsFull, MeetingIsOver."""
    meeting = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    if meeting.cancelled_at or meeting.has_begun(at):
        raise MeetingIsOver("This meeting has begun or was cancelled.")
    rows = _rows().standing().filter(meeting=meeting, kind__in=BEFORE)
    own = rows.filter(champion=champion).first()
    if own and own.kind == kind:
        return
    if kind == Attendance.Kind.COMING and _is_full(meeting):
        raise MeetingIsFull("There is no place left at this meeting. You can look again later.")
    if own:
        _void(own, by=by, at=at)
    _add(meeting, champion, Attendance.Kind(kind), by=by, at=at)


@transaction.atomic
def come_by_code(*, champion: Champion, typed: str, by: Actor, at: datetime) -> Meeting:
    """Be at the meeting whose code this is. CodeDoesNotWork for every other; typed twice, it counts once."""
    near = near_meetings(champion.partnership, at=at)
    meeting = next((each for each in near if each.opening.lets_in(typed, each.code, at=at)), None)
    if meeting is None:
        raise CodeDoesNotWork(WRONG)
    note_came(meeting=meeting, champion=champion, by=by, at=at)
    return meeting


@transaction.atomic
def note_came(*, meeting: Meeting, champion: Champion, by: Actor, at: datetime) -> None:
    """Note that somebody came. Where the pathway asks for meetings, this completes one. Once, however often said."""
    if meeting.cancelled_at or at < meeting.opening.opens_at:
        raise MeetingIsOver("Nobody can have come yet: the meeting has not begun, or was cancelled.")
    try:
        with transaction.atomic():
            row = _add(meeting, champion, Attendance.Kind.CAME, by=by, at=at)
    except IntegrityError:  # noted before, or at the same moment
        return
    forget_steps_of([champion.person_id])
    if meeting.module:
        ledger.record_completion(
            ledger.NewCompletion(
                person=champion.person,
                module=meeting.module,
                completed_on=min(meeting.held_on, london_date(at)),
                method=Method.EVENT,
                idempotency_key=_key(row),
                source=f"meeting:{meeting.uid}",
                minutes=meeting.minutes,
            ),
            by=by,
            at=at,
        )


@transaction.atomic
def take_back(*, attendance: Attendance, by: Actor, at: datetime) -> None:
    """Say that it was noted by mistake: both dates stay, and what it completed is voided. AlreadySaid."""
    if not _void(attendance, by=by, at=at):
        raise AlreadySaid("This has been taken back already.")
    forget_steps_of([attendance.champion.person_id])
    completions = Completion.objects.everywhere(reason="what an attendance completed")
    if completion := completions.filter(idempotency_key=_key(attendance)).first():
        with suppress(ledger.AlreadyVoided):  # by hand, before
            ledger.void_completion(completion, reason=MISTAKE, by=by, at=at)


def _key(attendance: Attendance) -> str:
    return f"meeting:{attendance.uid}"


def _is_full(meeting: Meeting) -> bool:
    coming = _rows().standing().filter(meeting=meeting, kind=Attendance.Kind.COMING)
    return meeting.capacity is not None and coming.count() >= meeting.capacity


def _rows() -> AttendanceQuerySet:
    return Attendance.objects.everywhere(reason="who comes to a meeting")


def _add(meeting: Meeting, champion: Champion, kind: Attendance.Kind, *, by: Actor, at: datetime) -> Attendance:
    row = Attendance.objects.create(meeting=meeting, champion=champion, kind=kind, recorded_at=at, recorded_by=str(by))
    _on_record(f"meeting {kind.value}", row, by=by, at=at)
    return row


def _void(row: Attendance, *, by: Actor, at: datetime) -> int:
    done = _rows().standing().filter(pk=row.pk).update(voided_at=at, voided_by=str(by))
    if done:
        _on_record(f"meeting {row.kind} taken back", row, by=by, at=at)
    return int(done)


def _on_record(verb: str, row: Attendance, *, by: Actor, at: datetime) -> None:
    audit.record(verb, by=by, at=at, kind="attendance", uid=row.uid)
