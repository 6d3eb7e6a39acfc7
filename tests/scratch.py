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
    else:
        copy = f"scratch_{name}_{os.getpid()}"
    drop_database(copy)
    copy_to(copy, of=source)
    return copy


def copy_to(name: str, *, of: str) -> None:
    """Copy a database to one that is not there yet."""
    connection.close()
    if connection.vendor == "sqlite":
        for end in ("", *WAL):
            with suppress(FileNotFoundError):
                shutil.copyfile(of + end, name + end)
    else:
        _on_server(f'CREATE DATABASE "{name}" TEMPLATE "{of}" STRATEGY file_copy')


def rename_database(name: str, to: str) -> None:
    """Give it this name. Nobody may be using it."""
    connection.close()
    if connection.vendor == "sqlite":
        Path(name).rename(to)
    else:
        _on_server(f'ALTER DATABASE "{name}" RENAME TO "{to}"')


def database_names(beginning: str) -> list[str]:
    """The databases whose names begin so."""
    if connection.vendor == "sqlite":
        return [str(file) for file in Path(beginning).parent.glob(f"{Path(beginning).name}*")]
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [beginning])
        return [name for (name,) in cursor.fetchall()]


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
