"""Read tables: where champions stand from day to day, how many posts there are, and up to which change."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('champions', '0017_entries_of_the_directory'),
        ('people', '0027_community_is_a_kind'),
    ]

    operations = [
        migrations.CreateModel(
            name='StaffCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('posts', models.PositiveIntegerField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.agency')),
                ('locality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.locality')),
                ('workplace', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.workplace')),
            ],
        ),
        migrations.CreateModel(
            name='StepMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changes', models.PositiveBigIntegerField(null=True)),
                ('counted_on', models.DateField(help_text='The day for which its posts are counted', null=True)),
                ('agency', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.agency')),
            ],
        ),
        migrations.CreateModel(
            name='ChampionStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('active', 'Active'), ('lapsing', 'Lapsing'), ('lapsed', 'Lapsed'), ('in_training', 'In training'), ('nominated', 'Put forward'), ('stood_down', 'Stood down')], max_length=20)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(help_text='The last day', null=True)),
                ('is_community', models.BooleanField(default=False)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.agency')),
                ('champion', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='champions.champion')),
                ('locality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.locality')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.partnership')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.post')),
                ('workplace', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.workplace')),
            ],
            options={
                'indexes': [models.Index(fields=['partnership', 'status', 'starts_on'], name='champion_step_by_status')],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'person', 'starts_on'), name='one_step_of_a_champion_from_a_day')],
            },
        ),
    ]
