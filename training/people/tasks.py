"""What the worker does for this room, every so often."""

from .roster.keep import forget_rows
from .tokens import forget_answers

TICKS = (forget_answers, forget_rows)
"""Answers to programs' requests and the rows of roster files are kept for thirty days."""
