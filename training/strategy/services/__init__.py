"""What is written here: strategies from packs, and values that come from outside."""

from .packs import Receipt, StrategyError, load_indicators, load_pack
from .values import Given, give_values, take_back

__all__ = [
    "Given",
    "Receipt",
    "StrategyError",
    "give_values",
    "load_indicators",
    "load_pack",
    "take_back",
]
