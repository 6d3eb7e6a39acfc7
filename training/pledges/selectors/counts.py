"""How many agencies of a partnership have committed themselves, for the strategy's indicators."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from training.people.models import Partnership
from training.pledges.held import Held, State
from training.pledges.models import Charter, Kind

from .places import Line, lines

KIND_OF = {"CHARTER_SIGNED": Kind.CHARTER, "POLICY_IN_PLACE": Kind.POLICY, "EXEC_LEAD_NAMED": Kind.LEAD}


@dataclass(frozen=True, slots=True)
class Count:
    """Agencies by code: those that have it, those that told and have it not, and those that told nothing."""

    has: tuple[str, ...] = ()
    has_not: tuple[str, ...] = ()
    unreported: tuple[str, ...] = ()

    @property
    def numerator(self) -> int:
        """How many have it."""
        return len(self.has)

    @property
    def denominator(self) -> int:
        """Of how many that told."""
        return len(self.has) + len(self.has_not)


def counts(partnership: Partnership, *, on: date, known_at: datetime | None = None) -> dict[str, Count]:
    """By code of indicator, of the agencies that are in the partnership on the day.

    Who has not signed has not, as far as the partnership knows: signing is telling it. Of a policy or a lead an
    agency may have told nothing, and is not counted then, either way. Without a charter there is nothing to sign.
    """
    rows = lines(partnership, on=on, known_at=known_at)
    found = {code: _of_kind(rows, kind) for code, kind in KIND_OF.items()}
    charter = Charter.objects.filter(partnership=partnership).first()
    if charter is None or (known_at is not None and charter.named_at > known_at):
        del found["CHARTER_SIGNED"]
    return found


def _of_kind(rows: Iterable[Line], kind: Kind) -> Count:
    """A signature is told by signing, and nobody is silent about it."""
    answers: dict[str, bool | None] = {}
    for line in rows:
        is_silent = kind != Kind.CHARTER and line.of_kind[kind].state == State.NOTHING
        answers[line.agency.code] = None if is_silent else counts_as_held(line.of_kind[kind])
    return _split(answers)


def _split(answers: Mapping[str, bool | None]) -> Count:
    return Count(*(tuple(code for code, said in answers.items() if said is wanted) for wanted in (True, False, None)))


def counts_as_held(found: Held) -> bool:
    """In force; and a policy is for both, staff who are harmed and staff who harm."""
    return found.in_force is not None and (found.in_force.kind != Kind.POLICY or found.in_force.covers_both)
