"""What the room above knows of the partnership's champions, for the board: asked of a module with a fixed name.

A room that keeps champions has a `network_counts.py` with `network_counts` and `last_change`. Where none does, and for
days before anybody was a champion, nothing is known, which is not the same as nought.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.conf import settings

from training.people.models import Partnership


@dataclass(frozen=True, slots=True)
class NetworkCounts:
    """Active champions of some agencies on a day, in all and by locality; community champions; workplaces with one."""

    active: int
    by_locality: Mapping[str, int]
    community: int
    covered: int
    workplaces: int


def network_counts(
    partnership: Partnership, *, on: date, at: datetime, agencies: Collection[int]
) -> NetworkCounts | None:
    """The champions of these agencies on a day, by what is known at this moment; None where nothing is known."""
    room = _room()
    return None if room is None else room.network_counts(partnership, on=on, at=at, agencies=agencies)


def last_change() -> datetime | None:
    """When anything about champions was last recorded."""
    room = _room()
    return None if room is None else room.last_change()


@lru_cache(maxsize=1)
def _room() -> ModuleType | None:
    names = [f"{room}.network_counts" for room in settings.ROOMS]
    return next((import_module(name) for name in names if find_spec(name) is not None), None)
