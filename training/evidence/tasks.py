"""What the worker does for this room, every so often."""

from .keep import forget_rows

TICKS = (forget_rows,)
"""The rows of completion files are kept for thirty days."""
