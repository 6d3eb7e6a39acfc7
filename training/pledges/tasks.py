"""What the worker does for commitments."""

from .reminders import remind_of_reviews
from .services import forget_names

TICKS = (remind_of_reviews, forget_names)
