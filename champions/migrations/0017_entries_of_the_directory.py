"""What the directory searches: a read table, filled by the worker."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('champions', '0016_gone_is_a_reply'),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('for_everybody', models.TextField()),
                ('for_champions', models.TextField()),
                ('is_open', models.BooleanField(help_text='Whether a running post had the duty when this was written')),
                ('rests_until', models.DateField(blank=True, null=True)),
                ('checked_at', models.DateTimeField(db_index=True)),
                ('champion', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='entry', to='champions.champion')),
            ],
            options={
                'verbose_name_plural': 'entries',
            },
        ),
    ]
