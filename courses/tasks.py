"""What the worker does for this room, every so often."""

from courses.packages.keep import forget_states

TICKS = (forget_states,)
"""What a package said is kept for thirty days after its run has ended."""
