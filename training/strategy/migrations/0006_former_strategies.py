"""What a strategy said before it was changed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('strategy', '0005_values_from_outside'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormerStrategy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.TextField()),
                ('said_from', models.DateTimeField()),
                ('replaced_at', models.DateTimeField()),
                ('replaced_by', models.CharField(max_length=80)),
                ('strategy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='former', to='strategy.strategy')),
            ],
            options={
                'verbose_name_plural': 'former strategies',
                'ordering': ['-replaced_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('replaced_at__gte', models.F('said_from'))), name='strategy_was_said_before_it_was_replaced')],
            },
        ),
    ]
