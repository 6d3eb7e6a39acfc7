import django.db.models.deletion
import django.db.models.functions.comparison
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pathways', '0005_rolling_hours'),
        ('people', '0009_ends_of_tokens'),
    ]

    operations = [
        migrations.CreateModel(
            name='Trigger',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('uid', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('event', models.CharField(choices=[('briefing', 'A new lesson briefing was published'), ('panel', 'Placed on a review panel'), ('guidance', 'The law or local guidance changed'), ('asked', 'Asked for by the partnership')], default='briefing', max_length=20)),
                ('happened_on', models.DateField()),
                ('days_to_complete', models.PositiveSmallIntegerField(default=30)),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='triggers', to='people.post')),
                ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='triggers', to='pathways.requirement')),
            ],
            options={
                'ordering': ['happened_on', 'id'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('replaced_at__isnull', True), ('replaced_at__gte', models.F('recorded_at')), _connector='OR'), name='pathways_trigger_replaced_after_recorded'), models.UniqueConstraint(models.F('requirement'), models.F('happened_on'), django.db.models.functions.comparison.Coalesce('post_id', 0, output_field=models.BigIntegerField()), condition=models.Q(('replaced_at__isnull', True)), name='one_trigger_of_a_requirement_a_day')],
            },
        ),
    ]
