"""A child of this process that does a piece of work and is killed somewhere in it."""

import os
import random
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from django.db import connection


@dataclass(frozen=True, slots=True)
class Cut:
    """Where: after so many seconds, or just before or just after the database is told to keep its so-manieth commit."""

    seconds: float = 0
    edge: str = ""
    commit: int = 1

    def __str__(self) -> str:
        return f"{self.edge} commit {self.commit}" if self.edge else f"after {self.seconds:.3f} s"


@dataclass(frozen=True, slots=True)
class Ran:
    """How it ended, and how long it worked."""

    was_killed: bool
    seconds: float


def run(name: str, work: Callable[[], object], cut: Cut | None = None) -> Ran:
    """Do the work in a child, killed by signal 9 at the cut if it gets there; whole where there is none.

    By its name the work always gets the same random ids, so that what comes of it can be compared to the byte.
    """
    connection.close()
    ready, begin = os.pipe()
    child = os.fork()
    if child == 0:
        os.urandom = random.Random(name).randbytes
        _work(work, cut, begin)
    os.close(begin)
    os.read(ready, 1)
    os.close(ready)
    began = time.perf_counter()
    if cut is not None and not cut.edge:
        time.sleep(cut.seconds)
        os.kill(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status not in (0, -signal.SIGKILL):
        raise AssertionError(f"the work itself failed, with status {status}")
    return Ran(status != 0, time.perf_counter() - began)


def _work(work: Callable[[], object], cut: Cut | None, begin: int) -> None:
    """In the child: never returns."""
    try:
        connection.ensure_connection()
        if cut is not None and cut.edge:
            _die_at(cut)
        os.write(begin, b"!")
        work()
        connection.close()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _die_at(cut: Cut) -> None:
    keep, numbers = connection._commit, count(1)

    def dying() -> None:
        is_mine = next(numbers) == cut.commit
        if is_mine and cut.edge == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        keep()
        if is_mine and cut.edge == "after":
            os.kill(os.getpid(), signal.SIGKILL)

    connection._commit = dying
