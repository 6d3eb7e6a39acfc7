"""All tables of this room, and what the database itself watches over."""

import uuid
from django.db import migrations, models

from training.audit.append_only import append_only


class Migration(migrations.Migration):

    replaces = [('audit', '0001_tables'), ('audit', '0002_append_only'), ('audit', '0003_former_values')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('at', models.DateTimeField(db_index=True)),
                ('actor', models.CharField(max_length=80)),
                ('verb', models.CharField(max_length=60)),
                ('object_kind', models.CharField(blank=True, max_length=60)),
                ('object_uid', models.CharField(blank=True, db_index=True, max_length=80)),
                ('agency_code', models.CharField(blank=True, max_length=40)),
                ('partnership_code', models.CharField(blank=True, max_length=40)),
                ('detail', models.JSONField(default=dict)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='FormerValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=60)),
                ('row', models.BigIntegerField()),
                ('column', models.CharField(max_length=60)),
                ('value', models.JSONField(null=True)),
                ('replaced_at', models.DateTimeField()),
                ('replaced_by', models.CharField(max_length=80)),
            ],
            options={
                'ordering': ['replaced_at', 'id'],
                'indexes': [models.Index(fields=['table', 'column', 'replaced_at'], name='former_value_by_column')],
            },
        ),
        append_only("audit_auditevent"),
    ]
