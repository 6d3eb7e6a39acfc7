"""The migrated database: made once, kept as long as no migration changes, and copied for each process of the suite.

Migrating takes a quarter of a minute in each process, a copy a tenth of a second.
"""

import fcntl
import hashlib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection

from tests.scratch import copy_to, database_names, drop_database, rename_database, use_database


def migrated_database() -> str:
    """Its name, once it stands; those of other migrations are taken away."""
    name = migrated_name()
    with (settings.VAR / "migrated.lock").open("w") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        standing = database_names(_named("migrated_"))
        if name not in standing:
            for other in standing:
                drop_database(other)
            _make(name)
    return name


def migrated_name() -> str:
    """What it is called, whether it stands or not."""
    return _named(f"migrated_{_digest()}")


def use_migrated_copy() -> None:
    """Work from now on in a copy of this process's own, which Django's tests take away at their end."""
    name = connection.creation._get_test_db_name()
    drop_database(name)
    copy_to(name, of=migrated_database())


def _make(name: str) -> None:
    """Under another name until it is whole."""
    test, before, half = connection.settings_dict["TEST"], connection.settings_dict["NAME"], _named("migrating")
    own, test["NAME"] = test["NAME"], half
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    test["NAME"] = own
    _leave_numbers_alone()
    use_database(before)
    rename_database(half, name)


def _leave_numbers_alone() -> None:
    """Have PostgreSQL's autovacuum pass by, here and in every copy.

    It counts a table while what a test undid lies in it, finds no row on many pages, and every later test of that
    process is planned as if there were none: what takes a second then takes hours.
    """
    if connection.vendor == "sqlite":
        return
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'ALTER TABLE "{table}" SET (autovacuum_enabled = false)')


def _named(name: str) -> str:
    """As databases are called here: files on SQLite; on a server, told apart by the folder of this code."""
    return str(settings.VAR / name) if connection.vendor == "sqlite" else f"{settings.ROOT.name}_{name}"


def _digest() -> str:
    """Of every migration of every app that is installed."""
    found = hashlib.sha256()
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path, "migrations").glob("*.py")):
            found.update(f"{app.label}/{file.name}\n".encode() + file.read_bytes())
    return found.hexdigest()[:12]
