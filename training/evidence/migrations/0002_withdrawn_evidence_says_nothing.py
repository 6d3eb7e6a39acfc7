"""What was taken back before this release is emptied as what is taken back from now on."""

from django.db import migrations

SAID = ("external_title", "provider", "reference", "title_key", "provider_key", "said")


def empty(apps, schema_editor):
    """Leave the row, and nothing of what it said."""
    apps.get_model("evidence", "Evidence").objects.filter(state="withdrawn").update(**dict.fromkeys(SAID, ""))


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_tables")]

    operations = [migrations.RunPython(empty, migrations.RunPython.noop)]
