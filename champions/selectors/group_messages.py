"""To whom a coordinator writes at once, and what is filled in for each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from champions.models import Attendance, ChampionStep, GroupMessage, Meeting
from champions.selectors.desk import Desk, Wanted
from champions.selectors.meeting_pages import sheet_people
from champions.selectors.network import WITHHELD, NetworkRow, rows_of
from champions.status import Status
from training.access.access import Access
from training.access.clock import london_date
from training.people.models import Locality, Partnership, Person
from training.people.models.posts import PersonQuerySet

Group = GroupMessage.Group
OF_AN_ENDING = ("{ends}", "{do}")
FIELDS = {"{name}": "their first name", "{ends}": "the day on which something ends next", "{do}": "what to do about it"}
WHY = "whom a coordinator writes to"
COUNTED_ONE_BY_ONE = 500


@dataclass(frozen=True, slots=True)
class Chosen:
    """A group, and which district or meeting is meant."""

    group: str
    district: Locality | None = None
    meeting: Meeting | None = None


@dataclass(frozen=True, slots=True)
class Addressees:
    """A group of champions of a partnership, as one coordinator may know it on a day."""

    access: Access
    partnership: Partnership
    chosen: Chosen
    at: datetime

    @property
    def on(self) -> date:
        """The day of the moment."""
        return london_date(self.at)

    def people(self) -> PersonQuerySet:
        """Whom the group names by where they stand, at most a minute old."""
        steps = ChampionStep.objects.visible_to(self.access).filter(partnership=self.partnership).current_on(self.on)
        if self.chosen.group == Group.AWAITING:
            desk = Desk(self.access, self.partnership, self.on, self.at)
            return desk.people(Wanted(status=Status.NOMINATED)).order_by("pk")
        if self.chosen.group == Group.LAPSING:
            steps = steps.filter(status=Status.LAPSING)
        elif self.chosen.group == Group.DISTRICT:
            district = self.chosen.district
            steps = steps.active().filter(locality=district) if district else steps.none()
        else:
            steps = steps.exclude(status=Status.STOOD_DOWN).filter(person__in=self._absent())
        return Person.objects.everywhere(reason=WHY).filter(pk__in=steps.order_by().values("person")).order_by("pk")

    def rows(self, people: Collection[int]) -> list[NetworkRow]:
        """Those of these people who are of the group by the facts of this moment, in their order."""
        rows = rows_of(self.access, self.partnership, people, on=self.on)
        return [rows[pk] for pk in people if pk in rows and self._has(rows[pk])]

    def count(self) -> int:
        """How many there are: by the facts of up to five hundred, beyond that by where they stand."""
        first = list(self.people().values_list("pk", flat=True)[:COUNTED_ONE_BY_ONE])
        more = self.people().count() - len(first) if len(first) == COUNTED_ONE_BY_ONE else 0
        return len(self.rows(first)) + more

    def samples(self, words: str, most: int) -> list[str]:
        """The words as they come to the first of them. Of whose name is withheld the page shows none."""
        first = list(self.people().values_list("pk", flat=True)[: most * 10])
        return [filled(row, words, is_shown=True) for row in self.rows(first)[:most]]

    def _has(self, row: NetworkRow) -> bool:
        status = row.known.status
        holds = {
            Group.LAPSING: status == Status.LAPSING,
            Group.AWAITING: status == Status.NOMINATED and row.known.facts.awaits_agreement,
            Group.DISTRICT: status.is_active,
            Group.ABSENT: status != Status.STOOD_DOWN,
        }
        return row.is_champion and holds[Group(self.chosen.group)]

    def _absent(self) -> PersonQuerySet:
        if self.chosen.meeting is None:
            return Person.objects.everywhere(reason="nobody").none()
        came = Attendance.objects.everywhere(reason="who did not come").standing()
        came = came.filter(meeting=self.chosen.meeting, kind=Attendance.Kind.CAME)
        asked = sheet_people(self.access, self.chosen.meeting)
        return asked.exclude(pk__in=came.values("champion__person")).order_by()


def filled(row: NetworkRow, words: str, *, is_shown: bool = False) -> str:
    """The words as they come to one. What ends is filled in for those alone of whom something does."""
    name = WITHHELD if is_shown and row.is_withheld else row.known.person.first_name
    if ending := row.known.next_ending:
        words = words.replace("{ends}", f"{ending.on.day} {ending.on:%B %Y}").replace("{do}", ending.do)
    return words.replace("{name}", name)
