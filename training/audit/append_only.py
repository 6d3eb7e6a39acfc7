"""Database triggers that refuse UPDATE and DELETE on a table, on SQLite and PostgreSQL alike."""

from typing import Any

from django.db import migrations

SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRESQL_TRIGGERS = (
    "CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
    "CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
)


ERASABLE_SQLITE = """
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
WHEN NOT EXISTS (SELECT 1 FROM {marker} WHERE number = OLD.id)
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
ERASABLE_POSTGRESQL = """
CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF TG_OP = 'DELETE' THEN
        IF EXISTS (SELECT 1 FROM {marker} WHERE number = OLD.id) THEN RETURN OLD; END IF;
    END IF;
    RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def close(connection: Any, table: str) -> None:
    """Make a table append-only."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for verb in ("update", "delete"):
                cursor.execute(SQLITE.format(table=table, verb=verb, VERB=verb.upper()))
            return
        cursor.execute(POSTGRESQL_FUNCTION.format(table=table))
        for statement in POSTGRESQL_TRIGGERS:
            cursor.execute(statement.format(table=table))


def let_erase(connection: Any, table: str, marker: str) -> None:
    """Of a closed table: a row may be deleted whose id stands in the column `number` of `marker`, and no other."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {table}_no_delete")
            cursor.execute(ERASABLE_SQLITE.format(table=table, marker=marker))
        else:
            cursor.execute(ERASABLE_POSTGRESQL.format(table=table, marker=marker))


def open_again(connection: Any, table: str) -> None:
    """Take the triggers off: for reversing the migration, and for tests that clear their tables."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for verb in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
            return
        for name in ("no_change", "no_truncate"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}")
        cursor.execute(f"DROP FUNCTION IF EXISTS {table}_refuse()")


def append_only(table: str) -> migrations.RunPython:
    """The migration step that closes a table, and opens it again when reversed."""
    return migrations.RunPython(
        lambda apps, editor: close(editor.connection, table),
        lambda apps, editor: open_again(editor.connection, table),
    )
