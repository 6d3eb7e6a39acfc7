"""What the worker does for board packs."""

from .services.freezing import work_on_packs
from .services.narratives import remind_writers
from .services.papers import draw_papers

TICKS = (work_on_packs, draw_papers, remind_writers)
