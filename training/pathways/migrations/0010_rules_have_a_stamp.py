"""A word that is another one after every writing of a rule, so that a process knows when to read the rules again.

The triggers fire before the writing and hold the stamp's row: whoever writes rules does so one after another, and waits
for the stamp before anything else of a rule is locked.
"""

from django.db import migrations, models

TABLES = (
    "people_membership",
    "pathways_equivalence",
    "pathways_module",
    "pathways_pathway",
    "pathways_requirement",
    "pathways_requirementversion",
    "pathways_satisfies",
)
PUT = (
    "INSERT INTO pathways_rulestamp (id, stamp) VALUES (1, {word}) "
    "ON CONFLICT (id) DO UPDATE SET stamp = excluded.stamp"
)
POSTGRESQL = PUT.format(word="gen_random_uuid()::text")
SQLITE = PUT.format(word="lower(hex(randomblob(16)))")
FUNCTION = f"""
CREATE FUNCTION pathways_move_stamp() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN {POSTGRESQL}; RETURN NULL; END $$
"""
VERBS = ("insert", "update", "delete")


def watch(apps, schema_editor):
    """Put the triggers on, and the first stamp down."""
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
            for table in TABLES:
                cursor.execute(
                    f"CREATE TRIGGER {table}_moves_stamp BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
                    "FOR EACH STATEMENT EXECUTE FUNCTION pathways_move_stamp()"
                )
            cursor.execute(POSTGRESQL)
            return
        for table in TABLES:
            for verb in VERBS:
                cursor.execute(f"CREATE TRIGGER {table}_moves_stamp_{verb} BEFORE {verb} ON {table} BEGIN {SQLITE}; END")
        cursor.execute(SQLITE)


def look_away(apps, schema_editor):
    """Take them off."""
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION IF EXISTS pathways_move_stamp() CASCADE")
            return
        for table in TABLES:
            for verb in VERBS:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_moves_stamp_{verb}")


class Migration(migrations.Migration):
    dependencies = [("pathways", "0009_one_exemption_from_a_day"), ("people", "0024_signed_in_with_both")]

    operations = [
        migrations.CreateModel(
            name="RuleStamp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stamp", models.CharField(max_length=36)),
            ],
        ),
        migrations.RunPython(watch, look_away),
    ]
