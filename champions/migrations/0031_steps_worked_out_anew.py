"""The rule of who has left has changed: the worker, or the coordinator's page, works every step out anew."""

from django.db import migrations


def forget(apps, schema_editor):
    apps.get_model("champions", "StepMark").objects.update(changes=None)


class Migration(migrations.Migration):
    dependencies = [("champions", "0030_specialists_answer_by_a_link")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
