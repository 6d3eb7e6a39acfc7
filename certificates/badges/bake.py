"""A badge inside its picture: the credential as iTXt in a PNG, or as an element in an SVG (Open Badges 3.0, part 5.3).

The picture is the same for every badge, and says nothing: it may lie where somebody else sees it.
"""

import io
import json
import struct
import zlib
from functools import cache
from xml.sax.saxutils import escape

from PIL import Image, ImageDraw

from certificates.badges.proof import Document

KEYWORD = b"openbadgecredential"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
SIDE = 400
TEAL, WHITE = "#08363b", "#ffffff"
TICK = ((112, 208), (176, 272), (296, 140))
END = struct.pack(">I", 0) + b"IEND" + struct.pack(">I", zlib.crc32(b"IEND"))


def as_text(document: Document) -> str:
    """A credential as one line."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def png(document: Document) -> bytes:
    """The picture with the credential inside."""
    said = b"iTXt" + KEYWORD + bytes(5) + as_text(document).encode()
    chunk = struct.pack(">I", len(said) - 4) + said + struct.pack(">I", zlib.crc32(said))
    return _plain_png().removesuffix(END) + chunk + END


def svg(document: Document) -> bytes:
    """The same as an SVG."""
    half, points = SIDE // 2, " ".join(f"{x},{y}" for x, y in TICK)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="{NAMESPACE}" viewBox="0 0 {SIDE} {SIDE}">'
        f"<openbadges:credential>{escape(as_text(document))}</openbadges:credential><title>Learning</title>"
        f'<circle cx="{half}" cy="{half}" r="{half - 8}" fill="{TEAL}"/>'
        f'<polyline points="{points}" fill="none" stroke="{WHITE}" stroke-width="36"/></svg>'
    ).encode()


@cache
def _plain_png() -> bytes:
    """Drawn at twice its size, so that its edges are smooth."""
    picture = Image.new("RGBA", (2 * SIDE, 2 * SIDE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((16, 16, 2 * SIDE - 16, 2 * SIDE - 16), fill=TEAL)
    draw.line([(2 * x, 2 * y) for x, y in TICK], fill=WHITE, width=72, joint="curve")
    out = io.BytesIO()
    picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()
