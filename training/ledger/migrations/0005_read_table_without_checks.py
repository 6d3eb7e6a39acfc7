"""The read table of standings is worked out, not entered: its rows are written without foreign keys being checked."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_entries_say_how_long")]
    operations = [
        migrations.RemoveIndex(model_name="standingstep", name="step_by_module_and_days"),
        migrations.AlterField(
            model_name="standingstep",
            name="module",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="standing_steps",
                to="pathways.module",
            ),
        ),
        migrations.AlterField(
            model_name="standingstep",
            name="post",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="standing_steps",
                to="people.post",
            ),
        ),
    ]
