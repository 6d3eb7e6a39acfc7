"""What the worker does for the board, every so often."""

from .rebuild import keep_month_ends, refresh_coverage

TICKS = (refresh_coverage, keep_month_ends)
