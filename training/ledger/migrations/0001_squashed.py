"""All tables of this room, and what the database itself watches over."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from training.audit.append_only import append_only


class Migration(migrations.Migration):

    replaces = [('ledger', '0001_tables'), ('ledger', '0002_append_only'), ('ledger', '0003_steps_say_whether_required'), ('ledger', '0004_entries_say_how_long'), ('ledger', '0005_read_table_without_checks'), ('ledger', '0006_completions_in_columns'), ('ledger', '0007_counts_of_an_agency'), ('ledger', '0008_no_index_twice'), ('ledger', '0009_doubts'), ('ledger', '0010_launch_is_self_reported'), ('ledger', '0011_counts_anew')]

    initial = True

    dependencies = [
        ('pathways', '0001_squashed'),
        ('people', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChainHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(default=0)),
                ('hash', models.CharField(max_length=64)),
                ('partnership', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='chain_head', to='people.partnership')),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveBigIntegerField()),
                ('kind', models.CharField(choices=[('completion', 'Completion'), ('void', 'Void: it never happened'), ('revocation', 'Revocation: it stops counting')], max_length=12)),
                ('module_code', models.CharField(max_length=20)),
                ('module_title', models.CharField(max_length=200)),
                ('edition', models.CharField(blank=True, max_length=40)),
                ('completed_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('method', models.CharField(blank=True, choices=[('online', 'Online course'), ('event', 'Session'), ('import', "Agency's records"), ('evidence', 'Evidence seen'), ('equivalence', 'Outside course accepted'), ('observed', 'Observed practice'), ('declared', 'Declared by the agency'), ('launch', 'Outside course, self-reported')], max_length=12)),
                ('source', models.CharField(blank=True, max_length=120)),
                ('evidence', models.CharField(blank=True, max_length=300)),
                ('minutes', models.PositiveIntegerField(blank=True, help_text='How long it took, for rules that ask for hours', null=True)),
                ('agency_title', models.CharField(blank=True, max_length=160)),
                ('role_group_code', models.CharField(blank=True, max_length=40)),
                ('role_group_title', models.CharField(blank=True, max_length=160)),
                ('effective_on', models.DateField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('idempotency_key', models.CharField(max_length=120, unique=True)),
                ('previous_hash', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='people.agency')),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='pathways.module')),
                ('partnership', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='people.partnership')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='people.person')),
                ('target', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sequels', to='ledger.entry')),
            ],
            options={
                'verbose_name_plural': 'entries',
                'ordering': ['partnership_id', 'number'],
                'indexes': [models.Index(condition=models.Q(('kind', 'completion')), fields=['person', 'module', 'completed_on'], include=('partnership', 'recorded_at'), name='completion_in_columns'), models.Index(condition=models.Q(('method', 'equivalence')), fields=['source'], name='entry_from_the_register'), models.Index(fields=['recorded_at'], name='entry_by_recorded_at')],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'number'), name='entry_number_once_a_chain'), models.UniqueConstraint(condition=models.Q(('kind', 'void')), fields=('target',), name='a_completion_is_voided_once'), models.CheckConstraint(condition=models.Q(models.Q(('completed_on__isnull', False), ('kind', 'completion'), ('target__isnull', True), models.Q(('method', ''), _negated=True)), models.Q(('kind', 'void'), ('target__isnull', False), models.Q(('reason', ''), _negated=True)), models.Q(('effective_on__isnull', False), ('kind', 'revocation'), ('target__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='entry_says_what_its_kind_needs')],
            },
        ),
        migrations.CreateModel(
            name='Doubt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wrong', models.CharField(choices=[('person', "It is somebody else's"), ('day', 'The day is wrong'), ('module', 'It is about another module'), ('twice', 'It is recorded twice'), ('not_done', 'It was not done'), ('stops', 'It was right, and stops counting today')], max_length=10)),
                ('said_at', models.DateTimeField()),
                ('said_by', models.CharField(max_length=80)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='doubt', to='ledger.entry')),
            ],
        ),
        migrations.CreateModel(
            name='Announcement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='announcement', to='ledger.entry')),
            ],
        ),
        migrations.CreateModel(
            name='Completion',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('ledger.entry',),
        ),
        migrations.CreateModel(
            name='StandingCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changes', models.PositiveBigIntegerField(default=0)),
                ('counted', models.PositiveBigIntegerField(blank=True, null=True)),
                ('on', models.DateField(blank=True, null=True)),
                ('cells', models.JSONField(default=list)),
                ('agency', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='standing_count', to='people.agency')),
            ],
        ),
        migrations.CreateModel(
            name='StandingStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('state', models.CharField(max_length=20)),
                ('is_valid', models.BooleanField()),
                ('is_required', models.BooleanField(default=True)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('window_opens_on', models.DateField(blank=True, null=True)),
                ('began_on', models.DateField()),
                ('reasons', models.JSONField(default=list, help_text='Ids of the requirements that ask for it')),
                ('worked_out_at', models.DateTimeField()),
                ('module', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='standing_steps', to='pathways.module')),
                ('post', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='standing_steps', to='people.post')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('post', 'module', 'from_on'), name='one_standing_of_a_post_from_a_day')],
            },
        ),
        append_only("ledger_entry"),
    ]
