"""Sending a file whole, or the stretch of it that a film's player asks for (RFC 9110, 14)."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse

RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
CHUNK = 2**16


def send_file(path: Path, kind: str, *, wanted: str) -> HttpResponseBase:
    """The file, or the stretch that `wanted` (a Range header) asks for; 416 where there is no such stretch."""
    answer = _stretch(path, wanted, kind) or FileResponse(path.open("rb"), content_type=kind)
    answer["Accept-Ranges"] = "bytes"
    return answer


def _stretch(path: Path, wanted: str, kind: str) -> HttpResponseBase | None:
    found = RANGE.fullmatch(wanted)
    if found is None or wanted == "bytes=-":
        return None
    size = path.stat().st_size
    first, last = found.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    answer = StreamingHttpResponse(_read(path.open("rb"), start, end - start + 1), status=206, content_type=kind)
    answer["Content-Range"] = f"bytes {start}-{end}/{size}"
    answer["Content-Length"] = str(end - start + 1)
    return answer


def _read(file: IO[bytes], start: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        while length and (chunk := file.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk
