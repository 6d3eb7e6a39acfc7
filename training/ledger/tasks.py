"""What the worker does for the ledger, every so often."""

from datetime import datetime, timedelta

from .rebuild import refresh_stale
from .services import announce_leftovers

A_WHILE = timedelta(minutes=1)


def refresh_standings_tick(at: datetime) -> int:
    """Work out anew what has changed since the last tick."""
    done = 0
    while found := refresh_stale(at=at):
        done += found
    return done


def announce_leftovers_tick(at: datetime) -> int:
    """Tell the news that a crash kept from being told."""
    return announce_leftovers(recorded_before=at - A_WHILE)


TICKS = (refresh_standings_tick, announce_leftovers_tick)
