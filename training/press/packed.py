"""A drawn document made ready to be written: each of its parts is put into bytes and packed once.

pydyf does so twice, for the file and for the number of its version, and packs as hard as can be, which takes longest.
"""

import zlib
from functools import lru_cache
from typing import Any

import pydyf

LEVEL = 6


class _Part(pydyf.Object):
    """A part of the file as the bytes that it will be."""

    def __init__(self, part: Any) -> None:
        super().__init__()
        self.number, self.generation, self.free = part.number, part.generation, part.free
        self.bytes, self.is_compressible = part.data, part.compressible

    @property
    def data(self) -> bytes:
        """What is written."""
        return self.bytes

    @property
    def compressible(self) -> bool:
        """Whether it is packed together with others."""
        return self.is_compressible


def pack(pdf: Any) -> None:
    """Put every part into bytes. Nothing of the document can be changed after it."""
    for number, part in enumerate(pdf.objects):
        if part.free == "f":
            continue
        if isinstance(part, pydyf.Stream) and part.compress:
            part.stream = [_packed(b"\n".join(map(_as_bytes, part.stream)))]
            part.extra["Filter"], part.compress = "/FlateDecode", False
        pdf.objects[number] = _Part(part)


def _as_bytes(item: Any) -> bytes:
    if isinstance(item, bytes):
        return item
    data: bytes = item.data if isinstance(item, pydyf.Object) else item.encode("ascii")
    return data


@lru_cache(maxsize=64)
def _packed(content: bytes) -> bytes:
    """Faces and profiles come back in page after page."""
    return zlib.compress(content, LEVEL)
