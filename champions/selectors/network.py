"""Champions as their coordinator sees them: of every agency, and where they stand. No other staff."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from champions.conditions import words
from champions.models import Block, LapseNotice, Nomination
from champions.selectors.facts import Known, known
from champions.status import Status
from training.access.access import Access
from training.access.clock import london_date
from training.people.models import Partnership, Person

WITHHELD = "Name withheld"
NOT_YET = "Put forward, not yet on their agency's roster"


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """One champion, for the coordinator. Who is not on a roster as champion is not named: they are other staff yet."""

    known: Known
    told_on: date | None = None

    @property
    def name(self) -> str:
        """The name, where it may be read."""
        if self.known.person.is_protected:
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
        """When they hear of it: the coordinator need not write as well."""
        return f"By mail on {words(self.told_on)}." if self.told_on else ""

    @property
    def uid(self) -> str:
        """The person's."""
        return str(self.known.person.uid)


def rows_of(partnership: Partnership, people: Collection[int], *, on: date) -> dict[int, NetworkRow]:
    """The lines of these people, by person. A fixed number of queries; the caller knows that they may be seen."""
    found = known(partnership, on=on, people=people) if people else ()
    told = _told_on(partnership, people) if people else {}
    return {each.person.pk: NetworkRow(each, told.get(each.person.pk)) for each in found}


def network_row(access: Access, partnership: Partnership, person_uid: UUID, *, on: date) -> NetworkRow | None:
    """One champion of the partnership, or nothing for anybody else."""
    person = Person.objects.everywhere(reason="one champion of the network").filter(uid=person_uid).first()
    if person is None:
        return None
    found = seen_by(access, known(partnership, on=on, people=[person.pk]))
    told = _told_on(partnership, [person.pk])
    return next((NetworkRow(each, told.get(person.pk)) for each in found), None)


def put_forward(access: Access, partnership: Partnership) -> list[Nomination]:
    """The addresses put forward in the last ninety days, whoever has them or nobody."""
    return list(Nomination.objects.visible_to(access).filter(partnership=partnership))


def seen_by(access: Access, found: Iterable[Known]) -> list[Known]:
    """Without those who keep this one away."""
    blocks = Block.objects.everywhere(reason="whom the one who asks may not see").against(access)
    away = set(blocks.values_list("owner_id", flat=True))
    return [each for each in found if each.person.pk not in away]


def _told_on(partnership: Partnership, people: Collection[int]) -> dict[int, date]:
    """From which day they hear that they lapse, by person."""
    rows = LapseNotice.objects.everywhere(reason="the coordinator's own partnership")
    rows = rows.filter(champion__partnership=partnership, champion__person__in=people, told_from__isnull=False)
    return {person: london_date(at) for person, at in rows.values_list("champion__person", "told_from") if at}


def _since(day: date | None) -> str:
    return f"Since {words(day)}" if day else ""
