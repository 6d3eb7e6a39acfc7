"""All tables of this room, and what the database itself watches over."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('evidence', '0001_tables'), ('evidence', '0002_withdrawn_evidence_says_nothing'), ('evidence', '0003_no_index_twice'), ('evidence', '0004_large_files'), ('evidence', '0005_asked_outside'), ('evidence', '0006_shown_by_passport'), ('evidence', '0007_rests_on')]

    initial = True

    dependencies = [
        ('ledger', '0001_squashed'),
        ('pathways', '0001_squashed'),
        ('people', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='CompletionImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('work', models.CharField(blank=True, choices=[('read', 'Being read'), ('apply', 'Being applied'), ('undo', 'Being undone'), ('send', 'Being read and applied')], max_length=10)),
                ('work_by', models.CharField(blank=True, max_length=80)),
                ('tries', models.PositiveSmallIntegerField(default=0, help_text='How often the worker has begun')),
                ('problem', models.CharField(blank=True, help_text='Why the worker could not do it', max_length=300)),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sha256', models.CharField(max_length=64)),
                ('mode', models.CharField(choices=[('history', 'All of it, as history'), ('open', 'Only what is asked for and not in date'), ('newer', 'Only what is newer than what stands here')], default='history', max_length=10)),
                ('as_at', models.DateField(help_text='The day on which the file was read: nothing in it may be later')),
                ('state', models.CharField(choices=[('reading', 'Being read'), ('refused', 'Refused'), ('staged', 'Waiting to be applied'), ('applied', 'Applied'), ('undone', 'Undone')], default='staged', max_length=20)),
                ('counts', models.JSONField(default=dict, help_text='Rows by kind')),
                ('dropped_columns', models.JSONField(default=list, help_text='Columns that must not be held here')),
                ('ignored_columns', models.JSONField(default=list, help_text='Columns without a meaning here')),
                ('packed', models.BinaryField(help_text='Of a large file: its rows, until the worker has looked', null=True)),
                ('unrestored', models.JSONField(default=list, help_text='What undoing could not take back, and why')),
                ('staged_at', models.DateTimeField()),
                ('staged_by', models.CharField(max_length=80)),
                ('applied_at', models.DateTimeField(blank=True, null=True)),
                ('applied_by', models.CharField(blank=True, max_length=80)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('undone_by', models.CharField(blank=True, max_length=80)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='completion_imports', to='people.agency')),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['applied', 'undone']), _negated=True), ('applied_at__isnull', False), _connector='OR'), name='applied_completion_import_says_when')],
            },
        ),
        migrations.CreateModel(
            name='CompletionRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(help_text='In the file')),
                ('kind', models.CharField(choices=[('new', 'New'), ('unchanged', 'Unchanged'), ('skipped', 'Skipped'), ('waiting', 'Waiting'), ('refused', 'Refused')], max_length=20)),
                ('employee_ref', models.CharField(blank=True, max_length=60)),
                ('module_code', models.CharField(blank=True, max_length=20)),
                ('values', models.JSONField(default=dict)),
                ('changes', models.JSONField(default=dict)),
                ('reasons', models.JSONField(default=list)),
                ('key', models.CharField(blank=True, help_text='Of the ledger entry or the evidence that it makes', max_length=80)),
                ('completion_import', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='evidence.completionimport')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='completion_rows', to='people.person')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['completion_import', 'kind'], name='completion_row_by_kind')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('employee_ref', models.CharField(blank=True, help_text='As the file has it', max_length=60)),
                ('external_title', models.CharField(max_length=200)),
                ('provider', models.CharField(blank=True, max_length=160)),
                ('title_key', models.CharField(db_index=True, max_length=200)),
                ('provider_key', models.CharField(blank=True, max_length=200)),
                ('completed_on', models.DateField()),
                ('expires_on', models.DateField(blank=True, null=True)),
                ('reference', models.CharField(blank=True, max_length=120)),
                ('origin', models.CharField(choices=[('learner', 'The learner'), ('file', 'A completion file'), ('passport', "The learner's passport")], max_length=10)),
                ('key', models.CharField(max_length=64)),
                ('why', models.CharField(blank=True, help_text='Why a row of a file waits', max_length=200)),
                ('state', models.CharField(choices=[('waiting', 'Waiting for HR'), ('asked', 'HR has asked for more'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='waiting', max_length=10)),
                ('said', models.CharField(blank=True, help_text='What HR told the learner', max_length=300)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.CharField(blank=True, max_length=80)),
                ('asked_outside_at', models.DateTimeField(blank=True, help_text="When one who is alone in HR asked the partnership's coordinator to decide", null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='people.agency')),
                ('completion_import', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='evidence', to='evidence.completionimport')),
                ('entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='from_evidence', to='ledger.entry')),
                ('module', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='pathways.module')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='people.person')),
                ('rests_on', models.ForeignKey(blank=True, help_text='Of a passport: the entry of this site whose certificate was shown', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accepted_as', to='ledger.entry')),
            ],
            options={
                'verbose_name_plural': 'evidence',
                'ordering': ['recorded_at', 'id'],
                'indexes': [models.Index(fields=['agency', 'state'], name='evidence_by_agency_and_state')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('key',), name='one_evidence_of_a_thing_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'accepted'), _negated=True), models.Q(('module__isnull', False), ('person__isnull', False)), _connector='OR'), name='accepted_evidence_says_of_whom_and_as_what')],
            },
        ),
        migrations.CreateModel(
            name='EvidenceFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('pdf', 'PDF'), ('jpeg', 'JPEG picture'), ('png', 'PNG picture')], max_length=4)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('recorded_at', models.DateTimeField()),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='evidence.evidence')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('evidence', 'sha256'), name='a_file_once_an_evidence')],
            },
        ),
        migrations.CreateModel(
            name='RegisterProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('external_title', models.CharField(max_length=200)),
                ('provider', models.CharField(blank=True, max_length=160)),
                ('evidence', models.TextField(blank=True)),
                ('maximum_age_months', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting for the partnership'), ('accepted', 'In the register'), ('declined', 'Declined')], default='waiting', max_length=10)),
                ('said', models.CharField(blank=True, help_text='What the partnership told HR', max_length=300)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.CharField(blank=True, max_length=80)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='equivalence_proposals', to='people.agency')),
                ('equivalence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='register_proposals', to='pathways.equivalence')),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='equivalence_proposals', to='pathways.module')),
            ],
            options={
                'ordering': ['recorded_at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('equivalence__isnull', False), ('state', 'accepted')), models.Q(models.Q(('state', 'accepted'), _negated=True), ('equivalence__isnull', True)), _connector='OR'), name='accepted_proposal_names_its_entry'), models.CheckConstraint(condition=models.Q(('decided_at__isnull', True), ('decided_at__gte', models.F('recorded_at')), _connector='OR'), name='proposal_decided_after_recorded')],
            },
        ),
        migrations.CreateModel(
            name='SetAside',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('external_title', models.CharField(max_length=200)),
                ('provider', models.CharField(blank=True, max_length=160)),
                ('title_key', models.CharField(max_length=200)),
                ('provider_key', models.CharField(blank=True, max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='titles_set_aside', to='people.agency')),
            ],
            options={
                'verbose_name_plural': 'titles set aside',
                'ordering': ['external_title', 'provider'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'title_key', 'provider_key'), name='a_title_is_set_aside_once')],
            },
        ),
    ]
