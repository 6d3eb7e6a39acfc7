"""Reads over strategies, over what coverage is counted from, and over what has been counted."""

from .strategies import ListedStrategy, current_strategy, indicators_of, listed_strategies, targets_of, with_tree

__all__ = [
    "ListedStrategy",
    "current_strategy",
    "indicators_of",
    "listed_strategies",
    "targets_of",
    "with_tree",
]
