"""The coordinator's page: champions of every agency and where they stand, gaps by district. No other staff."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from champions.models import Block, Nomination
from champions.selectors.facts import Known, known
from champions.status import Status
from training.access.access import Access
from training.people.models import Locality, Partnership, Person

WITHHELD = "Name withheld"
NOT_YET = "Put forward, not yet on their agency's roster"
ORDER = {
    each: place
    for place, each in enumerate(
        (Status.LAPSED, Status.LAPSING, Status.ACTIVE, Status.IN_TRAINING, Status.NOMINATED, Status.STOOD_DOWN)
    )
}


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """One champion, for the coordinator. Who is not on a roster as champion is not named: they are other staff yet."""

    known: Known

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
    def uid(self) -> str:
        """The person's."""
        return str(self.known.person.uid)


@dataclass(frozen=True, slots=True)
class Network:
    """The network of a partnership on a day. `gaps` counts active champions by district, those with none included."""

    rows: tuple[NetworkRow, ...]
    gaps: tuple[tuple[str, int], ...]

    @property
    def active(self) -> int:
        """Active champions, those who lapse soon included. Community champions are counted apart."""
        return sum(row.known.status.is_active and not row.known.is_community for row in self.rows)

    @property
    def active_community(self) -> int:
        """Active community champions."""
        return sum(row.known.status.is_active and row.known.is_community for row in self.rows)

    @property
    def lapsing(self) -> tuple[NetworkRow, ...]:
        """Those with something that ends soon, the soonest first."""
        soon = [row for row in self.rows if row.known.status == Status.LAPSING]
        return tuple(sorted(soon, key=lambda row: row.known.next_ending.on if row.known.next_ending else date.max))

    @property
    def awaiting(self) -> tuple[NetworkRow, ...]:
        """Those whose manager has not agreed yet."""
        return tuple(row for row in self.rows if row.known.facts.awaits_agreement)


def network(access: Access, partnership: Partnership, *, on: date) -> Network:
    """Everything the coordinator's page shows; champions who keep this one away are in no list and no count."""
    rows = [NetworkRow(each) for each in seen_by(access, known(partnership, on=on))]
    active = Counter(row.known.locality.pk for row in rows if row.known.locality and row.known.status.is_active)
    districts = Locality.objects.filter(partnership=partnership).values_list("pk", "title")
    gaps = sorted(((title, active[pk]) for pk, title in districts), key=lambda it: (it[1], it[0]))
    return Network(tuple(sorted(rows, key=lambda row: ORDER[row.known.status])), tuple(gaps))


def network_row(access: Access, partnership: Partnership, person_uid: UUID, *, on: date) -> NetworkRow | None:
    """One champion of the partnership, or nothing for anybody else."""
    person = Person.objects.everywhere(reason="one champion of the network").filter(uid=person_uid).first()
    if person is None:
        return None
    found = seen_by(access, known(partnership, on=on, people=[person.pk]))
    return next((NetworkRow(each) for each in found), None)


def put_forward(access: Access, partnership: Partnership) -> list[Nomination]:
    """The addresses put forward in the last ninety days, whoever has them or nobody."""
    return list(Nomination.objects.visible_to(access).filter(partnership=partnership))


def seen_by(access: Access, found: Iterable[Known]) -> list[Known]:
    """Without those who keep this one away."""
    blocks = Block.objects.everywhere(reason="whom the one who asks may not see").against(access)
    away = set(blocks.values_list("owner_id", flat=True))
    return [each for each in found if each.person.pk not in away]
