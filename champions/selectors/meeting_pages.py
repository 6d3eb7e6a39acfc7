"""Meetings as a champion sees them, and as the coordinator does. A champion is told of nobody else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q

from champions.models import Attendance, Meeting
from champions.models.blocks import is_withheld
from champions.selectors.facts import Known, known
from champions.selectors.meetings import holders
from champions.selectors.mine import Mine, all_mine
from champions.selectors.network import WITHHELD, withheld
from training.access.access import Access
from training.people.models import Partnership, Person
from training.people.models.posts import PersonQuerySet

WHY = "the attendance sheet of a meeting"
Kind = Attendance.Kind


def memberships(access: Access, *, on: date) -> Iterator[Mine]:
    """One's place in each network that one is of."""
    return (found for found in all_mine(access, on=on) if found.is_member)


def member(access: Access, *, on: date, network: str = "") -> Mine | None:
    """The one of this code, if one is of it; else the first."""
    first = None
    for found in memberships(access, on=on):
        if not network or found.partnership.code == network:
            return found
        first = first or found
    return first


@dataclass(frozen=True, slots=True)
class MyMeeting:
    """A meeting, and what one has said of oneself about it."""

    meeting: Meeting
    said: frozenset[str]
    is_mine: bool

    @property
    def came(self) -> bool:
        """Whether it is on record that one came."""
        return Kind.CAME in self.said

    @property
    def is_coming(self) -> bool:
        """Whether one has said so: then the place and how to join are shown."""
        return bool(self.said & {Kind.COMING, Kind.CAME})

    @property
    def is_sorry(self) -> bool:
        """Whether one has said that one cannot come."""
        return Kind.SORRY in self.said

    @property
    def state(self) -> str:
        """In a word or two."""
        if self.meeting.cancelled_at:
            return "Cancelled"
        if self.came:
            return "You came"
        return {True: "Coming", False: "Cannot come" if self.is_sorry else ""}[self.is_coming]


@dataclass(frozen=True, slots=True)
class MyMeetings:
    """What is to come, those for one's own district first, and what was."""

    ahead: tuple[MyMeeting, ...]
    past: tuple[MyMeeting, ...]


def my_meetings(found: Mine, *, at: datetime) -> MyMeetings:
    """The meetings of one's network: all that are to come, and of the past those one came to or could have."""
    meetings = Meeting.objects.of(found.partnership).prefetch_related("localities")
    rows = _mine_of(found, meetings)
    ahead = [row for row in rows if row.meeting.ends_at >= at and (not row.meeting.cancelled_at or row.is_coming)]
    past = [row for row in reversed(rows) if row.meeting.ends_at < at and (row.came or row.is_mine)]
    began_on = found.known.facts.life.agreed_on or date.min
    past = [row for row in past if row.came or row.meeting.held_on >= began_on]
    past = [row for row in past if not row.meeting.cancelled_at]
    return MyMeetings(tuple(sorted(ahead, key=lambda row: not row.is_mine)), tuple(past))


def my_meeting(found: Mine, uid: UUID) -> MyMeeting | None:
    """One meeting of one's network."""
    meetings = Meeting.objects.of(found.partnership).filter(uid=uid).prefetch_related("localities")
    return next(iter(_mine_of(found, meetings)), None)


def _mine_of(found: Mine, meetings: Iterable[Meeting]) -> list[MyMeeting]:
    own = Attendance.objects.everywhere(reason="one's own").standing()
    said: dict[int, set[str]] = {}
    for meeting, kind in own.filter(champion=found.known.champion).values_list("meeting_id", "kind"):
        said.setdefault(meeting, set()).add(kind)
    return [MyMeeting(each, frozenset(said.get(each.pk, ())), _is_for(each, found)) for each in meetings]


def _is_for(meeting: Meeting, found: Mine) -> bool:
    places = meeting.localities.all()
    return not places or found.known.locality in places


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One champion on the sheet, for the coordinator."""

    known: Known
    is_withheld: bool
    rows: dict[str, Attendance] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name, where it may be read."""
        return WITHHELD if self.is_withheld else self.known.person.name

    @property
    def uid(self) -> str:
        """The person's."""
        return str(self.known.person.uid)

    @property
    def came(self) -> Attendance | None:
        """That they came."""
        return self.rows.get(Kind.CAME)

    @property
    def said(self) -> str:
        """What they said before."""
        answer = self.rows.get(Kind.COMING) or self.rows.get(Kind.SORRY)
        return answer.get_kind_display() if answer else ""


def sheet_people(access: Access, meeting: Meeting, *, name: str = "", answered: bool = False) -> PersonQuerySet:
    """Whom the sheet of a meeting lists: whom it was for and who came anyway. Who is not named is found by no name."""
    places = [each.pk for each in meeting.localities.all()]
    said = Attendance.objects.visible_to(access).standing().filter(meeting=meeting).values("champion__person")
    people = Person.objects.everywhere(reason=WHY)
    if answered:
        found = people.filter(pk__in=said)
    else:
        asked = holders(meeting.partnership, on=meeting.held_on, localities=places).values("pk")
        found = people.filter(Q(pk__in=asked) | Q(pk__in=said))
    unnamed = ExpressionWrapper(is_withheld(access), output_field=BooleanField())
    found = found.annotate(is_withheld=unnamed)
    for word in name.replace("\0", " ").split():
        named = Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(preferred_name__icontains=word)
        found = found.filter(named, is_withheld=False)
    return found.order_by("is_withheld", "last_name", "first_name", "pk")


def sheet_rows(access: Access, meeting: Meeting, people: Iterable[Person], *, on: date) -> tuple[SheetRow, ...]:
    """The lines of the sheet for these people, in their order. Whoever is no champion and was not there is left out."""
    order = [each.pk for each in people]
    said: dict[int, dict[str, Attendance]] = {}
    rows = Attendance.objects.everywhere(reason=WHY).standing().filter(meeting=meeting, champion__person__in=order)
    for row in rows.select_related("champion"):
        said.setdefault(row.champion.person_id, {})[row.kind] = row
    found = {each.person.pk: each for each in known(meeting.partnership, on=on, people=order)}
    unnamed = withheld(access, order)
    return tuple(
        SheetRow(found[pk], pk in unnamed, said.get(pk, {}))
        for pk in order
        if pk in found and (pk in said or found[pk].status.is_agreed)
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """How many have said what."""

    coming: int
    sorry: int
    came: int


def counts(meeting: Meeting) -> Counts:
    """For the coordinator."""
    rows = Attendance.objects.everywhere(reason="how many come").standing().filter(meeting=meeting)
    kinds = list(rows.values_list("kind", flat=True))
    return Counts(*(kinds.count(kind) for kind in (Kind.COMING, Kind.SORRY, Kind.CAME)))


def meetings_of(partnership: Partnership, *, at: datetime) -> tuple[list[Meeting], list[Meeting]]:
    """Those to come, the next first, and those that were, the last first."""
    meetings = list(Meeting.objects.of(partnership).prefetch_related("localities"))
    ahead = [each for each in meetings if each.ends_at >= at]
    return ahead, [each for each in reversed(meetings) if each.ends_at < at]
