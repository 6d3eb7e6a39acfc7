"""Champions as their coordinator sees them: of every agency, and where they stand. No other staff."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from champions.conditions import words
from champions.models import LapseNotice, Nomination
from champions.models.blocks import is_withheld
from champions.selectors.facts import Known, known
from champions.status import Status
from training.access.access import Access
from training.access.clock import london_date
from training.people.models import Partnership, Person

WITHHELD = "Name withheld"
NOT_YET = "Put forward, not yet on their agency's roster"


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """One champion, for the coordinator. Who is not on a roster as champion is not named: they are other staff yet.

    `is_withheld`: their record is protected, or they keep the coordinator away; the two read alike.
    """

    known: Known
    is_withheld: bool
    told_on: date | None = None

    @property
    def name(self) -> str:
        """The name, where it may be read."""
        if self.is_withheld:
            return WITHHELD
        return self.known.person.name if self.is_champion else NOT_YET

    @property
    def is_champion(self) -> bool:
        """Whether a roster names them as champion, today or once, or they said themselves that they would be one."""
        facts = self.known.facts
        return facts.has_duty or facts.has_left or (facts.life.is_own and facts.life.stood_down_on is None)

    @property
    def news(self) -> str:
        """What they wait for, or what ends, in a line."""
        facts, status = self.known.facts, self.known.status
        if status == Status.STOOD_DOWN:
            return _since(facts.life.stood_down_on or facts.duty_ended_on)
        if facts.life.awaits_own_yes:
            return "Their own yes"
        if facts.awaits_agreement:
            return "Their manager's yes"
        if facts.missing:
            return f"Training still to do: {', '.join(facts.missing)}"
        ending = next(iter(self.known.lapsed), self.known.next_ending)
        return f"{ending.what[0].upper()}{ending.what[1:]}: {words(ending.on)}" if ending else ""

    @property
    def to_do(self) -> str:
        """What they are told to do about it, on their own page."""
        ending = next(iter(self.known.lapsed), self.known.next_ending)
        return ending.do if ending and self.known.status.is_agreed and not self.known.facts.missing else ""

    @property
    def told(self) -> str:
        """When they hear of it: the coordinator need not write as well. Nobody with a protected record does."""
        return f"By mail on {words(self.told_on)}." if self.told_on and not self.is_withheld else ""

    @property
    def uid(self) -> str:
        """The person's."""
        return str(self.known.person.uid)


def rows_of(access: Access, partnership: Partnership, people: Collection[int], *, on: date) -> dict[int, NetworkRow]:
    """The lines of these people as this coordinator reads them, by person. A fixed number of queries."""
    if not people:
        return {}
    told, unnamed = _told_on(partnership, people), withheld(access, people)
    found = known(partnership, on=on, people=people)
    return {it.person.pk: NetworkRow(it, it.person.pk in unnamed, told.get(it.person.pk)) for it in found}


def network_row(access: Access, partnership: Partnership, person_uid: UUID, *, on: date) -> NetworkRow | None:
    """One champion of the partnership, or nothing for anybody else."""
    person = Person.objects.everywhere(reason="one champion of the network").filter(uid=person_uid).first()
    if person is None:
        return None
    return rows_of(access, partnership, [person.pk], on=on).get(person.pk)


def put_forward(access: Access, partnership: Partnership) -> list[Nomination]:
    """The addresses put forward in the last ninety days, whoever has them or nobody."""
    return list(Nomination.objects.visible_to(access).filter(partnership=partnership))


def withheld(access: Access, people: Collection[int]) -> frozenset[int]:
    """Those of these people whose name this one does not read."""
    found = Person.objects.everywhere(reason="whose names are withheld").filter(is_withheld(access), pk__in=people)
    return frozenset(found.order_by().values_list("pk", flat=True))


def _told_on(partnership: Partnership, people: Collection[int]) -> dict[int, date]:
    """From which day they hear that they lapse, by person."""
    rows = LapseNotice.objects.everywhere(reason="the coordinator's own partnership")
    rows = rows.filter(champion__partnership=partnership, champion__person__in=people, told_from__isnull=False)
    return {person: london_date(at) for person, at in rows.values_list("champion__person", "told_from") if at}


def _since(day: date | None) -> str:
    return f"Since {words(day)}" if day else ""
