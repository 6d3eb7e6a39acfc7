"""Small jobs that the worker does again and again: each room's tasks.py may hold TICKS.

TICKS is a tuple of callables that take `at`, the moment of the tick, as a keyword. Each is called every
quarter of a minute, must be quick when there is nothing to do, and may be called twice for the same moment.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings

log = logging.getLogger(__name__)
Tick = Callable[..., Any]


def all_ticks() -> tuple[Tick, ...]:
    """What every room has declared, in the order of the rooms."""
    found: list[Tick] = []
    for room in settings.ROOMS:
        if find_spec(f"{room}.tasks") is not None:
            found.extend(getattr(import_module(f"{room}.tasks"), "TICKS", ()))
    return tuple(found)


def run_ticks(ticks: Iterable[Tick], *, now: Callable[[], datetime]) -> list[str]:
    """Call each, at a moment of its own since another may take long. The names of those that failed.

    One that fails is logged and keeps none of the others from running.
    """
    failed = []
    for tick in ticks:
        try:
            tick(at=now())
        except Exception:  # the worker must outlive any job
            name = f"{tick.__module__}.{tick.__name__}"
            log.exception("tick failed: %s", name)
            failed.append(name)
    return failed
