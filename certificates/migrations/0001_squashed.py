"""All tables of this room, and what the database itself watches over."""

import django.db.models.deletion
import uuid
import wagtail.models.preview
from django.db import migrations, models

from training.audit.append_only import append_only, close, let_erase, open_again

TABLE, MARKER = "certificates_certificate", "certificates_gone"


def erasable(apps, editor):
    """What is marked as gone may be deleted."""
    let_erase(editor.connection, TABLE, MARKER)


def closed(apps, editor):
    """Nothing may be deleted."""
    open_again(editor.connection, TABLE)
    close(editor.connection, TABLE)


class Migration(migrations.Migration):

    replaces = [('certificates', '0001_tables'), ('certificates', '0002_append_only'), ('certificates', '0003_corrections'), ('certificates', '0004_showing'), ('certificates', '0005_designs'), ('certificates', '0006_designs_never_change'), ('certificates', '0007_printed_names'), ('certificates', '0008_passport'), ('certificates', '0009_gone'), ('certificates', '0010_batches'), ('certificates', '0011_badge_places'), ('certificates', '0012_badge_places_kept'), ('certificates', '0013_look_counts'), ('certificates', '0014_shares_know_names'), ('certificates', '0015_shares_by_module'), ('certificates', '0016_batch_turns'), ('certificates', '0017_batch_keys_sum')]

    initial = True

    dependencies = [
        ('ledger', '0001_squashed'),
        ('people', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Gone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_hash', models.CharField(max_length=64, unique=True)),
                ('number', models.BigIntegerField(help_text='Its number, which lets the database delete it', unique=True)),
                ('completion_uid', models.UUIDField(db_index=True, help_text='So that none is issued of it again')),
                ('erased_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'gone',
            },
        ),
        migrations.CreateModel(
            name='Logo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('content', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='LookCount',
            fields=[
                ('place', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('minute', models.BigIntegerField(db_index=True)),
                ('looks', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(max_length=32, unique=True)),
                ('snapshot', models.JSONField()),
                ('issued_at', models.DateTimeField()),
                ('correction', models.CharField(blank=True, choices=[('name', 'The name'), ('day', 'The day')], db_default='', default='', max_length=10)),
                ('completion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='ledger.entry')),
                ('supersedes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='certificates.certificate')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('correction', 'name'), _negated=True), fields=('completion',), name='one_first_certificate_of_a_completion'), models.CheckConstraint(condition=models.Q(models.Q(('correction', ''), ('supersedes__isnull', True)), models.Q(('supersedes__isnull', False), models.Q(('correction', ''), _negated=True)), _connector='OR'), name='a_certificate_that_supersedes_says_why')],
            },
        ),
        migrations.CreateModel(
            name='BadgePlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(unique=True)),
                ('certificate', models.OneToOneField(help_text='None: it was erased, and its badge stays suspended', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='badge_place', to='certificates.certificate')),
            ],
        ),
        migrations.CreateModel(
            name='Design',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveIntegerField(editable=False)),
                ('shape', models.CharField(choices=[('landscape', 'A4, on its side'), ('portrait', 'A4, upright')], default='landscape', max_length=10)),
                ('ink', models.CharField(default='#08363b', help_text='Of names and titles: #08363b', max_length=7, verbose_name='dark colour')),
                ('accent', models.CharField(default='#653a6b', help_text='Of lines and dots: #653a6b', max_length=7, verbose_name='second colour')),
                ('logo_says', models.CharField(blank=True, help_text='Read out in place of the logo', max_length=120, verbose_name='logo in words')),
                ('signatories', models.JSONField(blank=True, default=list, editable=False)),
                ('made_at', models.DateTimeField(editable=False)),
                ('made_by', models.CharField(editable=False, max_length=80)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='designs', to='people.partnership')),
                ('logo', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='certificates.logo')),
            ],
            options={
                'ordering': ['partnership__title', '-number'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'number'), name='design_number_once_a_partnership')],
            },
            bases=(wagtail.models.preview.PreviewableMixin, models.Model),
        ),
        migrations.CreateModel(
            name='PrintedName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=240)),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.CharField(blank=True, max_length=80)),
                ('is_confirmed', models.BooleanField(default=False)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='printed_names', to='people.agency')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='printed_names', to='people.person')),
            ],
            options={
                'ordering': ['asked_at', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('person',), name='one_printed_name_waits_a_person'), models.CheckConstraint(condition=models.Q(('is_confirmed', False), ('answered_at__isnull', False), _connector='OR'), name='a_confirmed_name_was_answered')],
            },
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(max_length=32, unique=True)),
                ('label', models.CharField(blank=True, help_text="For whom it was made, in the holder's words", max_length=60)),
                ('modules', models.JSONField(default=list, help_text='Ids of modules; none: all of them')),
                ('names', models.JSONField(default=list, help_text='The names that it may show; the first as printed when it was made')),
                ('roster_name', models.CharField(default='', help_text='What the roster called the holder then', max_length=250)),
                ('last_on', models.DateField(help_text='The last day on which it opens anything')),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passport_shares', to='people.person')),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('ended_at__gte', models.F('made_at')), _connector='OR'), name='share_ended_after_made')],
            },
        ),
        migrations.CreateModel(
            name='Showing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_masked', models.BooleanField(default=False, help_text='Initials instead of the name')),
                ('shows_agency', models.BooleanField(default=False, help_text='Where the holder worked then')),
                ('points_forward', models.BooleanField(default=False, help_text='To what took its place')),
                ('is_paused', models.BooleanField(default=False, help_text='The page says nothing for now')),
                ('looks', models.PositiveIntegerField(default=0)),
                ('certificate', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='showing', to='certificates.certificate')),
            ],
        ),
        migrations.CreateModel(
            name='Viewing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('page', 'Looked at'), ('file', 'Taken as a file'), ('accepted', 'Accepted by an agency'), ('as_other', 'Accepted by an agency for somebody whom its roster has under another name')], max_length=10)),
                ('modules', models.JSONField(default=list)),
                ('seen_at', models.DateTimeField()),
                ('share', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='viewings', to='certificates.share')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('module_code', models.CharField(blank=True, max_length=20)),
                ('source', models.CharField(blank=True, max_length=120)),
                ('form', models.CharField(choices=[('zip', 'A file for each person, in one ZIP'), ('print', 'One file to print')], max_length=10)),
                ('shape', models.CharField(choices=[('landscape', 'A4, on its side'), ('portrait', 'A4, upright'), ('card', 'Card for a wallet')], max_length=10)),
                ('tells', models.BooleanField(default=False, help_text='Each person is sent where their certificates are')),
                ('count', models.PositiveIntegerField(default=0)),
                ('keys_sum', models.BigIntegerField(default=0, help_text='Of the numbers of its completions: who, beside how many')),
                ('done', models.PositiveIntegerField(default=0)),
                ('left_out', models.PositiveIntegerField(default=0, help_text='Whose name or text has letters that cannot be printed')),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.CharField(max_length=80)),
                ('moved_at', models.DateTimeField()),
                ('turn', models.PositiveIntegerField(default=0, help_text='How often a worker has taken it up')),
                ('is_zip', models.BooleanField(default=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificate_batches', to='people.agency')),
            ],
            options={
                'verbose_name_plural': 'batches',
                'ordering': ['-asked_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('done__lte', models.F('count'))), name='a_batch_does_not_do_too_much')],
            },
        ),
        append_only(TABLE),
        append_only("certificates_design"),
        append_only("certificates_logo"),
        migrations.RunPython(erasable, closed),
    ]
