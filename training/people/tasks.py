"""What the worker does for this room, every so often."""

from .identity.duplicates import search_all
from .roster.keep import forget_rows
from .tokens import forget_answers

TICKS = (forget_answers, forget_rows, search_all)
"""Answers to programs' requests and the rows of roster files are kept for thirty days."""
