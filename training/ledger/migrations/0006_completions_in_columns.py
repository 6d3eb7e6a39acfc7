"""Indexes from which completions are read in columns, without their rows."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_read_table_without_checks")]
    operations = [
        migrations.RemoveIndex(model_name="entry", name="entry_by_person_and_module"),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=Q(kind="completion"),
                fields=["person", "module", "completed_on"],
                include=("partnership", "recorded_at"),
                name="completion_in_columns",
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(condition=Q(method="equivalence"), fields=["source"], name="entry_from_the_register"),
        ),
    ]
