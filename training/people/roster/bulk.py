"""Writing many rows at once: COPY on PostgreSQL, executemany on SQLite; three to five times faster than the ORM."""

import gc
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, models


@contextmanager
def collector_paused() -> Iterator[None]:
    """No garbage collection meanwhile: over 20,000 living rows it finds nothing and takes half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def reserve_ids(model: type[models.Model], count: int) -> range | list[int]:
    """Ids for rows about to be written. Call it inside the transaction that writes them."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # The write lock is ours from the first statement (BEGIN IMMEDIATE), so nobody takes them meanwhile.
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            first = (cursor.fetchone() or (0,))[0] + 1
            return range(first, first + count)
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [row[0] for row in cursor.fetchall()]


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows; every column that has no default in the database must be named."""
    quote = connection.ops.quote_name
    into = f"{quote(model._meta.db_table)} ({', '.join(map(quote, columns))})"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * len(columns))
            plain = (tuple(map(_for_sqlite, row)) for row in rows)
            cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", plain)  # type: ignore[arg-type]  # noqa: S608 - names from models
            return
        with cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def as_json(value: Any) -> str:
    """A value for a JSON column."""
    return json.dumps(value, separators=(",", ":"))


def _for_sqlite(value: Any) -> Any:
    kind = type(value)
    if kind in (str, int, bool) or value is None:
        return value
    if kind is UUID:
        return value.hex
    if kind is datetime:
        return connection.ops.adapt_datetimefield_value(value)
    if kind is date:
        return value.isoformat()
    if kind is Decimal:
        return str(value)
    raise TypeError(f"no way to write a {kind.__name__}")
