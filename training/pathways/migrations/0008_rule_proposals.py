import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pathways', '0007_requests_for_more_time'),
        ('people', '0009_ends_of_tokens'),
    ]

    operations = [
        migrations.CreateModel(
            name='RuleProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('from_on', models.DateField()),
                ('said', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('waiting', 'Waiting for a decision'), ('agreed', 'Agreed'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='waiting', max_length=12)),
                ('proposed_at', models.DateTimeField()),
                ('proposed_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.CharField(blank=True, max_length=80)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rule_proposals', to='people.agency')),
                ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='pathways.requirement')),
            ],
            options={
                'ordering': ['proposed_at', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('requirement', 'agency'), name='one_proposal_waits_for_a_rule')],
            },
        ),
    ]
