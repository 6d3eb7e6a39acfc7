"""Meetings as a condition, as a list, and as a plan. Who else comes is told to nobody but the coordinator."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from champions.conditions import Attended
from champions.models import Attendance, ChampionTurn, Meeting
from champions.models.meetings import MeetingQuerySet
from champions.selectors.members import DESIGNATION, DESIGNATIONS, members
from champions.status import Turn
from training.pathways.models import Module, RequirementVersion
from training.pathways.rules import Kind
from training.people.models import Duty, Locality, Partnership, Person, Term
from training.people.models.posts import PersonQuerySet

WHY = "who was at a meeting of the network"
AROUND = timedelta(hours=2)  # wider than any code is good before and after a meeting


@dataclass(frozen=True, slots=True)
class Belongs:
    """From when meetings are asked of a champion, and in which district they work (None: only those for everybody)."""

    since: date
    locality: int | None = None


def attended(partnership: Partnership, people: Mapping[int, Belongs], *, on: date) -> dict[int, Attended]:
    """By person, the meetings that were for them until that day, and the next. Three queries, however many they are."""
    held = Held.of(partnership, people)
    return {person: held.attended(person, belongs, on=on) for person, belongs in people.items()}


@dataclass(frozen=True, slots=True)
class Held:
    """The meetings of a partnership, oldest first, who came, and the districts that they are for."""

    meetings: list[Meeting]
    came: Mapping[int, set[int]]
    places: Mapping[int, set[int]]

    @classmethod
    def of(cls, partnership: Partnership, people: Collection[int]) -> "Held":
        """Three queries."""
        meetings = list(Meeting.objects.of(partnership).taking_place().order_by("starts_at", "pk"))
        return cls(meetings, _came(meetings, people), _districts(meetings))

    def attended(self, person: int, belongs: Belongs, *, on: date) -> Attended:
        """The meetings that were for one person until a day, and the next.

        A meeting counts as missed from the day after it; one of today counts once they came. Cancelled ones count for
        nobody, and a meeting for other districts only for who came.
        """
        theirs = [each for each in self.meetings if _is_for(each, belongs, self.places)]
        return _attended(theirs, self.meetings, self.came.get(person, set()), on)


def _is_for(meeting: Meeting, belongs: Belongs, places: Mapping[int, set[int]]) -> bool:
    where = places.get(meeting.pk)
    return belongs.since <= meeting.held_on and (where is None or belongs.locality in where)


def _attended(theirs: list[Meeting], meetings: list[Meeting], came: set[int], on: date) -> Attended:
    counted = {each.pk for each in theirs if each.held_on < on} | came
    held = tuple((each.held_on, each.pk in came) for each in meetings if each.pk in counted and each.held_on <= on)
    ahead = (each.held_on for each in theirs if each.held_on >= on and each.pk not in came)
    return Attended(held, next(ahead, None))


def _came(meetings: list[Meeting], people: Collection[int]) -> dict[int, set[int]]:
    """By person, the meetings that they came to."""
    rows = Attendance.objects.everywhere(reason=WHY).standing()
    rows = rows.filter(meeting__in=[each.pk for each in meetings], kind=Attendance.Kind.CAME)
    if len(people) < 100:
        rows = rows.filter(champion__person__in=list(people))
    found: dict[int, set[int]] = defaultdict(set)
    for person, meeting in rows.values_list("champion__person_id", "meeting_id"):
        found[person].add(meeting)
    return found


def _districts(meetings: list[Meeting]) -> dict[int, set[int]]:
    """The districts that meetings are for; those for everybody are not in it."""
    links = Meeting.localities.through.objects.filter(meeting__in=[each.pk for each in meetings])
    found = defaultdict(set)
    for meeting, locality in links.values_list("meeting_id", "locality_id"):
        found[meeting].add(locality)
    return dict(found)


def holders(partnership: Partnership, *, on: date, localities: Iterable[int] = ()) -> PersonQuerySet:
    """Those with the duty on a running post in the partnership, or in some districts of it, once somebody agreed.

    Who has stood down since is still among them: where they stand is worked out person by person.
    """
    posts = Term.objects.everywhere(reason="whom a meeting is for").known_now().current_on(on)
    posts = posts.filter(post__employment__agency__in=members(partnership, on))
    duties = Duty.objects.everywhere(reason="whom a meeting is for").known_now().current_on(on)
    posts = posts.filter(post__in=duties.filter(designation__code__in=DESIGNATIONS).values("post"))
    if places := list(localities):
        posts = posts.filter(Q(locality__in=places) | Q(locality__isnull=True, workplace__locality__in=places))
    people = Person.objects.everywhere(reason="whom a meeting is for")
    turns = ChampionTurn.objects.everywhere(reason="whom a meeting is for").filter(champion__partnership=partnership)
    agreed = turns.filter(turn=Turn.AGREED, happened_on__lte=on).values("champion__person")
    return people.filter(pk__in=posts.values("post__employment__person")).filter(pk__in=agreed)


def module_of_meetings(partnership: Partnership, *, on: date) -> Module | None:
    """What coming to a meeting completes: the module that champions are asked to attend so many times."""
    versions = RequirementVersion.objects.known_now().filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on, kind=Kind.ATTENDANCE
    )
    asked = versions.filter(
        requirement__designation__code=DESIGNATION,
        requirement__agency__isnull=True,
        requirement__module__pathway__partnership=partnership,
    )
    rule = asked.select_related("requirement__module").order_by("requirement__module__position", "pk").first()
    return rule.requirement.module if rule else None


@dataclass(frozen=True, slots=True)
class District:
    """How long a district has been without a meeting."""

    title: str
    last_on: date | None
    next_on: date | None

    @property
    def is_waiting(self) -> bool:
        """Whether none is planned."""
        return self.next_on is None


def districts(partnership: Partnership, *, on: date) -> tuple[District, ...]:
    """Every district with its last meeting and its next, those without a plan and longest without one first."""
    meetings = list(Meeting.objects.of(partnership).taking_place().order_by("held_on"))
    places = _districts(meetings)
    rows = []
    for pk, title in Locality.objects.filter(partnership=partnership).values_list("pk", "title"):
        days = [each.held_on for each in meetings if each.pk not in places or pk in places[each.pk]]
        last = max((day for day in days if day < on), default=None)
        rows.append(District(title, last, min((day for day in days if day >= on), default=None)))
    return tuple(sorted(rows, key=lambda row: (not row.is_waiting, row.last_on or date.min, row.title)))


def near_meetings(partnership: Partnership, *, at: datetime) -> MeetingQuerySet:
    """Those whose code may be good now."""
    near = Meeting.objects.of(partnership).taking_place()
    return near.filter(starts_at__lte=at + AROUND, ends_at__gte=at - AROUND)
