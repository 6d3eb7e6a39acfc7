"""The confined child that prints: a page of HTML in, a PDF out, one after the other, until nobody asks any more.

What is printed holds names and pictures that others chose, so it is drawn in a process of its own: without secrets,
with limits on memory, on processor time and on what it may write. Each message is its length in four bytes, then a head
of JSON in one line and, behind it, the bytes; before the answer of a long job come heads with the `pages` that are laid
out. Nothing of Django is needed here.
"""

import gc
import json
import os
import resource
import select
import struct
import sys
import traceback
from collections.abc import Callable
from typing import IO, Any

MEMORY_BYTES = 1536 * 2**20
FILE_BYTES = 32 * 2**20
CPU_SECONDS = 20  # for one job that does not say otherwise
IDLE_SECONDS = 900
LENGTH = struct.Struct(">I")


def confine() -> None:
    """Take the limits, before anything from outside is looked at."""
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 128),
    ):
        resource.setrlimit(what, (limit, limit))


def allow_processor_time(seconds: int) -> None:
    """So many from now; a job that takes more ends the child."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + seconds
    most = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (until if most < 0 else min(until, most), most))


def read(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """The next message: its head and the bytes behind it; None at the end."""
    size = pipe.read(LENGTH.size)
    if len(size) < LENGTH.size:
        return None
    message = pipe.read(LENGTH.unpack(size)[0])
    head, _, body = message.partition(b"\n")
    return json.loads(head), body


def write(pipe: IO[bytes], head: dict[str, Any], body: bytes = b"") -> None:
    """Send a message."""
    message = json.dumps(head).encode() + b"\n" + body
    pipe.write(LENGTH.pack(len(message)) + message)
    pipe.flush()


def answer(head: dict[str, Any], body: bytes, tell: Callable[[int], None]) -> tuple[dict[str, Any], bytes]:
    """The PDF of a page, or those of its articles, one behind the other; or a picture drawn anew."""
    try:
        if "picture" in head:
            from training.press import pictures

            return pictures.drawn_anew(body)
        from training.press import engine

        with engine.telling(tell if head.get("is_long") else None):
            made = engine.pdfs(body.decode(), design=head["design"], is_apart=head.get("is_apart", False))
        return {"is_done": True, "sizes": [len(each) for each in made]}, b"".join(made)
    except Exception:
        return {"is_done": False, "why": traceback.format_exc(limit=-3)}, b""


def main(patience: int) -> None:
    """Say whether printing is possible at all, then print what is asked."""
    os.nice(patience)
    confine()
    source, target = sys.stdin.buffer, sys.stdout.buffer
    try:
        from training.press import engine  # noqa: F401 - what takes long, before anybody waits for it
    except (ImportError, OSError) as reason:
        write(target, {"is_ready": False, "why": str(reason)})
        return
    gc.freeze()  # what stays is not looked through again and again: a quarter of the time of a long document
    gc.set_threshold(100_000, 20, 20)
    write(target, {"is_ready": True})
    while select.select([source], [], [], IDLE_SECONDS)[0] and (asked := read(source)) is not None:
        allow_processor_time(asked[0].get("seconds", CPU_SECONDS))
        write(target, *answer(*asked, lambda pages: write(target, {"pages": pages})))
