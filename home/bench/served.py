"""The site behind two workers, as production serves it, and what its workers have spent."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

WORKERS = 2
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: its port and the process of its master."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """What all workers have spent so far, in user and system time."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return sum(_spent(int(child)) for child in children)

    @property
    def is_ready(self) -> bool:
        """Whether it answers, and all workers are there."""
        try:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            answered = connection.getresponse().status == 200
            connection.close()
        except OSError:
            return False
        return answered


@contextmanager
def served() -> Iterator[Served]:
    """Serve on a free port with the settings of this process; stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = [sys.executable, "-m", "gunicorn", "training.wsgi:application", "--preload", "--log-level", "error"]
    options = ["--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), "--threads", "4"]
    process = subprocess.Popen([*program, *options])  # noqa: S603 - our own server
    try:
        server = Served(port, process.pid)
        _wait_for(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(server: Served, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError("the server stopped before it answered")
        if server.is_ready:
            return
        time.sleep(0.1)
    raise RuntimeError("the server did not answer within a minute")


def _spent(pid: int) -> float:
    """Seconds of a process: fields 14 and 15 of its stat, counted after the name in brackets."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
