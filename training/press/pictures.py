"""Logos, in the confined child: drawn anew as PNG, without what their file holds besides. No SVG, nothing that runs."""

import io
from typing import Any

from PIL import Image, ImageFile, ImageOps

MOST_PIXELS = 25_000_000
LARGEST = (1200, 400)
KINDS = ["PNG", "JPEG", "WEBP"]
REFUSED = "The logo is not a PNG, JPEG or WebP picture, or it is damaged. Save it as PNG and try again."
LARGE = "The logo has too many pixels. Save it smaller and try again."


def drawn_anew(data: bytes) -> tuple[dict[str, Any], bytes]:
    """The picture, at most as large as it is ever printed."""
    Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = MOST_PIXELS, False
    try:
        with Image.open(io.BytesIO(data), formats=KINDS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return {"is_done": False, "why": LARGE}, b""
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
            upright.thumbnail(LARGEST)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return {"is_done": False, "why": LARGE}, b""
    except (OSError, ValueError, SyntaxError, EOFError):
        return {"is_done": False, "why": REFUSED}, b""
    plain = Image.new("RGB", upright.size, "white")  # printed on white paper: no transparency is needed
    plain.paste(upright, mask=upright)
    out = io.BytesIO()
    plain.save(out, "PNG")
    return {"is_done": True}, out.getvalue()
