"""What the worker does for outsiders' questions."""

from .services.foi import drop_packs, make_packs

TICKS = (make_packs, drop_packs)
