"""Briefings given, who was counted at them by code, and feedback cards."""

import champions.codes
import django.core.validators
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('champions', '0018_where_champions_stand'),
        ('people', '0026_weighty_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='Cascade',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(default=champions.codes.new_code, max_length=12, unique=True)),
                ('checked_in', models.PositiveSmallIntegerField(default=0, help_text='By code; the number stays, the people go')),
                ('cards', models.PositiveSmallIntegerField(default=0, help_text='Feedback cards given in')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('champion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cascades', to='champions.champion')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='BriefingCard',
            fields=[
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('pack', models.SlugField(max_length=255)),
                ('ten', models.PositiveIntegerField()),
                ('useful', models.PositiveSmallIntegerField()),
                ('knows_next', models.PositiveSmallIntegerField()),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.partnership')),
            ],
            options={
                'indexes': [models.Index(fields=['partnership', 'pack', 'ten'], name='card_by_pack_and_ten')],
                'constraints': [models.CheckConstraint(condition=models.Q(('knows_next__gte', 1), ('knows_next__lte', 5), ('useful__gte', 1), ('useful__lte', 5)), name='cards_are_one_to_five')],
            },
        ),
        migrations.CreateModel(
            name='CascadeCheckIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField(db_index=True)),
                ('cascade', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='check_ins', to='champions.cascade')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('cascade', 'person'), name='one_counts_once_at_a_briefing')],
            },
        ),
        migrations.CreateModel(
            name='CascadeVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('pack', models.SlugField(max_length=255)),
                ('pack_title', models.CharField(max_length=255)),
                ('where', models.CharField(blank=True, help_text='In words, where no team or workplace is picked', max_length=80)),
                ('people', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(500)])),
                ('held_on', models.DateField()),
                ('minutes', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(240)])),
                ('is_struck', models.BooleanField(default=False, help_text='It did not take place')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agency')),
                ('cascade', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='champions.cascade')),
                ('locality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.locality')),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
                ('workplace', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.workplace')),
            ],
            options={
                'ordering': ['-held_on', '-id'],
                'abstract': False,
                'indexes': [models.Index(fields=['agency', 'held_on'], name='briefing_by_agency_and_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('replaced_at__isnull', True), ('replaced_at__gte', models.F('recorded_at')), _connector='OR'), name='champions_cascadeversion_replaced_after_recorded'), models.CheckConstraint(condition=models.Q(('people__gte', 1), ('people__lte', 500)), name='a_briefing_reaches_1_to_500'), models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('cascade',), name='one_word_stands_on_a_briefing')],
            },
        ),
    ]
