"""Printing in confined children that are kept warm: one a process for pages, two at once for many.

A child takes a second to start, and then some hundredths for a page. It ends when its parent does, after a quarter of
an hour without work, after so many jobs, since what draws keeps a little of each, or when a job goes over its limits;
the next job starts another.
"""

import json
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
START = "import sys; sys.path.insert(0, sys.argv[1]); from training.press.child import main; main(int(sys.argv[2]))"
SECONDS = 30  # for one job by the clock, the start of a child included
SECONDS_OF_PATIENT = 300  # who lets others go first may wait long; its processor time is limited as everybody's
MOST_JOBS = 400
LENGTH = struct.Struct(">I")
Tell = Callable[[int], object]


class CannotRun(Exception):
    """Printing is not possible on this machine."""


class JobFailed(Exception):
    """This job could not be done: what the child says of it, or that it came to an end over it."""


class JobRefused(JobFailed):
    """The child is well, and says why it did not do it."""


class ChildEnded(JobFailed):
    """The child had ended, of old age perhaps, before it took this job: another can do it."""


class Child:
    """One confined process and the pipes to it. Not for two threads at once."""

    def __init__(self, patience: int = 0) -> None:
        self.patience = patience
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
            [sys.executable, "-I", "-c", START, str(ROOT), str(patience)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"LANG": "C.UTF-8"},
            cwd="/",
        )
        self.is_ready = False
        self.jobs = 0

    def do(self, head: dict[str, Any], body: bytes, tell: Tell | None = None) -> list[bytes]:
        """Have one job done, whatever is made by it; `tell` is told how many pages of a long one are laid out.

        Raises CannotRun, JobFailed, and of that ChildEnded where the child had ended before it.
        """
        watch = threading.Timer(SECONDS_OF_PATIENT if self.patience else SECONDS, self.process.kill)
        watch.start()
        try:
            if not self.is_ready:
                self._wait_until_ready()
            self._send(head, body)
            said, result = self._receive()
            while "pages" in said:
                if tell:
                    tell(said["pages"])
                said, result = self._receive()
        finally:
            watch.cancel()
        if not said["is_done"]:
            raise JobRefused(said["why"])
        self.jobs += 1
        made = BytesIO(result)
        return [made.read(size) for size in said.get("sizes", [len(result)])]

    def end(self) -> None:
        """No further jobs."""
        self.process.kill()
        with suppress(BrokenPipeError):
            self.process.communicate()

    def _wait_until_ready(self) -> None:
        said, _ = self._receive()
        if not said["is_ready"]:
            raise CannotRun(said["why"])
        self.is_ready = True

    def _send(self, head: dict[str, Any], body: bytes) -> None:
        assert self.process.stdin is not None
        message = json.dumps(head).encode() + b"\n" + body
        try:
            self.process.stdin.write(LENGTH.pack(len(message)) + message)
            self.process.stdin.flush()
        except BrokenPipeError:
            raise ChildEnded("the child had ended") from None

    def _receive(self) -> tuple[dict[str, Any], bytes]:
        assert self.process.stdout is not None
        size = self.process.stdout.read(LENGTH.size)
        if not size and self.process.wait() == 0:  # by itself, and not over the job: it had begun to end when asked
            raise ChildEnded("the child had ended")
        message = self.process.stdout.read(LENGTH.unpack(size)[0]) if len(size) == LENGTH.size else b""
        head, end, body = message.partition(b"\n")
        if not end:
            raise JobFailed("the child ended in the middle of a job")
        return json.loads(head), body


class Press:
    """Children of this process that wait for work. `patience`: how far they let others go first, 0 to 19."""

    def __init__(self, patience: int = 0) -> None:
        self.patience = patience
        self.waiting: LifoQueue[Child] = LifoQueue()

    def do(self, head: dict[str, Any], body: bytes, tell: Tell | None = None) -> list[bytes]:
        """Have a job done by a child that waits, or by a new one."""
        if child := self._waiting():
            with suppress(ChildEnded):  # between our look and our asking
                return self._done_by(child, head, body, tell)
        return self._done_by(Child(self.patience), head, body, tell)

    def warm(self) -> None:
        """Start a child, if none waits, for somebody who is likely to ask soon."""
        if self.waiting.empty():
            self.waiting.put(Child(self.patience))

    def _done_by(self, child: Child, head: dict[str, Any], body: bytes, tell: Tell | None) -> list[bytes]:
        """Afterwards the child waits for more work, or it is ended."""
        try:
            result = child.do(head, body, tell)
        except JobRefused:
            self.waiting.put(child)
            raise
        except BaseException:
            child.end()
            raise
        if child.jobs < MOST_JOBS:
            self.waiting.put(child)
        else:
            child.end()
        return result

    def _waiting(self) -> Child | None:
        """A child that waits for work and lives."""
        with suppress(Empty):
            while True:
                child = self.waiting.get_nowait()
                if child.process.poll() is None:
                    return child
                child.end()
        return None


_presses: dict[tuple[int, int], Press] = {}


def press(patience: int = 0) -> Press:
    """This process's own: a child of another process is never used."""
    return _presses.setdefault((os.getpid(), patience), Press(patience))


def living() -> list[int]:
    """The process numbers of the children of this process that wait for work."""
    own = [each for (pid, _), each in _presses.items() if pid == os.getpid()]
    return [child.process.pid for each in own for child in each.waiting.queue if child.process.poll() is None]
