"""All tables of this room, and what the database itself watches over."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from training.audit.append_only import append_only


class Migration(migrations.Migration):

    replaces = [('strategy', '0001_tables'), ('strategy', '0002_coverage_builds'), ('strategy', '0003_succession_and_own_indicators'), ('strategy', '0004_owners_and_means'), ('strategy', '0005_values_from_outside'), ('strategy', '0006_former_strategies'), ('strategy', '0007_former_strategies_for_good'), ('strategy', '0008_places_counts'), ('strategy', '0009_asked_hidden_by_itself')]

    initial = True

    dependencies = [
        ('people', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True)),
                ('title', models.CharField(max_length=160)),
                ('unit', models.CharField(choices=[('percent', 'Percent'), ('count', 'Count'), ('score', 'Score'), ('ratio', 'Ratio')], max_length=10)),
                ('direction', models.CharField(choices=[('up', 'Up'), ('down', 'Down'), ('ambiguous', 'Ambiguous')], max_length=10)),
                ('source', models.CharField(choices=[('computed', 'Computed'), ('imported', 'Imported'), ('declared', 'Declared'), ('manual', 'Manual')], max_length=10)),
                ('is_collected', models.BooleanField(default=False)),
                ('frequency', models.CharField(choices=[('month', 'Month'), ('quarter', 'Quarter'), ('year', 'Year')], max_length=10)),
                ('owner', models.CharField(choices=[('partnership_coordinator', 'Partnership coordinator'), ('champion_coordinator', 'Champion coordinator'), ('agency_hr', 'Agency hr'), ('content_author', 'Content author')], default='partnership_coordinator', max_length=30)),
                ('formula', models.TextField()),
                ('numerator', models.TextField()),
                ('denominator', models.TextField(blank=True)),
                ('logic', models.TextField()),
                ('caution', models.TextField()),
                ('suppress_below', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('measure', models.JSONField(blank=True, null=True)),
                ('position', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Objective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=200)),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Priority',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=200)),
                ('note', models.TextField(blank=True)),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'verbose_name_plural': 'priorities',
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='CoverageBuild',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('as_at', models.DateField()),
                ('worked_out_at', models.DateTimeField()),
                ('milliseconds', models.PositiveIntegerField(help_text='How long counting took: the worker rests in proportion')),
                ('agencies', models.JSONField(default=list)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coverage_builds', to='people.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership', 'as_at'), name='one_coverage_build_of_a_day')],
            },
        ),
        migrations.CreateModel(
            name='CoverageCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group_kind', models.CharField(blank=True, max_length=12)),
                ('group', models.CharField(blank=True, max_length=40)),
                ('scope_kind', models.CharField(blank=True, max_length=12)),
                ('scope', models.CharField(blank=True, max_length=40)),
                ('numerator', models.PositiveIntegerField()),
                ('denominator', models.PositiveIntegerField()),
                ('on_leave', models.PositiveIntegerField(default=0)),
                ('exempt', models.PositiveIntegerField(default=0)),
                ('in_induction', models.PositiveIntegerField(default=0)),
                ('value', models.FloatField(blank=True, null=True)),
                ('is_hidden_from_board', models.BooleanField()),
                ('is_hidden_from_public', models.BooleanField()),
                ('are_excluded_hidden_from_board', models.BooleanField()),
                ('is_asked_hidden_from_board', models.BooleanField(default=True)),
                ('is_asked_hidden_from_public', models.BooleanField(default=True)),
                ('build', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cells', to='strategy.coveragebuild')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('build', 'group_kind', 'group', 'scope_kind', 'scope'), name='one_coverage_cell_of_a_place'), models.CheckConstraint(condition=models.Q(('numerator__lte', models.F('denominator'))), name='in_date_are_among_those_asked')],
            },
        ),
        migrations.CreateModel(
            name='IndicatorValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('part', models.CharField(blank=True, max_length=60)),
                ('first_on', models.DateField()),
                ('last_on', models.DateField()),
                ('numerator', models.PositiveBigIntegerField(null=True)),
                ('denominator', models.PositiveBigIntegerField(blank=True, null=True)),
                ('narrative', models.CharField(max_length=1000)),
                ('said_by', models.CharField(help_text="The organisation or role it comes from, not a person's name", max_length=120)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='values', to='strategy.indicator')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicator_values', to='people.partnership')),
            ],
            options={
                'ordering': ['-last_on', 'part', 'recorded_at', 'pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('replaced_at__isnull', True), ('replaced_at__gte', models.F('recorded_at')), _connector='OR'), name='strategy_indicatorvalue_replaced_after_recorded'), models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('partnership', 'indicator', 'first_on', 'last_on', 'part'), name='one_value_of_a_part_and_period'), models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='value_is_of_a_period'), models.CheckConstraint(condition=models.Q(('denominator__isnull', True), ('denominator__gt', 0), _connector='OR'), name='value_is_out_of_some')],
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=200)),
                ('evidence', models.CharField(choices=[('D', 'Shown directly'), ('I', 'Shown in part'), ('N', 'Not shown by training records')], max_length=1)),
                ('nice', models.CharField(blank=True, max_length=60)),
                ('source', models.CharField(blank=True, max_length=60)),
                ('own_indicators', models.JSONField(blank=True, default=list)),
                ('position', models.PositiveSmallIntegerField()),
                ('objective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outcomes', to='strategy.objective')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='OutcomeIndicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='strategy.indicator')),
                ('outcome', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='strategy.outcome')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('outcome', 'indicator'), name='indicator_once_an_outcome')],
            },
        ),
        migrations.AddField(
            model_name='outcome',
            name='indicators',
            field=models.ManyToManyField(related_name='outcomes', through='strategy.OutcomeIndicator', to='strategy.indicator'),
        ),
        migrations.CreateModel(
            name='PlacesCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('counts', models.JSONField()),
                ('hidden', models.JSONField(default=list)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.agency')),
                ('build', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='strategy.coveragebuild')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('build', 'agency'), name='one_places_count_of_an_agency'), models.UniqueConstraint(condition=models.Q(('agency__isnull', True)), fields=('build',), name='one_places_count_of_a_partnership')],
            },
        ),
        migrations.AddField(
            model_name='objective',
            name='priority',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objectives', to='strategy.priority'),
        ),
        migrations.CreateModel(
            name='Strategy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pack_id', models.SlugField(max_length=60, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('area', models.CharField(max_length=200)),
                ('from_year', models.PositiveSmallIntegerField()),
                ('to_year', models.PositiveSmallIntegerField()),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('current', 'Current'), ('historic', 'Historic')], max_length=10)),
                ('is_endorsed', models.BooleanField(default=False)),
                ('is_fictional', models.BooleanField(default=False)),
                ('note', models.TextField()),
                ('owner_group', models.CharField(max_length=200)),
                ('vision', models.TextField()),
                ('topics', models.JSONField(default=list)),
                ('principles', models.JSONField(default=list)),
                ('agencies', models.JSONField(default=list)),
                ('localities', models.JSONField(default=list)),
                ('services', models.JSONField(default=list)),
                ('succeeds', models.JSONField(blank=True, null=True)),
                ('digest', models.CharField(help_text='Of the pack as it was read, so that a second load is nothing', max_length=64)),
                ('loaded_at', models.DateTimeField()),
                ('partnership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='strategies', to='people.partnership')),
            ],
            options={
                'verbose_name_plural': 'strategies',
                'ordering': ['-from_year', 'title'],
                'constraints': [models.CheckConstraint(condition=models.Q(('to_year__gte', models.F('from_year'))), name='strategy_ends_after_it_starts'), models.UniqueConstraint(condition=models.Q(('status', 'current')), fields=('partnership',), name='one_current_strategy_of_a_partnership')],
            },
        ),
        migrations.AddField(
            model_name='priority',
            name='strategy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='priorities', to='strategy.strategy'),
        ),
        migrations.CreateModel(
            name='FormerStrategy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.TextField()),
                ('said_from', models.DateTimeField()),
                ('replaced_at', models.DateTimeField()),
                ('replaced_by', models.CharField(max_length=80)),
                ('strategy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='former', to='strategy.strategy')),
            ],
            options={
                'verbose_name_plural': 'former strategies',
                'ordering': ['-replaced_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('replaced_at__gte', models.F('said_from'))), name='strategy_was_said_before_it_was_replaced')],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.IntegerField()),
                ('note', models.CharField(blank=True, max_length=300)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='strategy.indicator')),
                ('strategy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='strategy.strategy')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('strategy', 'indicator'), name='one_target_of_an_indicator')],
            },
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.UniqueConstraint(fields=('objective', 'ref'), name='outcome_ref_once_an_objective'),
        ),
        migrations.AddConstraint(
            model_name='objective',
            constraint=models.UniqueConstraint(fields=('priority', 'ref'), name='objective_ref_once_a_priority'),
        ),
        migrations.AddConstraint(
            model_name='priority',
            constraint=models.UniqueConstraint(fields=('strategy', 'ref'), name='priority_ref_once_a_strategy'),
        ),
        append_only("strategy_formerstrategy"),
    ]
