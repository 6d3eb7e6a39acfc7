"""What a coordinator writes to some of the champions at once."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('champions', '0026_newsletters'),
        ('people', '0027_community_is_a_kind'),
    ]

    operations = [
        migrations.CreateModel(
            name='GroupMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('group', models.CharField(choices=[('lapsing', 'Those with something that ends soon'), ('awaiting', 'Those whose manager has not agreed yet'), ('district', 'Active champions of a district'), ('absent', 'Those who did not come to a meeting that was for them')], max_length=20)),
                ('subject', models.CharField(choices=[('A message for you', 'A message for you'), ('Learning', 'Learning'), ('Meeting', 'Meeting')], max_length=30)),
                ('words', models.CharField(max_length=1500)),
                ('people', models.PositiveIntegerField(help_text='To how many it went')),
                ('sent_at', models.DateTimeField(db_index=True)),
                ('sent_on', models.DateField()),
                ('number', models.PositiveSmallIntegerField(help_text="Among the partnership's of that day")),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.partnership')),
            ],
            options={
                'ordering': ['-sent_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Addressed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('words', models.TextField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addressed', to='champions.groupmessage')),
            ],
            options={
                'verbose_name_plural': 'addressed',
                'ordering': ['-id'],
            },
        ),
        migrations.AddConstraint(
            model_name='groupmessage',
            constraint=models.UniqueConstraint(fields=('partnership', 'sent_on', 'number'), name='one_group_message_of_a_number_a_day'),
        ),
        migrations.AddConstraint(
            model_name='groupmessage',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lte', 3)), name='no_more_than_three_group_messages_a_day'),
        ),
    ]
