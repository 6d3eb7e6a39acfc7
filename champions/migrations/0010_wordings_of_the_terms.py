"""The wordings of the terms, where the packaged text was the only one."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("champions", "0009_no_ticks_beside_audiences"),
        ('people', '0026_weighty_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('sentences', models.JSONField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='champion_terms', to='people.partnership')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'number'), name='one_wording_of_a_number_a_partnership'), models.CheckConstraint(condition=models.Q(('number__gt', 1)), name='the_first_wording_is_the_packaged_one')],
            },
        ),
    ]
