"""The site in a child of this process, which is killed at the moment that a request names."""

import os
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any
from wsgiref.simple_server import make_server

from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer
from django.core.wsgi import get_wsgi_application
from django.db import connection

WRITES = ("INSERT", "UPDATE", "DELETE")


class Server:
    """One child at a time, on one port."""

    def __init__(self) -> None:
        self.port = 0
        self.child = 0

    def start(self) -> None:
        """Serve, on the port of the child before."""
        connection.close()
        server = make_server("127.0.0.1", self.port, None, WSGIServer, _Quiet)
        self.port = server.server_port
        self.child = os.fork()
        if self.child == 0:
            _serve(server)
        server.server_close()

    def kill(self) -> None:
        """By signal 9."""
        os.kill(self.child, signal.SIGKILL)
        self.wait()

    def wait(self) -> None:
        """Until it is gone: by signal 9, and not by a mistake of its own."""
        status = os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])
        assert status == -signal.SIGKILL, f"the server ended by itself, with status {status}"


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Nothing."""


def _serve(server: WSGIServer) -> None:
    """In the child: never returns."""
    try:
        server.set_app(_mortal(get_wsgi_application()))
        server.serve_forever()
    except BaseException:
        traceback.print_exc()
    os._exit(1)


def _mortal(site: Callable[..., Any]) -> Callable[..., Any]:
    """The site, which dies where the header X-Cut says."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        cut = environ.get("HTTP_X_CUT", "")
        with _dying(cut):
            answered = site(environ, start_response)
        if cut == "killed before the answer":
            _die()
        return answered

    return answer


@contextmanager
def _dying(cut: str) -> Iterator[None]:
    """Around one request: at its first or second write, or at its first commit."""
    keep, numbers = connection._commit, count(1)

    def committing() -> None:
        if cut == "killed before the commit":
            _die()
        keep()
        if cut == "killed after the commit":
            _die()

    def executing(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        number = next(numbers) if sql.startswith(WRITES) else 0
        if (cut, number) in {("killed before the first write", 1), ("killed before the second write", 2)}:
            _die()
        done = execute(sql, *args)
        if (cut, number) == ("killed after the first write", 1):
            _die()
        return done

    connection._commit = committing
    try:
        with connection.execute_wrapper(executing):
            yield
    finally:
        connection._commit = keep


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
