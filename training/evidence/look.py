"""The confined child that looks at a file handed in as evidence: PDF, JPEG or PNG by its content, and nothing else.

It answers with one line of JSON, {"kind": ...} or {"refused": why}, and then the bytes to keep. Pictures are drawn
anew, so that where and with what they were taken does not stay inside them.
"""

import io
import json
import re
import sys
import zlib
from collections.abc import Iterator

from training.people.roster.child import confine
from training.people.roster.limits import Refused

MOST_PIXELS = 50_000_000
LARGEST_SIDE = 4000
MOST_INFLATED = 64 * 2**20
OTHER = "The file is not a PDF, a JPEG or a PNG. Take a picture of the certificate, or save it as a PDF."
BROKEN = "The file is damaged. Open it yourself first, save it again and try once more."
LOCKED = "The PDF is locked with a password. Save it without one and try again."
ACTIVE = "The PDF holds a program or another file. Print it to a plain PDF and try again."
UNSEEN = "The PDF has parts that cannot be looked into. Print it to a plain PDF and try again."
LARGE = "The picture is too large. Take it again with fewer pixels."
# Names of a PDF may be written with their letters as #xx.
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
PROGRAMS = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)\b")

STREAM = re.compile(rb"(?<!end)stream[ \t]*\r?\n?")
FILTER = re.compile(rb"/(\w*Decode)\b")


def looked_over(data: bytes) -> tuple[str, bytes]:
    """Its kind, and the bytes to keep."""
    if not data:
        raise Refused("The file is empty.")
    if data.startswith(b"%PDF-"):
        return "pdf", _pdf(data)
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg", _picture(data, "JPEG")
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png", _picture(data, "PNG")
    raise Refused(OTHER)


def _pdf(data: bytes) -> bytes:
    """A whole PDF that no password locks, and that holds no program as far as can be seen without running it."""
    if b"%%EOF" not in data[-2048:] or b"startxref" not in data[-4096:]:
        raise Refused(BROKEN)
    names = _plain(data)
    if b"/Encrypt" in names:
        raise Refused(LOCKED)
    if PROGRAMS.search(names) or any(PROGRAMS.search(_plain(packed)) for packed in _packed_objects(data)):
        raise Refused(ACTIVE)
    return data


def _plain(data: bytes) -> bytes:
    """With the letters of names as they are read."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data)


def _packed_objects(data: bytes) -> Iterator[bytes]:
    """What object streams hold: a PDF may write its objects, and so its programs, into streams that are compressed."""
    start, room = 0, MOST_INFLATED
    while found := STREAM.search(data, start):
        wide = _plain(data[start : found.start()])
        head = wide.rpartition(b"endobj")[2]
        end = data.find(b"endstream", found.end())
        start = found.end() if end < 0 else end + len(b"endstream")
        if b"/ObjStm" in wide or (re.search(rb"/First\b", head) and re.search(rb"/N\b", head)):
            inflated = _inflated(data[found.end() : max(end, found.end())], head, room)
            room -= len(inflated)
            yield inflated


def _inflated(packed: bytes, head: bytes, room: int) -> bytes:
    """The objects of one stream. What cannot be inflated, or not within the room left, is refused."""
    filters = FILTER.findall(head)
    if not filters and re.match(rb"\s*\d", packed):
        return packed
    if filters != [b"FlateDecode"] or b"/DecodeParms" in head or b"/DP" in head or room <= 0:
        raise Refused(UNSEEN)
    stream = zlib.decompressobj()
    try:
        inflated = stream.decompress(packed, room)
    except zlib.error:
        raise Refused(UNSEEN) from None
    if not stream.eof:
        raise Refused(UNSEEN)
    return inflated


def _picture(data: bytes, kind: str) -> bytes:
    """The picture drawn anew, upright, without what its camera wrote into it."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Refused(LARGE)
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
            plain = upright.convert("RGB")
    except Image.DecompressionBombError:
        raise Refused(LARGE) from None
    except (OSError, ValueError, SyntaxError, EOFError):
        raise Refused(BROKEN) from None
    out = io.BytesIO()
    plain.save(out, kind, **({"quality": 85} if kind == "JPEG" else {"optimize": False}))
    return out.getvalue()


def main() -> None:
    """Look, answer, and say in words why not."""
    confine()
    try:
        kind, kept = looked_over(sys.stdin.buffer.read())
        said = {"kind": kind}
    except Refused as refusal:
        said, kept = {"refused": str(refusal)}, b""
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + kept)
    sys.stdout.buffer.flush()
