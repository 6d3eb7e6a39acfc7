"""Meetings of the network, who comes to them, and guests."""

import champions.codes
import django.core.validators
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('champions', '0005_what_keeps_a_champion'),
        ('pathways', '0010_rules_have_a_stamp'),
        ('people', '0026_weighty_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=120)),
                ('held_on', models.DateField(help_text="London's day of its start")),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('place', models.CharField(blank=True, help_text='Shown to those who say that they come', max_length=200)),
                ('joining', models.TextField(blank=True, help_text='How to get in or to join; shown to those who say that they come')),
                ('agenda', models.TextField()),
                ('capacity', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)])),
                ('minutes', models.PositiveSmallIntegerField(help_text='That count as professional development', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)])),
                ('code', models.CharField(default=champions.codes.new_code, max_length=12)),
                ('told_up_to', models.PositiveBigIntegerField(default=0, help_text='Id of the last person who was written to; none once everybody has been', null=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_by', models.CharField(blank=True, max_length=80)),
                ('localities', models.ManyToManyField(blank=True, related_name='meetings', to='people.locality')),
                ('module', models.ForeignKey(blank=True, help_text='What coming to it completes', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pathways.module')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='people.partnership')),
            ],
            options={
                'ordering': ['starts_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('coming', 'Coming'), ('sorry', 'Cannot come'), ('came', 'Came')], max_length=10)),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('voided_by', models.CharField(blank=True, max_length=80)),
                ('champion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='champions.champion')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='champions.meeting')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='MeetingGuest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('address', models.EmailField(blank=True, max_length=254)),
                ('name', models.CharField(blank=True, help_text='As they wish to be called', max_length=80)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('answer', models.CharField(blank=True, choices=[('coming', 'Coming'), ('sorry', 'Cannot come')], max_length=10)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('invited_at', models.DateTimeField()),
                ('invited_by', models.CharField(max_length=80)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='guests', to='champions.meeting')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['partnership', 'held_on'], name='meeting_by_day'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='meeting_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'came'), ('voided_at__isnull', True)), fields=('meeting', 'champion'), name='one_comes_to_a_meeting_once'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ('coming', 'sorry')), ('voided_at__isnull', True)), fields=('meeting', 'champion'), name='one_answer_before_a_meeting'),
        ),
        migrations.AddConstraint(
            model_name='meetingguest',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('address', ''), _negated=True), ('withdrawn_at__isnull', True)), fields=('meeting', 'address'), name='a_guest_is_invited_once'),
        ),
    ]
