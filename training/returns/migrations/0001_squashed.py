"""All tables of this room, and what the database itself watches over."""

import django.core.validators
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('returns', '0001_tables')]

    initial = True

    dependencies = [
        ('pathways', '0001_squashed'),
        ('people', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgencyReturn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('quarter_on', models.DateField(help_text="The quarter's first day")),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='people.agency')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='people.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership', 'agency', 'quarter_on'), name='one_return_of_an_agency_for_a_quarter')],
            },
        ),
        migrations.CreateModel(
            name='ClosedQuarter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quarter_on', models.DateField()),
                ('closed_at', models.DateTimeField()),
                ('closed_by', models.CharField(max_length=80)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closed_quarters', to='people.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership', 'quarter_on'), name='a_quarter_is_closed_once')],
            },
        ),
        migrations.CreateModel(
            name='HeadCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('counted_on', models.DateField()),
                ('group_kind', models.CharField(blank=True, max_length=12)),
                ('group', models.CharField(blank=True, max_length=40)),
                ('people', models.PositiveIntegerField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='head_counts', to='people.agency')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('replaced_at__isnull', True), ('replaced_at__gte', models.F('recorded_at')), _connector='OR'), name='returns_headcount_replaced_after_recorded'), models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('agency', 'counted_on', 'group_kind', 'group'), name='one_head_count_of_a_group_on_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('group', ''), ('group_kind', '')), models.Q(('group_kind__in', ['role_family', 'role_group']), models.Q(('group', ''), _negated=True)), _connector='OR'), name='head_count_says_whom_it_counts'), models.CheckConstraint(condition=models.Q(('people__lte', 1000000)), name='head_count_is_of_one_agency')],
            },
        ),
        migrations.CreateModel(
            name='Reminded',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quarter_on', models.DateField()),
                ('when', models.CharField(choices=[('open', 'When it opens'), ('soon', 'A week before it is due'), ('late', 'When it is late')], max_length=8)),
                ('at', models.DateTimeField()),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.partnership')),
            ],
            options={
                'verbose_name_plural': 'reminded',
                'constraints': [models.UniqueConstraint(fields=('partnership', 'quarter_on', 'when'), name='agencies_are_reminded_once')],
            },
        ),
        migrations.CreateModel(
            name='ReturnTerms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('quarter_on', models.DateField(help_text='The first day of the first quarter that these are for')),
                ('due_days', models.PositiveSmallIntegerField(default=28, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(90)])),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='return_terms', to='people.partnership')),
            ],
            options={
                'verbose_name_plural': 'return terms',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('replaced_at__isnull', True), ('replaced_at__gte', models.F('recorded_at')), _connector='OR'), name='returns_returnterms_replaced_after_recorded'), models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('partnership', 'quarter_on'), name='one_version_of_terms_from_a_quarter'), models.CheckConstraint(condition=models.Q(('due_days__gte', 1), ('due_days__lte', 90)), name='returns_are_due_before_the_next')],
            },
        ),
        migrations.CreateModel(
            name='ReturnVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('correction_reason', models.CharField(blank=True, choices=[('miscounted', 'A number was wrong'), ('late_records', 'Records came in late'), ('counted_twice', 'People were counted twice, or are recorded by name'), ('wrong_quarter', 'Training belongs to another quarter')], max_length=16)),
                ('handed_over_at', models.DateTimeField(blank=True, null=True)),
                ('handed_over_by', models.CharField(blank=True, max_length=80)),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('signed_by', models.CharField(blank=True, max_length=80)),
                ('sent_back_reason', models.CharField(blank=True, choices=[('unlikely', 'A number is unlikely: please check it'), ('no_evidence', 'It does not say where the evidence is kept'), ('by_name', 'It seems to include people whose training is recorded by name'), ('wrong_module', 'Training is put down to the wrong module or role group')], max_length=16)),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='returns.agencyreturn')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('replaced_at__isnull', True), ('replaced_at__gte', models.F('recorded_at')), _connector='OR'), name='returns_returnversion_replaced_after_recorded'), models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True), ('signed_at__isnull', True)), fields=('of',), name='one_version_of_a_return_is_being_made'), models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True), ('signed_at__isnull', False)), fields=('of',), name='one_version_of_a_return_holds'), models.CheckConstraint(condition=models.Q(('signed_at__isnull', True), ('handed_over_at__isnull', False), _connector='OR'), name='what_is_signed_was_handed_over'), models.CheckConstraint(condition=models.Q(('sent_back_reason', ''), models.Q(('replaced_at__isnull', False), ('signed_at__isnull', False)), _connector='OR'), name='what_is_sent_back_was_signed')],
            },
        ),
        migrations.CreateModel(
            name='ReturnLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('trained', models.PositiveIntegerField(blank=True, null=True)),
                ('how', models.CharField(choices=[('session', 'Taught session'), ('online', 'Online course of its own'), ('induction', 'Part of induction'), ('practice', 'Exercise or supervised practice'), ('other', 'Another way')], default='session', max_length=12)),
                ('evidence', models.CharField(blank=True, max_length=120)),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pathways.module')),
                ('role_group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.rolegroup')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='returns.returnversion')),
            ],
            options={
                'ordering': ['role_group__title', 'module__position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('version', 'role_group', 'module'), name='a_return_says_each_number_once'), models.CheckConstraint(condition=models.Q(('trained__isnull', True), ('trained__lte', 1000000), _connector='OR'), name='a_return_is_of_one_agency')],
            },
        ),
    ]
