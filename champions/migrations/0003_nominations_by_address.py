"""Addresses that were put forward, kept for ninety days whether or not anybody has them."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('champions', '0002_blocks_hold_after_a_new_address'),
        ('people', '0007_one_grant_whatever_is_blank'),
    ]

    operations = [
        migrations.CreateModel(
            name='Nomination',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('address', models.EmailField(help_text='In small letters', max_length=254)),
                ('nominated_on', models.DateField()),
                ('recorded_at', models.DateTimeField(db_index=True)),
                ('recorded_by', models.CharField(max_length=80)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to='people.partnership')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['-recorded_at', '-id'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'address'), name='one_nomination_of_an_address')],
            },
        ),
    ]
