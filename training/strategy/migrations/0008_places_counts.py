"""What a forecast of places is reckoned from, beside the cells that were counted with it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0030_addresses_without_tags'),
        ('strategy', '0007_former_strategies_for_good'),
    ]

    operations = [
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
    ]
