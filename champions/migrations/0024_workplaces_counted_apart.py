"""Workplaces are counted in a table of their own, and everything is counted once more."""

import django.db.models.deletion
from django.db import migrations, models


def count_again(apps, schema_editor):
    """The worker counts what has no mark."""
    apps.get_model("champions", "StepMark").objects.update(counted_on=None)


class Migration(migrations.Migration):

    dependencies = [
        ('champions', '0023_what_networks_aim_for'),
        ('people', '0027_community_is_a_kind'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='staffcount',
            name='workplace',
        ),
        migrations.CreateModel(
            name='WorkplaceCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('posts', models.PositiveIntegerField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.agency')),
                ('locality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.locality')),
                ('workplace', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.workplace')),
            ],
        ),
        migrations.RunPython(count_again, migrations.RunPython.noop),
    ]
