"""Hours that a champion can show as professional development: meetings come to, and briefings given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from champions.models import Attendance, CascadeVersion
from training.access.access import Access


@dataclass(frozen=True, slots=True)
class Hour:
    """One line: the day, what it was without a word of the subject, and how long."""

    on: date
    what: str
    minutes: int


def my_hours(access: Access) -> tuple[Hour, ...]:
    """One's own, newest first."""
    if access.person_id is None:
        return ()
    found = [*_meetings(access.person_id), *_briefings(access)]
    return tuple(sorted(found, key=lambda each: each.on, reverse=True))


def _meetings(person: int) -> Iterable[Hour]:
    came = Attendance.objects.everywhere(reason="one's own").standing()
    came = came.filter(champion__person=person, kind=Attendance.Kind.CAME)
    for on, minutes in came.values_list("meeting__held_on", "meeting__minutes"):
        yield Hour(on, "Meeting", minutes)


def _briefings(access: Access) -> Iterable[Hour]:
    given = CascadeVersion.objects.visible_to(access).counted()
    for on, minutes in given.values_list("held_on", "minutes"):
        yield Hour(on, "Briefing given", minutes)
