"""No migration is missing, each has a name, and each can be reversed."""

import re

from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL

ROOMS = {"people", "audit", "privacy", "pathways", "notices", "sso", "ledger", "strategy"} | {
    "courses",
    "certificates",
    "champions",
    "home",
}


def ours():
    """Our migrations, by app and name."""
    loader = MigrationLoader(None)
    return {key: migration for key, migration in loader.disk_migrations.items() if key[0] in ROOMS}


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_migration_is_named():
    assert [key for key in ours() if re.search(r"_(auto|initial)(_|$)|\d{8}_\d{4}", key[1])] == []


def test_every_migration_can_be_reversed():
    stuck = [
        key
        for key, migration in ours().items()
        for operation in migration.operations
        if isinstance(operation, RunPython | RunSQL) and not operation.reversible
    ]
    assert stuck == []
