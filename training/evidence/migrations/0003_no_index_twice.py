"""Without indexes that another, which begins with the same column, makes needless: each costs every row written."""

import django.db.models.deletion
from django.db import migrations, models


def _without_index(model, name, field, index, on):
    """By hand: SQLite would make the table anew and lose its triggers."""
    table, column = on
    return migrations.RunSQL(
        f"DROP INDEX {index}",
        f"CREATE INDEX {index} ON {table} ({column})",
        state_operations=[migrations.AlterField(model, name, field)],
    )


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_withdrawn_evidence_says_nothing")]
    operations = [
        _without_index(
            "completionrow",
            "completion_import",
            models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="evidence.completionimport"
            ),
            "evidence_completionrow_completion_import_id_9ba2131c",
            ("evidence_completionrow", "completion_import_id"),
        ),
    ]
