"""No migration is missing, each has a name, and each can be reversed."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL
from django.db.migrations.recorder import MigrationRecorder

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


def test_a_database_with_every_replaced_migration_goes_on(db):
    MigrationRecorder.Migration.objects.filter(name="0001_squashed").delete()
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    call_command("migrate", plan=True, verbosity=0)


@pytest.mark.parametrize("command", ["migrate", "prepare", "demo"])
def test_a_database_with_only_some_of_them_is_told_what_to_do(db, command, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    MigrationRecorder.Migration.objects.filter(app="ledger", name__in=["0011_counts_anew", "0001_squashed"]).delete()
    with pytest.raises(CommandError, match=r"lacks some of its steps \(ledger\).*make demo-reset"):
        call_command(command)
