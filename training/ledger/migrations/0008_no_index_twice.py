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
    dependencies = [("ledger", "0007_counts_of_an_agency")]
    operations = [
        _without_index(
            "entry",
            "partnership",
            models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="people.partnership"
            ),
            "ledger_entry_partnership_id_49985078",
            ("ledger_entry", "partnership_id"),
        ),
    ]
