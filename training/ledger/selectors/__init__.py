"""Reads over the ledger: histories from facts, standings worked out live, and the read table."""

from .histories import PostHistory, histories
from .live import MyStanding, PostStanding, my_standings, standings_of

__all__ = ["MyStanding", "PostHistory", "PostStanding", "histories", "my_standings", "standings_of"]
