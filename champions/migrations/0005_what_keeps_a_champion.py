"""What managers are asked, check-ins, conditions, and what is left when a champion goes."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('champions', '0004_ways_and_words_of_turns'),
        ('people', '0026_weighty_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='CheckIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('own', 'The champion'), ('manager', 'Their manager')], max_length=10)),
                ('checked_on', models.DateField()),
                ('words_version', models.PositiveSmallIntegerField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('champion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='check_ins', to='champions.champion')),
            ],
            options={
                'ordering': ['checked_on', 'id'],
                'constraints': [models.UniqueConstraint(fields=('champion', 'side', 'checked_on'), name='one_check_in_of_a_side_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('why', models.CharField(choices=[('stood_down', 'They stood down'), ('left', 'Their post or duty ended on the roster'), ('moved', 'They moved to another post in the partnership')], max_length=20)),
                ('wish', models.CharField(blank=True, choices=[('known', 'Somebody in the team takes over'), ('wanted', 'Somebody is needed, and not yet found'), ('nobody', 'Nobody is needed there now')], max_length=20)),
                ('opened_on', models.DateField()),
                ('outcome', models.CharField(blank=True, choices=[('waiting', 'Waiting for the agency'), ('successor', 'A successor has been put forward'), ('not_needed', 'No successor is needed')], max_length=20)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('closed_by', models.CharField(blank=True, max_length=80)),
                ('back_at', models.DateTimeField(blank=True, help_text='When they returned', null=True)),
                ('champion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handovers', to='champions.champion')),
            ],
            options={
                'ordering': ['opened_on', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('back_at__isnull', True)), fields=('champion',), name='one_handover_of_a_champion_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='ManagerQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('asks', models.CharField(choices=[('agree', 'To agree to the time it takes'), ('check_in', 'To check in')], max_length=10)),
                ('address', models.EmailField(blank=True, help_text='In small letters', max_length=254)),
                ('token_hash', models.CharField(blank=True, db_index=True, max_length=64)),
                ('needs_confirming', models.BooleanField(default=False, help_text='The roster does not name who was asked')),
                ('words_version', models.PositiveSmallIntegerField()),
                ('asked_at', models.DateTimeField(db_index=True)),
                ('asked_by', models.CharField(max_length=80)),
                ('open_until', models.DateTimeField()),
                ('answer', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No')], max_length=5)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.CharField(blank=True, max_length=80)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('champion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='champions.champion')),
                ('manager', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('post', models.ForeignKey(help_text='Where they are a champion', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
            options={
                'ordering': ['asked_at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='an_answer_has_its_moment'), models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True), ('withdrawn_at__isnull', True)), fields=('champion', 'asks'), name='one_open_question_about_a_champion'), models.UniqueConstraint(condition=models.Q(('token_hash', ''), _negated=True), fields=('token_hash',), name='one_question_of_a_link')],
            },
        ),
        migrations.CreateModel(
            name='NetworkConditions',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('starts_on', models.DateField()),
                ('meetings_needed', models.PositiveSmallIntegerField(default=0)),
                ('meetings_of', models.PositiveSmallIntegerField(default=0)),
                ('check_in_months', models.PositiveSmallIntegerField(default=0)),
                ('warn_days', models.PositiveSmallIntegerField(default=60)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='network_conditions', to='people.partnership')),
            ],
            options={
                'verbose_name_plural': 'network conditions',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('replaced_at__isnull', True), ('replaced_at__gte', models.F('recorded_at')), _connector='OR'), name='champions_networkconditions_replaced_after_recorded'), models.CheckConstraint(condition=models.Q(('meetings_needed__lte', models.F('meetings_of')), ('meetings_of__lte', 12)), name='no_more_meetings_needed_than_held'), models.CheckConstraint(condition=models.Q(('check_in_months__lte', 36), ('warn_days__lte', 180)), name='conditions_in_reach'), models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('partnership', 'starts_on'), name='one_version_of_conditions_from_a_day')],
            },
        ),
    ]
