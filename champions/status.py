"""Where a champion stands on a day, worked out from dated facts. Pure: nothing stores a status."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from champions.conditions import Attended, CheckIns, Conditions, Ending


class Status(StrEnum):
    """The six words for where a champion stands."""

    ACTIVE = "active"
    LAPSING = "lapsing"
    LAPSED = "lapsed"
    IN_TRAINING = "in_training"
    NOMINATED = "nominated"
    STOOD_DOWN = "stood_down"

    @property
    def label(self) -> str:
        """The word as shown."""
        return "Put forward" if self == Status.NOMINATED else self.value.replace("_", " ").capitalize()

    @property
    def is_active(self) -> bool:
        """Whether they count as an active champion: one who lapses soon still does."""
        return self in (Status.ACTIVE, Status.LAPSING)

    @property
    def is_agreed(self) -> bool:
        """Whether they are a champion at all, in training or active or lapsed."""
        return self not in (Status.NOMINATED, Status.STOOD_DOWN)


class Turn(StrEnum):
    """What can happen in the life of a champion."""

    NOMINATED = "nominated"
    ACCEPTED = "accepted"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    STOOD_DOWN = "stood_down"
    TAKEN_BACK = "taken_back"  # a standing-down that was a mistake


class Way(StrEnum):
    """By whom somebody was put forward, or how a manager agreed; blank where nobody said."""

    OWN = "own"
    MANAGER = "manager"
    COORDINATOR = "coordinator"
    SITE = "site"
    LINK = "link"
    VOUCHED = "vouched"

    @property
    def asks_first(self) -> bool:
        """Whether whoever is put forward so must say yes themselves."""
        return self in (Way.MANAGER, Way.COORDINATOR)


@dataclass(frozen=True, slots=True)
class Life:
    """The dates that still hold. One who returns after standing down starts again with a nomination.

    `awaits_own_yes`: put forward by somebody else, or by nobody, they have not said yes yet. `is_own`: they said so
    themselves. `is_own_no`: what was declined they declined themselves.
    """

    nominated_on: date | None = None
    agreed_on: date | None = None
    stood_down_on: date | None = None
    declined_on: date | None = None
    awaits_own_yes: bool = False
    is_own: bool = False
    is_own_no: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing holds: never put forward, or declined, or taken back."""
        return not (self.nominated_on or self.agreed_on or self.stood_down_on)


def life(turns: Iterable[tuple[str, date, str]], on: date) -> Life:
    """What the turns (what, when, in which way), in the order they were recorded, come to on a day."""
    now, before = Life(), Life()
    for turn, happened_on, way in turns:
        if happened_on > on:
            continue
        if turn == Turn.STOOD_DOWN:
            now, before = Life(stood_down_on=happened_on, is_own=now.is_own), now
        elif turn == Turn.TAKEN_BACK:
            now = replace(before, awaits_own_yes=before.awaits_own_yes or _asks_first(way))
        elif turn == Turn.WITHDRAWN:
            now = Life(declined_on=happened_on, is_own_no=True)
        elif turn == Turn.DECLINED:
            now = Life(declined_on=happened_on, is_own=now.is_own)
        elif turn == Turn.NOMINATED:
            now = Life(happened_on, now.agreed_on, awaits_own_yes=_asks_first(way), is_own=way == Way.OWN)
        elif turn == Turn.ACCEPTED:
            now = replace(now, awaits_own_yes=False, is_own=True)
        else:
            is_asked = now.awaits_own_yes or not (now.nominated_on or now.is_own)
            now = replace(now, agreed_on=happened_on, awaits_own_yes=is_asked)
    return now


def _asks_first(way: str) -> bool:
    return bool(way) and Way(way).asks_first


@dataclass(frozen=True, slots=True)
class Facts:
    """What a status is worked out from. `missing` names the training that is required and not valid."""

    life: Life
    has_duty: bool
    duty_ended_on: date | None = None
    missing: tuple[str, ...] = ()
    endings: tuple[Ending, ...] = ()
    meetings: tuple[Ending, ...] = ()
    conditions: Conditions = field(default_factory=Conditions)
    attended: Attended = field(default_factory=Attended)
    check_ins: CheckIns = field(default_factory=CheckIns)

    @property
    def is_agreed(self) -> bool:
        """Whether both have said yes: the manager (or who vouched), and whoever was put forward or named by others."""
        return self.life.agreed_on is not None and not self.life.awaits_own_yes

    @property
    def awaits_agreement(self) -> bool:
        """Whether the manager's agreement is what is still to come."""
        return self.life.agreed_on is None and self.life.stood_down_on is None and not self.has_left

    @property
    def has_left(self) -> bool:
        """Whether the duty ended, on the roster or with its post, and they have not been put forward since.

        An agreement is to one duty: where that is gone, a file may say of any day that it ended then.
        """
        if self.has_duty or self.duty_ended_on is None or self.life.is_own_no:
            return False
        began = self.life.nominated_on
        return self.is_agreed or began is None or began <= self.duty_ended_on

    def all_endings(self) -> Iterator[Ending]:
        """Everything that ends by itself, past or to come."""
        yield from self.endings
        yield from self.kept_up()

    def kept_up(self) -> Iterator[Ending]:
        """The conditions of the network and the meetings that the pathway asks, each with the last day it holds."""
        yield from self.meetings
        if self.life.agreed_on:
            yield from self.check_ins.endings(self.conditions, self.life.agreed_on)
        yield from self.attended.endings(self.conditions)

    def lapsed(self, on: date) -> tuple[Ending, ...]:
        """The conditions that hold no longer, the longest gone first."""
        return tuple(sorted((each for each in self.kept_up() if each.on < on), key=Ending.order))

    def next_ending(self, on: date) -> Ending | None:
        """What ends first, if that is soon."""
        soon = [each for each in self.all_endings() if on <= each.on <= on + self.conditions.warns_before]
        return min(soon, key=Ending.order, default=None)


def status(facts: Facts, on: date) -> Status:
    """Active: the duty on a running post, both have said yes, every required module valid, every condition kept."""
    if facts.life.stood_down_on or facts.has_left:
        return Status.STOOD_DOWN
    if not facts.has_duty or not facts.is_agreed:
        return Status.NOMINATED
    if facts.missing:
        return Status.IN_TRAINING
    if facts.lapsed(on):
        return Status.LAPSED
    return Status.LAPSING if facts.next_ending(on) else Status.ACTIVE
