"""No migration is missing, each has a name, and each can be reversed."""

import re
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL

ROOT = Path(__file__).parents[2]


def ours():
    """Our migrations, of every room in this repository, by app and name."""
    rooms = {app.label for app in apps.get_app_configs() if Path(app.path).parent in (ROOT, ROOT / "training")}
    found = {key: it for key, it in MigrationLoader(None).disk_migrations.items() if key[0] in rooms}
    assert {"people", "evidence", "champions"} <= {room for room, _ in found}
    return found


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
