"""What networks aim for."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('champions', '0022_noticeboard'),
        ('people', '0027_community_is_a_kind'),
    ]

    operations = [
        migrations.CreateModel(
            name='NetworkAims',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('active', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)])),
                ('per_thousand', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)])),
                ('workplaces_percent', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)])),
                ('community', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)])),
                ('languages', models.JSONField(blank=True, default=list)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='network_aims', to='people.partnership')),
            ],
            options={
                'verbose_name_plural': 'network aims',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('replaced_at__isnull', True), ('replaced_at__gte', models.F('recorded_at')), _connector='OR'), name='champions_networkaims_replaced_after_recorded'), models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('partnership',), name='one_version_of_aims_at_a_time')],
            },
        ),
    ]
