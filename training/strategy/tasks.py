"""What the worker does for the board, every so often."""

from .rebuild import refresh_coverage

TICKS = (refresh_coverage,)
