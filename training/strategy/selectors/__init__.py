"""Reads over strategies, over what coverage is counted from, and over what has been counted."""

from .strategies import (
    ListedStrategy,
    Succession,
    current_strategy,
    indicators_of,
    listed_strategies,
    locality_code,
    new_localities,
    succession_of,
    targets_of,
    with_tree,
)

__all__ = [
    "ListedStrategy",
    "Succession",
    "current_strategy",
    "indicators_of",
    "listed_strategies",
    "locality_code",
    "new_localities",
    "succession_of",
    "targets_of",
    "with_tree",
]
