"""Copies of the test database, really committed to and thrown away: the ledger and the audit can be emptied by nobody."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.db import connection

WAL = ("-wal", "-shm", "-journal")


@contextmanager
def scratch_database(name: str) -> Iterator[None]:
    """A copy of the database, in which everything happens meanwhile, in threads too."""
    before = connection.settings_dict["NAME"]
    scratch = copy_database(name)
    use_database(scratch)
    try:
        yield
    finally:
        use_database(before)
        drop_database(scratch)


def copy_database(name: str, *, of: str = "") -> str:
    """Copy the database in use, or another, under a name made from this one; the copy's name. Nobody may be using it."""
    source = of or str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        copy = str(Path(source).with_name(f"{name}-{os.getpid()}.sqlite3"))
        connection.close()
        drop_database(copy)
        for end in ("", *WAL):
            with suppress(FileNotFoundError):
                shutil.copyfile(source + end, copy + end)
        return copy
    copy = f"scratch_{name}_{os.getpid()}"
    drop_database(copy)
    _on_server(f'CREATE DATABASE "{copy}" TEMPLATE "{source}" STRATEGY file_copy')
    return copy


def use_database(name: str) -> None:
    """Work on this database from now on."""
    connection.close()
    connection.settings_dict["NAME"] = name


def drop_database(name: str) -> None:
    """Take it away, whoever is still connected."""
    connection.close()
    if connection.vendor == "sqlite":
        for end in ("", *WAL):
            Path(name + end).unlink(missing_ok=True)
    else:
        _on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def wait_for_others(seconds: float = 10) -> None:
    """Until the server has noticed that whoever else used this database is gone."""
    if connection.vendor == "sqlite":
        return
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    until = time.monotonic() + seconds
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(others)
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.01)
    raise AssertionError("somebody still uses the database")


def _on_server(statement: str) -> None:
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
