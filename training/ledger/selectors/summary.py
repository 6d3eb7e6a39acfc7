"""Standings counted: who is in a denominator, and who in the numerator."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models.functions import Coalesce

from training.ledger.standing import LEFT_OUT, State

# Of somebody with several records here, the first
PERSON = Coalesce("post__employment__person__same_as", "post__employment__person")


@dataclass(frozen=True, slots=True)
class Tally:
    """Standings counted. `counted` belong in a denominator, `valid` of them in the numerator; `states` counts all."""

    states: dict[State, int]
    counted: int
    valid: int

    def of(self, state: str) -> int:
        """How many stand so."""
        return self.states.get(State(state), 0)


def tally(rows: Iterable[tuple[str, bool, bool, int]]) -> Tally:
    """Rows of (state, is_valid, is_required, how many) added up."""
    states: Counter[State] = Counter()
    counted = valid = 0
    for state, is_valid, is_required, count in rows:
        states[State(state)] += count
        if is_required and state not in LEFT_OUT:
            counted += count
            valid += count if is_valid else 0
    return Tally(dict(states), counted, valid)
