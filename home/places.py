"""A link of a menu."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Its words, its address, and whether one is there."""

    title: str
    url: str
    is_current: bool = False
