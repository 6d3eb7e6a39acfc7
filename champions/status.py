"""Where a champion stands on a day, worked out from dated facts. Pure: nothing stores a status."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LAPSES_WITHIN = timedelta(days=60)


class Status(StrEnum):
    """The four words for where a champion stands."""

    ACTIVE = "active"
    LAPSING = "lapsing"
    IN_TRAINING = "in_training"
    STOOD_DOWN = "stood_down"

    @property
    def label(self) -> str:
        """The word as shown."""
        return self.value.replace("_", " ").capitalize()

    @property
    def is_active(self) -> bool:
        """Whether they count as an active champion: one who lapses soon still does."""
        return self in (Status.ACTIVE, Status.LAPSING)


class Turn(StrEnum):
    """What can happen in the life of a champion."""

    NOMINATED = "nominated"
    AGREED = "agreed"
    STOOD_DOWN = "stood_down"


@dataclass(frozen=True, slots=True)
class Life:
    """The dates that still hold. One who returns after standing down starts again with a nomination."""

    nominated_on: date | None = None
    agreed_on: date | None = None
    stood_down_on: date | None = None


def life(turns: Iterable[tuple[str, date]], on: date) -> Life:
    """What the turns, in the order they were recorded, come to on a day."""
    nominated_on = agreed_on = stood_down_on = None
    for turn, happened_on in turns:
        if happened_on > on:
            continue
        if turn == Turn.STOOD_DOWN:
            nominated_on, agreed_on, stood_down_on = None, None, happened_on
        elif turn == Turn.NOMINATED:
            nominated_on, stood_down_on = happened_on, None
        else:
            agreed_on = happened_on
    return Life(nominated_on, agreed_on, stood_down_on)


@dataclass(frozen=True, slots=True)
class Ending:
    """A condition that ends: its last day, and what it is ('the training Module A1')."""

    on: date
    what: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a status is worked out from. `missing` names the required modules that are not valid."""

    life: Life
    has_duty: bool
    duty_ended_on: date | None = None
    missing: tuple[str, ...] = ()
    endings: tuple[Ending, ...] = ()

    @property
    def awaits_agreement(self) -> bool:
        """Whether the manager's agreement is what is still to come."""
        return self.life.agreed_on is None and self.life.stood_down_on is None and not self.has_left

    @property
    def has_left(self) -> bool:
        """Whether the roster once said that they are a champion, and does no longer."""
        return not self.has_duty and self.duty_ended_on is not None

    def next_ending(self, on: date) -> Ending | None:
        """What ends first, if that is soon."""
        soon = [each for each in self.endings if each.on <= on + LAPSES_WITHIN]
        return min(soon, key=lambda each: (each.on, each.what), default=None)


def status(facts: Facts, on: date) -> Status:
    """Active needs the duty on a running post, the manager's agreement and every required module valid."""
    if facts.life.stood_down_on or facts.has_left:
        return Status.STOOD_DOWN
    if not facts.has_duty or facts.life.agreed_on is None or facts.missing:
        return Status.IN_TRAINING
    return Status.LAPSING if facts.next_ending(on) else Status.ACTIVE
