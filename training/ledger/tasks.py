"""What the worker does for the ledger, every so often."""

from datetime import date, datetime

from training.access.clock import london_date

from .rebuild import refresh_stale, sweep
from .services import announce
from .wrong import forget_doubts


def refresh_standings_tick(at: datetime) -> int:
    """Work out anew what has changed since the last tick."""
    done = 0
    while found := refresh_stale(at=at):
        done += found
    return done


def announce_tick(at: datetime) -> int:
    """Tell other rooms what has been recorded."""
    return announce()


_swept: list[date] = []


def sweep_tick(at: datetime) -> int:
    """Once a day and worker: looking through a large table for what points at nothing takes seconds."""
    today = london_date(at)
    if _swept == [today]:
        return 0
    done = sweep()
    _swept[:] = [today]  # not before: what failed is tried again
    return done


def forget_doubts_tick(at: datetime) -> int:
    """Forget what nobody else has said to be wrong."""
    return forget_doubts(at=at)


TICKS = (refresh_standings_tick, announce_tick, sweep_tick, forget_doubts_tick)
