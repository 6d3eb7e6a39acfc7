"""What rooms above tell of indicators whose facts they keep: asked of a module with a fixed name.

A room that keeps such facts has an `indicator_counts.py` with `indicator_counts(asked)`, which tells counts and
nobody's name, and `last_change()`. An indicator that nobody tells of is not known, which is not the same as nought.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.conf import settings

from training.people.models import Partnership


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which partnership, for which day, by what is known at which moment; `agencies` are those that reported."""

    partnership: Partnership
    on: date
    at: datetime
    agencies: frozenset[int]


@dataclass(frozen=True, slots=True)
class Told:
    """An indicator's count, of a whole where there is one; of everybody, or of one part ('locality' and its code).

    `value` is the figure where it is no count, such as a mean change.
    """

    code: str
    numerator: int
    denominator: int | None = None
    group_kind: str = ""
    group: str = ""
    value: float | None = None


def told(asked: Asked) -> tuple[Told, ...]:
    """Everything the rooms above know, by what is known at this moment."""
    return tuple(each for room in _rooms() for each in room.indicator_counts(asked))


def last_change() -> datetime | None:
    """When anything that they tell of was last recorded."""
    moments: Iterable[datetime | None] = (room.last_change() for room in _rooms())
    return max((moment for moment in moments if moment is not None), default=None)


@lru_cache(maxsize=1)
def _rooms() -> tuple[ModuleType, ...]:
    names = [f"{room}.indicator_counts" for room in settings.ROOMS]
    return tuple(import_module(name) for name in names if find_spec(name) is not None)
