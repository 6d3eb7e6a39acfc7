"""The noticeboard: threads, contributions, concerns."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('champions', '0021_enquiries'),
        ('people', '0027_community_is_a_kind'),
    ]

    operations = [
        migrations.CreateModel(
            name='Thread',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=100)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='threads', to='people.partnership')),
            ],
            options={
                'ordering': ['-opened_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('words', models.CharField(blank=True, max_length=1500)),
                ('said_at', models.DateTimeField(db_index=True)),
                ('said_on', models.DateField()),
                ('number', models.PositiveSmallIntegerField(help_text="Among the author's of that day")),
                ('shown_at', models.DateTimeField(blank=True, null=True)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('removed_why', models.CharField(blank=True, choices=[('person', 'It says who somebody is'), ('elsewhere', 'It belongs somewhere else'), ('unkind', 'It is unkind'), ('other', 'Another reason: ask your coordinator')], max_length=20)),
                ('answers_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='champions.contribution')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contributions', to='champions.champion')),
                ('thread', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contributions', to='champions.thread')),
            ],
            options={
                'ordering': ['said_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Concern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('raised_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('champion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='champions.champion')),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='concerns', to='champions.contribution')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('contribution', 'champion'), name='one_concern_of_a_champion')],
            },
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.UniqueConstraint(fields=('author', 'said_on', 'number'), name='one_contribution_of_a_number_a_day'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lte', 10)), name='no_more_than_ten_contributions_a_day'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(('removed_at__isnull', True), ('words', ''), _connector='OR'), name='a_removed_contribution_keeps_no_words'),
        ),
    ]
