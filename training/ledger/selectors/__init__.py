"""Reads over the ledger: histories from facts, and the read table."""

from .counts import counted_by
from .histories import PostHistory, histories
from .mine import MyStanding, agencies_asking_again, own_standings
from .record import Record, record_of
from .summary import Tally, tally

__all__ = [
    "MyStanding",
    "PostHistory",
    "Record",
    "Tally",
    "agencies_asking_again",
    "counted_by",
    "histories",
    "own_standings",
    "record_of",
    "tally",
]
