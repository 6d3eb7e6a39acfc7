"""What the worker does for this room, every so often."""

from .tokens import forget_answers

TICKS = (forget_answers,)
"""Answers to programs' requests are kept for thirty days."""
