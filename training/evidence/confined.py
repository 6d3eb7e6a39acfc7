"""Hostile bytes are read by a child process of its own: limits on memory, time and output, an empty environment."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from training.people.roster.limits import WALL_SECONDS, Refused

ROOT = Path(__file__).resolve().parents[2]
START = """
import sys; from importlib import import_module
sys.path.insert(0, sys.argv[1]); import_module(sys.argv[2]).main()
"""
TOO_LONG = f"The file took more than {WALL_SECONDS} seconds to read. Leave out what is not needed."
DIED = "The file could not be read within the limits of memory and time."


@contextmanager
def answer_of(child: str, source: IO[bytes]) -> Iterator[IO[bytes]]:
    """What the child of this module makes of the bytes, as an open file. Raises Refused where it comes to no end."""
    with tempfile.TemporaryFile() as answer:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and our own words; the file is on standard input
                [sys.executable, "-I", "-c", START, str(ROOT), child],
                stdin=source,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                env={"LANG": "C.UTF-8"},
                cwd="/",
                timeout=WALL_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Refused(TOO_LONG) from None
        if done.returncode != 0:
            raise Refused(DIED)
        answer.seek(0)
        yield answer
