"""Reads over pledges: counts for the strategy, the desks of those who keep them, and the public wall."""

from .counts import Count, counts
from .desk import Block, Kept, kept, narrowed, to_look_at_again, waiting
from .places import Line, is_to_live_version, lines, members
from .wall import Wall, wall

__all__ = [
    "Block",
    "Count",
    "Kept",
    "Line",
    "Wall",
    "counts",
    "is_to_live_version",
    "kept",
    "lines",
    "members",
    "narrowed",
    "to_look_at_again",
    "waiting",
    "wall",
]
