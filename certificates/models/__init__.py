"""The tables of this room, by subject."""

from .badges import BadgePlace
from .batches import Batch
from .certificates import Certificate, Gone, Showing
from .designs import Design, Logo
from .looks import LookCount
from .names import PrintedName
from .passport import Share, Viewing

__all__ = [
    "BadgePlace",
    "Batch",
    "Certificate",
    "Design",
    "Gone",
    "Logo",
    "LookCount",
    "PrintedName",
    "Share",
    "Showing",
    "Viewing",
]
