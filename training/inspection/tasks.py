"""What the worker does for outsiders' questions."""

from .services.foi import drop_packs, make_packs
from .services.samples import drop_samples

TICKS = (make_packs, drop_packs, drop_samples)
