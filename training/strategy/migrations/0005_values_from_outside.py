"""What indicators were over a period, as somebody outside says: dated rows, none overwritten."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0028_agency_lead_is_a_role'),
        ('strategy', '0004_owners_and_means'),
    ]

    operations = [
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
    ]
