"""Reads over the ledger: histories from facts, and the read table."""

from .counts import Counts, Kind, added_up, counted_by
from .histories import PostHistory, histories
from .mine import MyStanding, agencies_asking_again, own_standings
from .record import Record, record_of
from .summary import Tally, tally

__all__ = [
    "Counts",
    "Kind",
    "MyStanding",
    "PostHistory",
    "Record",
    "Tally",
    "added_up",
    "agencies_asking_again",
    "counted_by",
    "histories",
    "own_standings",
    "record_of",
    "tally",
]
