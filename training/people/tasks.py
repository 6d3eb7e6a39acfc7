"""What the worker does for this room, every so often."""

from .identity.claims import close_old
from .identity.corrections import forget_answered
from .identity.duplicates import search_all
from .identity.sharing import end_where_left
from .roster.keep import forget_rows
from .roster.work import work_on_rosters
from .tokens import forget_answers

TICKS = (work_on_rosters, forget_answers, forget_rows, search_all, close_old, forget_answered, end_where_left)
"""Large roster files wait for the worker. Answers to programs, and the rows of files, are kept for thirty days."""
