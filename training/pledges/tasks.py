"""What the worker does for commitments."""

from .reminders import remind_of_reviews

TICKS = (remind_of_reviews,)
