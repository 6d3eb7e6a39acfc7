"""What the worker does for this room, every so often."""

from .keep import forget_rows
from .uploads import forget_files, sweep_files
from .withdrawn import follow_withdrawals
from .work import work_on_completions

TICKS = (work_on_completions, follow_withdrawals, forget_rows, forget_files, sweep_files)
"""Large completion files wait for the worker. The rows of completion files are kept for thirty days, what learners hand
in for ninety days after the decision, or for a year where nobody decides; bytes that no row names go after a day."""
