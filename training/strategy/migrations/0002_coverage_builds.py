"""The read table of coverage hangs together by builds, each with its day, its moment and its agencies."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_leavers_to_confirm'),
        ('strategy', '0001_tables'),
    ]

    operations = [
        migrations.DeleteModel(name="CoverageCell"),
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
                ('is_hidden_from_board', models.BooleanField()),
                ('is_hidden_from_public', models.BooleanField()),
                ('are_excluded_hidden_from_board', models.BooleanField()),
                ('build', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cells', to='strategy.coveragebuild')),
            ],
        ),
        migrations.AddConstraint(
            model_name='coveragebuild',
            constraint=models.UniqueConstraint(fields=('partnership', 'as_at'), name='one_coverage_build_of_a_day'),
        ),
        migrations.AddConstraint(
            model_name='coveragecell',
            constraint=models.UniqueConstraint(fields=('build', 'group_kind', 'group', 'scope_kind', 'scope'), name='one_coverage_cell_of_a_place'),
        ),
        migrations.AddConstraint(
            model_name='coveragecell',
            constraint=models.CheckConstraint(condition=models.Q(('numerator__lte', models.F('denominator'))), name='in_date_are_among_those_asked'),
        ),
    ]
