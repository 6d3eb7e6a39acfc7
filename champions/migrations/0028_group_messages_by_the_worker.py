"""Messages to groups are taken to each by the worker, as far as the message says."""


import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('champions', '0027_group_messages'),
        ('people', '0027_community_is_a_kind'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='groupmessage',
            name='district',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.locality'),
        ),
        migrations.AddField(
            model_name='groupmessage',
            name='group_size',
            field=models.PositiveIntegerField(default=0, help_text='How many were in the group when it was sent'),
        ),
        migrations.AddField(
            model_name='groupmessage',
            name='meeting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='champions.meeting'),
        ),
        migrations.AddField(
            model_name='groupmessage',
            name='told_up_to',
            field=models.PositiveBigIntegerField(default=None, help_text='While it goes out: id of the last person of the group who was looked at', null=True),
        ),
        migrations.AddField(
            model_name='groupmessage',
            name='written_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='groupmessage',
            name='people',
            field=models.PositiveIntegerField(default=0, help_text='To how many it has gone'),
        ),
        migrations.AlterField(
            model_name='groupmessage',
            name='words',
            field=models.CharField(blank=True, max_length=1500),
        ),
        migrations.AddConstraint(
            model_name='addressed',
            constraint=models.UniqueConstraint(fields=('message', 'person'), name='a_group_message_comes_to_one_once'),
        ),
    ]
