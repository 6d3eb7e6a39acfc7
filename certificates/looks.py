"""How a partnership's certificates look: its two colours, logo and signatories. Pure but for `look_of`."""

import re
from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db import models

ENOUGH = 4.5
"""WCAG 2.2, 1.4.3: how far text of any size has to stand out from what is behind it."""
COLOUR = re.compile(r"#[0-9a-f]{6}")


class Shape(models.TextChoices):
    """On what it is printed."""

    LANDSCAPE = "landscape", "A4, on its side"
    PORTRAIT = "portrait", "A4, upright"
    CARD = "card", "Card for a wallet"


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs for the partnership, as printed."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Look:
    """What a design puts onto the page. `logo` is a data: address, or ''; `logo_says` is read out for it."""

    ink: str = "#08363b"
    accent: str = "#653a6b"
    logo: str = ""
    logo_says: str = ""
    signatories: tuple[Signatory, ...] = ()
    shape: Shape = Shape.LANDSCAPE


PLAIN = Look()


def as_address(logo: bytes) -> str:
    """A PNG as a data: address."""
    return f"data:image/png;base64,{b64encode(logo).decode()}" if logo else ""


def contrast(colour: str) -> float:
    """How far a colour stands out from white paper: 1 to 21, as WCAG works it out."""
    return 1.05 / (_luminance(colour) + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(maxsize=32)
def look_of(design: str) -> Look:
    """The look that a snapshot names; the plain one where it names none. Designs never change, so it is kept."""
    from certificates.models import Design

    return Design.objects.select_related("logo").get(uid=UUID(design)).look if design else PLAIN
