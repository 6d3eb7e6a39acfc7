"""All tables of this room, and what the database itself watches over."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from training.audit.append_only import append_only


class Migration(migrations.Migration):

    replaces = [('boards', '0001_tables'), ('boards', '0002_frozen_for_good'), ('boards', '0003_one_count_of_a_day')]

    initial = True

    dependencies = [
        ('people', '0001_squashed'),
        ('people', '__first__'),
        ('strategy', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='DrawnPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('of', models.CharField(max_length=64, unique=True)),
                ('asked_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('begun_at', models.DateTimeField(blank=True, null=True)),
                ('drawn_at', models.DateTimeField(blank=True, null=True)),
                ('pages', models.PositiveIntegerField(default=0)),
                ('content', models.BinaryField(blank=True, null=True)),
                ('problem', models.CharField(blank=True, max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name='BoardPack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('work_by', models.CharField(blank=True, max_length=80)),
                ('tries', models.PositiveSmallIntegerField(default=0, help_text='How often the worker has begun')),
                ('problem', models.CharField(blank=True, help_text='Why the worker could not do it', max_length=300)),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('meeting_on', models.DateField()),
                ('as_at', models.DateField(help_text='The end of a month: neighbouring days can differ by one person')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('review', 'In review'), ('frozen', 'Frozen')], default='draft', max_length=10)),
                ('figures', models.TextField(blank=True)),
                ('decisions', models.JSONField(blank=True, default=list)),
                ('work', models.CharField(blank=True, choices=[('count', 'Count its figures'), ('freeze', 'Freeze'), ('restate', 'Count again what is frozen')], max_length=10)),
                ('opened_at', models.DateTimeField()),
                ('opened_by', models.CharField(max_length=80)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='board_packs', to='people.partnership')),
                ('strategy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='board_packs', to='strategy.strategy')),
            ],
            options={
                'ordering': ['-meeting_on'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'meeting_on'), name='one_board_pack_of_a_meeting'), models.CheckConstraint(condition=models.Q(('meeting_on__gte', models.F('as_at'))), name='board_pack_is_for_a_later_meeting'), models.CheckConstraint(condition=models.Q(('published_at__isnull', True), ('state', 'frozen'), _connector='OR'), name='only_a_frozen_pack_is_published')],
            },
        ),
        migrations.CreateModel(
            name='CountedDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('as_at', models.DateField()),
                ('counted_at', models.DateTimeField()),
                ('shown_at', models.DateTimeField(blank=True, null=True)),
                ('report', models.TextField()),
                ('declared', models.TextField()),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counted_days', to='people.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership', 'as_at'), name='one_count_of_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Narrative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=230)),
                ('due_on', models.DateField()),
                ('text', models.TextField(blank=True)),
                ('role', models.CharField(blank=True, help_text='The role of who wrote it: names are not frozen', max_length=80)),
                ('turn', models.PositiveIntegerField(default=0)),
                ('written_at', models.DateTimeField(blank=True, null=True)),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('told_late_at', models.DateTimeField(blank=True, null=True)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='narratives', to=settings.AUTH_USER_MODEL)),
                ('pack', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='narratives', to='boards.boardpack')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('pack', 'about'), name='one_narrative_about_a_thing')],
            },
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.TextField()),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('frozen_at', models.DateTimeField()),
                ('frozen_by', models.CharField(max_length=80)),
                ('pack', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='snapshot', to='boards.boardpack')),
            ],
        ),
        migrations.CreateModel(
            name='Restatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.TextField()),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('known_at', models.DateTimeField()),
                ('asked_by', models.CharField(max_length=80)),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restatements', to='boards.snapshot')),
            ],
            options={
                'ordering': ['known_at', 'pk'],
            },
        ),
        append_only("boards_snapshot"),
        append_only("boards_restatement"),
    ]
