"""The confined child that looks at what an author uploads: is it what its name says, and can it be opened at all?

It reads the file from standard input and is told the name's ending; it answers {} or {"refused": why}.
"""

import json
import sys
import zipfile
from typing import IO

from training.people.roster.child import confine
from training.people.roster.limits import Refused

MOST_PIXELS = 50_000_000
MOST_FRAMES = 200
PICTURES = {"gif": "GIF", "jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
# What the first bytes of a kind are, and where they stand.
BEGINNINGS: dict[str, tuple[tuple[int, bytes], ...]] = {
    "pdf": ((0, b"%PDF-"),),
    "mp4": ((4, b"ftyp"),),
    "m4a": ((4, b"ftyp"),),
    "webm": ((0, b"\x1a\x45\xdf\xa3"),),
    "mp3": ((0, b"ID3"), (0, b"\xff\xfb"), (0, b"\xff\xf3"), (0, b"\xff\xf2")),
    "ogg": ((0, b"OggS"),),
    "wav": ((8, b"WAVE"),),
}
# A part that stands in every document of a kind.
OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
OTHER = "The file is not what its name says. Save it again under the right kind."
BROKEN = "The file is damaged. Open it yourself first, save it again and try once more."
LARGE = "The picture is too large. Save it with fewer pixels."
ACTIVE = "The document holds a program. Save it without macros."


def look(file: IO[bytes], ending: str) -> None:
    """Raises Refused, in words for the author."""
    if ending in PICTURES:
        _picture(file, PICTURES[ending])
    elif ending in OFFICE:
        _office(file, OFFICE[ending])
    elif ending == "vtt":
        _captions(file.read())
    else:
        head = file.read(64)
        if not any(head.startswith(mark, at) for at, mark in BEGINNINGS.get(ending, ())):
            raise Refused(OTHER)


def _picture(file: IO[bytes], kind: str) -> None:
    """Every frame of it is drawn once, here, before anything draws it elsewhere."""
    from PIL import Image, ImageFile

    Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = MOST_PIXELS, False
    try:
        with Image.open(file, formats=[kind]) as opened:
            frames = getattr(opened, "n_frames", 1)
            if opened.width * opened.height * frames > MOST_PIXELS or frames > MOST_FRAMES:
                raise Refused(LARGE)
            for frame in range(frames):
                opened.seek(frame)
                opened.load()
    except Image.UnidentifiedImageError:
        raise Refused(OTHER) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused(LARGE) from None
    except (OSError, ValueError, SyntaxError, EOFError):
        raise Refused(BROKEN) from None


def _office(file: IO[bytes], part: str) -> None:
    try:
        names = zipfile.ZipFile(file).namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Refused(OTHER) from None
    if part not in names:
        raise Refused(OTHER)
    if any(name.lower().endswith((".bin", ".exe", ".js")) and "vbaproject" in name.lower() for name in names):
        raise Refused(ACTIVE)


def _captions(data: bytes) -> None:
    """WebVTT: its first line says so, and it holds at least one cue."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(OTHER) from None
    if not text.startswith("WEBVTT"):
        raise Refused("Captions are a WebVTT file: its first line is WEBVTT.")
    if "-->" not in text:
        raise Refused("The captions hold no line with a time (00:01.000 --> 00:04.000).")


def main(ending: str) -> None:
    """Look, and say in words why not."""
    confine()
    said = {}
    try:
        look(sys.stdin.buffer, ending)
    except Refused as refusal:
        said = {"refused": str(refusal)}
    sys.stdout.write(json.dumps(said))
    sys.stdout.flush()
