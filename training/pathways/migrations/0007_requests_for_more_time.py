import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pathways', '0006_triggers'),
        ('people', '0009_ends_of_tokens'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExtensionRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('wished_on', models.DateField()),
                ('reason_code', models.CharField(blank=True, choices=[('not_said', 'I would rather not say'), ('no_time', 'No time was released for it'), ('no_place', 'No place or session to be had'), ('another_way', 'I need another day or another way to do it')], max_length=20)),
                ('state', models.CharField(choices=[('waiting', 'Waiting for a decision'), ('agreed', 'Agreed'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='waiting', max_length=12)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.CharField(max_length=80)),
                ('is_asked_by_manager', models.BooleanField(default=False)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.CharField(blank=True, max_length=80)),
                ('due_on', models.DateField(blank=True, help_text='The day that was agreed', null=True)),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extension_requests', to='pathways.module')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extension_requests', to='people.post')),
            ],
            options={
                'ordering': ['asked_at', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('post', 'module'), name='one_request_waits_for_a_post_and_module'), models.CheckConstraint(condition=models.Q(('state', 'waiting'), ('reason_code', ''), _connector='OR'), name='a_decided_request_keeps_no_reason'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='a_request_is_decided_at_a_moment')],
            },
        ),
    ]
