"""Turns say in which way they came, and which words were agreed to; nominations, that somebody was told."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('champions', '0003_nominations_by_address'),
        ('people', '0026_weighty_files'),
    ]

    operations = [
        migrations.AddField(
            model_name='championturn',
            name='way',
            field=models.CharField(blank=True, choices=[('own', 'own'), ('manager', 'manager'), ('coordinator', 'coordinator'), ('site', 'site'), ('link', 'link'), ('vouched', 'vouched')], max_length=20),
        ),
        migrations.AddField(
            model_name='championturn',
            name='words_version',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Of what was agreed to', null=True),
        ),
        migrations.AddField(
            model_name='nomination',
            name='is_declined',
            field=models.BooleanField(default=False, help_text='By whoever has it; never shown'),
        ),
        migrations.AddField(
            model_name='nomination',
            name='told_at',
            field=models.DateTimeField(blank=True, help_text='When the worker looked who has it; never shown', null=True),
        ),
        migrations.AlterField(
            model_name='championturn',
            name='turn',
            field=models.CharField(choices=[('nominated', 'nominated'), ('accepted', 'accepted'), ('agreed', 'agreed'), ('declined', 'declined'), ('withdrawn', 'withdrawn'), ('stood_down', 'stood_down')], max_length=20),
        ),
    ]
