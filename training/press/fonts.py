"""The faces that we print in: where they lie, which letters they have, how wide a text is in them.

The Noto faces, which set-up installs (Debian's fonts-noto-core and fonts-noto-cjk), and DejaVu for the first design and
for codes. Nothing else is ever used: a letter that these do not have is refused before printing, since it would come
out as an empty box.
"""

import os
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


class FontsMissing(Exception):
    """The faces are not installed on this machine."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font file, by the name its package gives it, and the family under which a design asks for it."""

    file: str
    family: str
    weight: str = "normal"


SERIF = Face("DejaVuSerif.ttf", "Certificate Serif")
SERIF_BOLD = Face("DejaVuSerif-Bold.ttf", "Certificate Serif", "bold")
SANS = Face("DejaVuSans.ttf", "Certificate Sans")
SANS_BOLD = Face("DejaVuSans-Bold.ttf", "Certificate Sans", "bold")
MONO = Face("DejaVuSansMono.ttf", "Certificate Mono")
FIRST_DESIGN = (SERIF, SERIF_BOLD, SANS, SANS_BOLD, MONO)

NOTO_SERIF = Face("NotoSerif-Regular.ttf", "Noto Serif")
NOTO_SANS = Face("NotoSans-Regular.ttf", "Noto Sans")
CJK = Face("NotoSansCJK-Regular.ttc", "Noto Sans CJK SC")
# Every script but Latin, Greek and Cyrillic; the largest last, since a face is opened when none before has the letter.
SCRIPTS = (
    Face("NotoNaskhArabic-Regular.ttf", "Noto Naskh Arabic"),
    *(
        Face(f"NotoSerif{name}-Regular.ttf", f"Noto Serif {name}")
        for name in (
            *("Hebrew", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Tamil", "Telugu", "Kannada", "Malayalam"),
            *("Sinhala", "Thai", "Ethiopic", "Georgian", "Armenian", "Khmer", "Myanmar"),
        )
    ),
    CJK,
)
FOR_NAMES = (NOTO_SERIF, *SCRIPTS)
FOR_TEXT = (NOTO_SANS, *SCRIPTS)
# One letter of Unicode serves three scripts, each with its own forms of it: the language chooses the face.
BY_LANGUAGE = {"ja": "Noto Sans CJK JP", "ko": "Noto Sans CJK KR", "zh": "Noto Sans CJK SC"}
LANGUAGES = {"HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CJK": "zh"} | {
    name: f"und-{script}"
    for name, script in (
        *(("ARABIC", "Arab"), ("HEBREW", "Hebr"), ("DEVANAGARI", "Deva"), ("BENGALI", "Beng"), ("GURMUKHI", "Guru")),
        *(("GUJARATI", "Gujr"), ("TAMIL", "Taml"), ("TELUGU", "Telu"), ("KANNADA", "Knda"), ("MALAYALAM", "Mlym")),
        *(("SINHALA", "Sinh"), ("THAI", "Thai"), ("ETHIOPIC", "Ethi"), ("GEORGIAN", "Geor"), ("ARMENIAN", "Armn")),
        *(("KHMER", "Khmr"), ("MYANMAR", "Mymr"), ("GREEK", "Grek"), ("CYRILLIC", "Cyrl")),
    )
}


@cache
def path_of(face: Face) -> Path:
    """Where the face lies; FontsMissing if it does not."""
    for folder in FOLDERS:
        for parent, _, files in os.walk(folder):
            if face.file in files:
                return Path(parent) / face.file
    raise FontsMissing(f"{face.file} is not installed")


def style_rules() -> str:
    """The @font-face rules by which the first design finds its faces."""
    return "\n".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; src: url("asset:{face.file}"); }}'
        for face in FIRST_DESIGN
    )


def stack_of(faces: Iterable[Face]) -> str:
    """The families as CSS lists them: each letter comes from the first that has it."""
    return ", ".join(f'"{face.family}"' for face in faces)


def missing_letters(text: str, faces: Sequence[Face]) -> str:
    """The letters of the text that none of the faces can draw, each once, in order."""
    seen = dict.fromkeys(letter for letter in text if not _is_unseen(letter))
    return "".join(letter for letter in seen if _width(letter, faces) is None)


def width(text: str, faces: Sequence[Face]) -> float:
    """About how wide the text runs on one line, in ems: letters that join may run narrower."""
    return sum(_width(letter, faces) or 0.0 for letter in text)


def language_of(text: str) -> str:
    """How a name is to be spoken: Japanese where there are kana, Korean where hangul, Chinese where there are only the
    signs they share. Of another script that it is of some language in it, since the name does not say of which; or ''.
    """
    kinds = {unicodedata.name(letter, "").partition(" ")[0] for letter in text}
    return next((language for kind, language in LANGUAGES.items() if kind in kinds), "")


def _is_unseen(letter: str) -> bool:
    """Spaces and joiners, which need no shape of their own."""
    return letter.isspace() or unicodedata.category(letter) == "Cf"


def _width(letter: str, faces: Sequence[Face]) -> float | None:
    """Of the first face that has the letter; none where no face has it."""
    point = ord(letter)
    return next((found[point] for face in faces if point in (found := _widths(face))), None)


@cache
def _widths(face: Face) -> dict[int, float]:
    """The width of every letter the face has, in ems, by code point."""
    with TTFont(path_of(face), lazy=True, fontNumber=0) as font:
        em = font["head"].unitsPerEm
        advances = font["hmtx"].metrics
        return {point: advances[glyph][0] / em for point, glyph in font.getBestCmap().items()}
