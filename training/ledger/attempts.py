"""Runs through courses that are open, asked of the rooms above: each may have an `open_attempts.py`.

That module holds one function, `open_attempts(person_ids) -> OpenAttempts`, and is found as `privacy.py` is. A room
that opens or closes an attempt marks the person's posts stale, so that the read table follows.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

OpenAttempts = Mapping[tuple[int, int], tuple[date, date | None]]
"""By person and module: the first day of the attempt, and the day on which it ends, if known."""


def open_attempts(person_ids: Collection[int]) -> OpenAttempts:
    """The open attempts of these people, in every room that knows of any."""
    found: dict[tuple[int, int], tuple[date, date | None]] = {}
    for ask in _rooms():
        found.update(ask(person_ids))
    return found


@lru_cache(maxsize=1)
def _rooms() -> tuple[Callable[[Collection[int]], OpenAttempts], ...]:
    names = (f"{config.name}.open_attempts" for config in apps.get_app_configs())
    return tuple(import_module(name).open_attempts for name in names if find_spec(name) is not None)
