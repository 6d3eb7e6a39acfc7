"""To whom a coordinator writes at once, and what is filled in for each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from champions.models import Attendance, ChampionStep, GroupMessage, Meeting
from champions.models.group_messages import MOST_AT_ONCE
from champions.selectors.meeting_pages import sheet_people
from champions.selectors.network import WITHHELD, NetworkRow, rows_of
from champions.status import Status
from training.access.access import Access
from training.people.models import Locality, Partnership, Person
from training.people.models.posts import PersonQuerySet

Group = GroupMessage.Group
FIELDS = {"{name}": "their first name", "{ends}": "the day on which something ends next", "{do}": "what to do about it"}
NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Filled:
    """One who is written to, with what they are called on this page and the words as they come to them."""

    row: NetworkRow
    words: str
    shown: str


def group_of(
    access: Access,
    partnership: Partnership,
    group: str,
    *,
    on: date,
    district: Locality | None = None,
    meeting: Meeting | None = None,
) -> list[NetworkRow]:
    """Those of a group whom the coordinator may know as champions; none who keep them away, none who stood down."""
    steps = ChampionStep.objects.visible_to(access).filter(partnership=partnership).current_on(on)
    if group == Group.LAPSING:
        steps = steps.filter(status=Status.LAPSING)
    elif group == Group.AWAITING:
        steps = steps.filter(status=Status.NOMINATED)
    elif group == Group.DISTRICT:
        steps = steps.active().filter(locality=district)
    else:
        absent = _absent(access, meeting) if meeting else Person.objects.everywhere(reason="nobody").none()
        steps = steps.exclude(status=Status.STOOD_DOWN).filter(person__in=absent)
    people = list(steps.order_by("person").values_list("person", flat=True)[: MOST_AT_ONCE + 1])
    rows = rows_of(partnership, people, on=on).values()
    return [
        each for each in rows if each.is_champion and (group != Group.AWAITING or each.known.facts.awaits_agreement)
    ]


def fill(rows: Iterable[NetworkRow], words: str) -> list[Filled]:
    """The words as they come to each. Of whose name is withheld the page shows none."""
    return [Filled(each, _filled(each, words), _filled(each, words, is_shown=True)) for each in rows]


def _filled(row: NetworkRow, words: str, *, is_shown: bool = False) -> str:
    ending: Any = row.known.next_ending
    name = WITHHELD if is_shown and row.known.person.is_protected else row.known.person.first_name
    ends = f"{ending.on.day} {ending.on:%B %Y}" if ending else NOTHING
    return words.replace("{name}", name).replace("{ends}", ends).replace("{do}", ending.do if ending else NOTHING)


def _absent(access: Access, meeting: Meeting) -> PersonQuerySet:
    came = Attendance.objects.everywhere(reason="who did not come").standing()
    came = came.filter(meeting=meeting, kind=Attendance.Kind.CAME)
    return sheet_people(access, meeting).exclude(pk__in=came.values("champion__person")).order_by()
