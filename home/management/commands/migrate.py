"""manage.py migrate: Django's own, which refuses a database that has only some of the migrations that became one."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

REFUSED = (
    "This database was made by an earlier version and lacks some of its steps ({rooms}), which are one step now. "
    "Nothing was changed. A demo starts afresh with: make demo-reset. Anything else is first brought up to date by "
    "the last version that has those steps (CHANGELOG.md names it)."
)


class Command(migrate.Command):
    """Of such a room Django would leave the rest out without a word, and break where another one needs it."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Look first: whoever has all of them, or none, goes on."""
        if rooms := half_migrated(options["database"]):
            raise CommandError(REFUSED.format(rooms=", ".join(rooms)))
        super().handle(*args, **options)


def half_migrated(database: str) -> list[str]:
    """Each room of which the database has some of the replaced migrations, and not all."""
    applied = MigrationRecorder(connections[database]).applied_migrations().keys()
    loader = MigrationLoader(None)
    return sorted(
        room
        for (room, _), by in loader.replacements.items()
        if applied & by.replaces and set(by.replaces) - applied - loader.disk_migrations.keys()
    )
