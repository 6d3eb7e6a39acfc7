"""All tables of this room, and what the database itself watches over."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('pledges', '0001_tables')]

    initial = True

    dependencies = [
        ('people', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Charter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('address', models.URLField(blank=True, help_text='Of the public page with its text')),
                ('tiers', models.JSONField(blank=True, default=list, help_text='Titles; none where everybody signs the same')),
                ('named_at', models.DateTimeField(help_text='When there first was one')),
                ('partnership', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='charter', to='people.partnership')),
            ],
        ),
        migrations.CreateModel(
            name='ReviewReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pledge_uid', models.UUIDField()),
                ('review_on', models.DateField()),
                ('stage', models.PositiveSmallIntegerField(choices=[(60, 'Two months before'), (14, 'Two weeks before'), (0, 'When it is over')])),
                ('sent_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('pledge_uid', 'review_on', 'stage'), name='one_reminder_of_a_review')],
            },
        ),
        migrations.CreateModel(
            name='Pledge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('uid', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('kind', models.CharField(choices=[('charter', 'Signature'), ('policy', 'Workplace policy'), ('lead', 'Executive lead')], max_length=10)),
                ('made_on', models.DateField()),
                ('review_on', models.DateField(blank=True, null=True)),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('is_none', models.BooleanField(default=False)),
                ('is_confirmed', models.BooleanField(default=False)),
                ('post_title', models.CharField(blank=True, max_length=160)),
                ('name', models.CharField(blank=True, max_length=160)),
                ('is_who_public', models.BooleanField(default=False)),
                ('tier', models.CharField(blank=True, help_text='The title it had when it was signed', max_length=80)),
                ('reference', models.CharField(blank=True, help_text='Where the evidence is kept', max_length=160)),
                ('covers_victims', models.BooleanField(default=False)),
                ('covers_people_who_harm', models.BooleanField(default=False)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pledges', to='people.agency')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pledges', to='people.partnership')),
            ],
            options={
                'ordering': ['made_on', 'id'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('replaced_at__isnull', True), ('replaced_at__gte', models.F('recorded_at')), _connector='OR'), name='pledges_pledge_replaced_after_recorded'), models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True), ('withdrawn_on__isnull', True)), fields=('partnership', 'agency', 'kind', 'made_on', 'is_none'), name='one_pledge_of_a_kind_from_a_day'), models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('uid',), name='one_version_of_a_pledge_stands'), models.CheckConstraint(condition=models.Q(('review_on__isnull', True), ('review_on__gt', models.F('made_on')), _connector='OR'), name='pledge_is_reviewed_later'), models.CheckConstraint(condition=models.Q(('withdrawn_on__isnull', True), ('withdrawn_on__gte', models.F('made_on')), _connector='OR'), name='pledge_is_withdrawn_later'), models.CheckConstraint(condition=models.Q(('is_none', True), ('kind', 'lead'), ('review_on__isnull', False), _connector='OR'), name='signature_and_policy_have_a_review'), models.CheckConstraint(condition=models.Q(('is_none', False), models.Q(models.Q(('kind', 'charter'), _negated=True), ('is_confirmed', False), ('review_on__isnull', True)), _connector='OR'), name='no_policy_and_no_lead_is_said_alone'), models.CheckConstraint(condition=models.Q(('name', ''), models.Q(('replaced_at__isnull', True), ('withdrawn_on__isnull', True)), _connector='OR'), name='a_name_stands_on_what_stands')],
            },
        ),
    ]
