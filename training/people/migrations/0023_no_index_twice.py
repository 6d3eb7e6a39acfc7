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
    dependencies = [("people", "0022_sent_for_the_worker")]
    operations = [
        _without_index(
            "employment",
            "agency",
            models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="employments", to="people.agency"
            ),
            "people_employment_agency_id_52193e0a",
            ("people_employment", "agency_id"),
        ),
        _without_index(
            "post",
            "employment",
            models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="people.employment"
            ),
            "people_post_employment_id_f64d5524",
            ("people_post", "employment_id"),
        ),
        _without_index(
            "rosterrow",
            "roster_import",
            models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="people.rosterimport"
            ),
            "people_rosterrow_roster_import_id_86d5a309",
            ("people_rosterrow", "roster_import_id"),
        ),
        _without_index(
            "term",
            "post",
            models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="terms", to="people.post"
            ),
            "people_term_post_id_c596311e",
            ("people_term", "post_id"),
        ),
    ]
