"""How somebody is named to their agency's HR: name and employee reference together, or neither."""

from dataclasses import dataclass

from training.ledger.selectors.table import WITHHELD
from training.people.models import Person


@dataclass(frozen=True, slots=True)
class Shown:
    """A name, and the reference that stands with it."""

    name: str
    reference: str


def shown(person: Person | None, reference: str) -> Shown:
    """For the person's own HR; where they wish it both are withheld, for a reference alone tells who it is."""
    if person is None:
        return Shown("Not on the roster", reference)
    return Shown(WITHHELD, "") if person.is_protected else Shown(person.name, reference)
