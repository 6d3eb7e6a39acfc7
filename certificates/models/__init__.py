"""The tables of this room, by subject."""

from .certificates import Certificate, Showing
from .designs import Design, Logo
from .names import PrintedName

__all__ = ["Certificate", "Design", "Logo", "PrintedName", "Showing"]
