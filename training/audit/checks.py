"""What `manage.py check` and `migrate` say of settings that decide over safety."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from training.settings.database import wal_is_safe


@register(Tags.database)
def sqlite_journal(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Which journal SQLite runs with, and why; an error where it could lose a commit."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor == "sqlite" and not connection.is_in_memory_db():  # type: ignore[attr-defined]
            found.append(_journal_message(connection))
    return found


def _journal_message(connection: BaseDatabaseWrapper) -> CheckMessage:
    with connection.cursor() as cursor:
        mode = str(cursor.execute("PRAGMA journal_mode").fetchone()[0]).upper()
    version = connection.Database.sqlite_version  # type: ignore[attr-defined]
    is_safe = wal_is_safe(connection.Database.sqlite_version_info)  # type: ignore[attr-defined]
    if mode == "WAL" and not is_safe:
        return Error(
            f"SQLite {version} runs in WAL mode, and this version can lose a commit when its log is reset.",
            hint="Use journal_mode=TRUNCATE, or SQLite 3.44.6, 3.50.7, 3.51.3 or later.",
            id="training.E001",
        )
    why = "write-ahead logging is safe in this version"
    if not is_safe:
        why = "write-ahead logging can lose a commit before 3.44.6, 3.50.7 and 3.51.3"
    return Info(f"SQLite {version} runs in {mode} mode: {why}.", id="training.I001")


@register(Tags.security)
def content_host(**_: Any) -> list[CheckMessage]:
    """Packages written by others must not run on the site's own host."""
    if settings.CONTENT_HOST and _host(settings.CONTENT_HOST) == _host(settings.BASE_URL):
        return [
            Error(
                "CONTENT_HOST is the site's own host: packages written by others could act as the learner.",
                hint="Give a second host name that leads to the same server, or leave it empty.",
                id="training.E002",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def no_content_host(**_: Any) -> list[CheckMessage]:
    """Without a host of their own, packages written by others cannot be launched."""
    if not settings.CONTENT_HOST:
        return [
            Warning(
                "CONTENT_HOST is empty: learning packages written by others cannot be launched.",
                hint="Give a second host name that leads to the same server.",
                id="training.W001",
            )
        ]
    return []


def _host(address: str) -> str:
    """The host's name, from a host or a whole address."""
    return (urlsplit(address if "//" in address else f"//{address}").hostname or "").lower()
