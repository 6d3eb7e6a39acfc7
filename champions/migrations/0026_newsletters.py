"""Letters to champions, and who does not want them."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('champions', '0025_resources'),
        ('people', '0027_community_is_a_kind'),
    ]

    operations = [
        migrations.CreateModel(
            name='NewsletterStop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stopped_at', models.DateTimeField()),
                ('champion', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='champions.champion')),
            ],
        ),
        migrations.CreateModel(
            name='Newsletter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('words', models.CharField(max_length=6000)),
                ('made_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('told_up_to', models.BigIntegerField(blank=True, help_text='While it goes out: the last champion told', null=True)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='newsletters', to='people.partnership')),
            ],
            options={
                'ordering': ['-made_at', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('sent_at__isnull', True)), fields=('partnership',), name='one_draft_of_a_newsletter')],
            },
        ),
    ]
