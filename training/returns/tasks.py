"""What the worker does for returns."""

from .services.reminders import remind_of_returns

TICKS = (remind_of_returns,)
