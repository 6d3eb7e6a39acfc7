"""What agencies do with their returns and head-counts, and partnerships with what they ask."""

from .filling import begin, correct, hand_over, remove_line, set_line, set_lines, take_back
from .head_counts import declare
from .reminders import remind_of_returns
from .signing import send_back, sign
from .terms import close_quarter, set_terms

__all__ = [
    "begin",
    "close_quarter",
    "correct",
    "declare",
    "hand_over",
    "remind_of_returns",
    "remove_line",
    "send_back",
    "set_line",
    "set_lines",
    "set_terms",
    "sign",
    "take_back",
]
