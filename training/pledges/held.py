"""What an agency holds of one kind on a day: one word for it, from all its pledges of that kind. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .models import REVIEW_IS_NEAR, Pledge


class State(StrEnum):
    """Where an agency stands with one kind of pledge."""

    IN_PLACE = "In place"
    DUE = "Review due soon"
    WAITING = "Waiting to be confirmed"
    LAPSED = "Review is over"
    WITHDRAWN = "Withdrawn"
    NONE = "Has none yet"
    NOTHING = "Nothing reported"

    @property
    def colour(self) -> str:
        """Of its tag on pages."""
        return {"In place": "green", "Review due soon": "yellow", "Waiting to be confirmed": "blue"}.get(self, "grey")


MISSING = frozenset({State.WAITING, State.LAPSED, State.WITHDRAWN, State.NONE, State.NOTHING})


@dataclass(frozen=True, slots=True)
class Held:
    """The state, the pledge that it is about, and one that waits to be confirmed, if there is one."""

    state: State
    pledge: Pledge | None = None
    waiting: Pledge | None = None

    @property
    def in_force(self) -> Pledge | None:
        """The pledge that holds."""
        return self.pledge if self.state in (State.IN_PLACE, State.DUE) else None


def held(pledges: Iterable[Pledge], *, on: date) -> Held:
    """Of pledges of one agency and kind. The last to be made counts, and one in force before any that is not."""
    made = [each for each in pledges if each.made_on <= on and not each.was_never_true]
    made.sort(key=lambda each: (each.made_on, each.pk))
    open_ones = [each for each in made if not each.is_confirmed and not each.is_none and not each.is_withdrawn(on)]
    waiting = open_ones[-1] if open_ones else None
    in_force = [each for each in made if each.is_in_force(on)]
    if in_force:
        last = in_force[-1]
        is_near = last.review_on is not None and last.review_on - on <= REVIEW_IS_NEAR
        return Held(State.DUE if is_near else State.IN_PLACE, last, waiting)
    if waiting:
        return Held(State.WAITING, waiting, waiting)
    if not made:
        return Held(State.NOTHING)
    last = made[-1]
    if last.is_withdrawn(on):
        return Held(State.WITHDRAWN, last)
    return Held(State.NONE if last.is_none else State.LAPSED, last)
