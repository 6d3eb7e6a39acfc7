"""What is written here: strategies from packs, and values that come from outside."""

from .packs import STALE, Receipt, StrategyError, load_indicators, load_pack, remove_draft, save_edit, why_not
from .values import Given, give_values, take_back

__all__ = [
    "Given",
    "STALE",
    "Receipt",
    "StrategyError",
    "give_values",
    "load_indicators",
    "load_pack",
    "remove_draft",
    "save_edit",
    "take_back",
    "why_not",
]
