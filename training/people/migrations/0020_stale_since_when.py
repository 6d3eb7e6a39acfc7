"""A mark on a post says since when the post has been waiting. For marks that stand already: since they were set."""

from django.db import migrations, models
from django.db.models import F


def set_first_moment(apps, schema_editor):
    """As far as is known."""
    marks = apps.get_model("people", "StalePost")._base_manager
    marks.update(first_marked_at=F("marked_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0019_undoing_needs_two"),
    ]

    operations = [
        migrations.AddField(
            model_name="stalepost",
            name="first_marked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(set_first_moment, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="stalepost",
            name="first_marked_at",
            field=models.DateTimeField(),
        ),
    ]
