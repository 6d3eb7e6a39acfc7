"""Terms of one post, and duties of one designation on it, that nothing has replaced never overlap."""

from django.db import migrations

POSTGRESQL = """
ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist (
    {keys}, daterange(starts_on, ends_on, '[]') WITH &&
) WHERE (replaced_at IS NULL)
"""
SQLITE = """
CREATE TRIGGER {name}_{verb} BEFORE {event} ON {table} WHEN NEW.replaced_at IS NULL
BEGIN
    SELECT RAISE(ABORT, '{name}') WHERE EXISTS (
        SELECT 1 FROM {table} other
        WHERE other.id IS NOT NEW.id AND other.replaced_at IS NULL AND {same}
          AND other.starts_on <= COALESCE(NEW.ends_on, '9999-12-31')
          AND COALESCE(other.ends_on, '9999-12-31') >= NEW.starts_on
    );
END
"""
TABLES = {
    "terms_of_a_post_never_overlap": ("people_term", ("post_id",)),
    "duties_of_a_post_never_overlap": ("people_duty", ("post_id", "designation_id")),
}


def close(apps, editor):
    for name, (table, columns) in TABLES.items():
        if editor.connection.vendor == "postgresql":
            keys = ", ".join(f"int8range({column}, {column}, '[]') WITH &&" for column in columns)
            editor.execute(POSTGRESQL.format(table=table, name=name, keys=keys))
            continue
        same = " AND ".join(f"other.{column} = NEW.{column}" for column in columns)
        for verb, event in (("insert", "INSERT"), ("update", "UPDATE")):
            editor.execute(SQLITE.format(table=table, name=name, verb=verb, event=event, same=same))


def open_again(apps, editor):
    for name, (table, _columns) in TABLES.items():
        if editor.connection.vendor == "postgresql":
            editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            continue
        for verb in ("insert", "update"):
            editor.execute(f"DROP TRIGGER {name}_{verb}")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_tables")]
    operations = [migrations.RunPython(close, open_again)]
