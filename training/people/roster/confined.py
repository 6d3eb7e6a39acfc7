"""The one way in which bytes from outside are read: by a child of its own, with an empty environment and limits."""

import subprocess
import sys
from pathlib import Path
from typing import IO

from .limits import WALL_SECONDS, Refused

ROOT = Path(__file__).resolve().parents[3]
START = """
import sys; from importlib import import_module
sys.path.insert(0, sys.argv[1]); import_module(sys.argv[2]).main(*sys.argv[3:])
"""


def run_child(child: str, *words: str, source: IO[bytes], answer: IO[bytes], too_long: str, died: str) -> None:
    """Run `main` of this module to its end, which reads the source and limits its own memory and time.

    Raises Refused with `too_long` where it takes longer than WALL_SECONDS, with `died` where it comes to no good end.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own words; the file is on standard input
            [sys.executable, "-I", "-c", START, str(ROOT), child, *words],
            stdin=source,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env={"LANG": "C.UTF-8"},
            cwd="/",
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refused(too_long) from None
    if done.returncode != 0:
        raise Refused(died)
