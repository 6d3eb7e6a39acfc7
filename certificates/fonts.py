"""The faces certificates are printed in: where they lie, which letters they have, how wide a text is in them.

DejaVu, which set-up installs (Debian's fonts-dejavu-core). Nothing else is ever used: a letter that these do not have
is refused before printing, since it would come out as an empty box.
"""

import os
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("~/.local/share/fonts").expanduser())


class FontsMissing(Exception):
    """The faces are not installed on this machine."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font file, by the name its package gives it, and the family under which the design asks for it."""

    file: str
    family: str
    weight: str = "normal"


SERIF = Face("DejaVuSerif.ttf", "Certificate Serif")
SERIF_BOLD = Face("DejaVuSerif-Bold.ttf", "Certificate Serif", "bold")
SANS = Face("DejaVuSans.ttf", "Certificate Sans")
SANS_BOLD = Face("DejaVuSans-Bold.ttf", "Certificate Sans", "bold")
MONO = Face("DejaVuSansMono.ttf", "Certificate Mono")
FACES = (SERIF, SERIF_BOLD, SANS, SANS_BOLD, MONO)


@cache
def path_of(face: Face) -> Path:
    """Where the face lies; FontsMissing if it does not."""
    for folder in FOLDERS:
        for parent, _, files in os.walk(folder):
            if face.file in files:
                return Path(parent) / face.file
    raise FontsMissing(f"{face.file} is not installed")


def style_rules() -> str:
    """The @font-face rules by which the design finds the faces."""
    return "\n".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; src: url("asset:{face.file}"); }}'
        for face in FACES
    )


def missing_letters(text: str, face: Face) -> str:
    """The letters of the text that the face cannot draw, each once, in order."""
    drawable = _widths(face)
    return "".join(dict.fromkeys(letter for letter in text if not _is_unseen(letter) and ord(letter) not in drawable))


def width(text: str, face: Face) -> float:
    """How wide the text runs on one line, in ems."""
    widths = _widths(face)
    return sum(widths.get(ord(letter), 1.0) for letter in text)


def _is_unseen(letter: str) -> bool:
    """Spaces and joiners, which need no shape of their own."""
    return letter.isspace() or unicodedata.category(letter) == "Cf"


@cache
def _widths(face: Face) -> dict[int, float]:
    """The width of every letter the face has, in ems, by code point."""
    with TTFont(path_of(face), lazy=True) as font:
        em = font["head"].unitsPerEm
        advances = font["hmtx"].metrics
        return {point: advances[glyph][0] / em for point, glyph in font.getBestCmap().items()}
