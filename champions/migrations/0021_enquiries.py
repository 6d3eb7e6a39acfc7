"""What is asked of the network, and the answers that it keeps."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('champions', '0020_arrivals'),
        ('people', '0027_community_is_a_kind'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('question', models.CharField(max_length=600)),
                ('answer', models.CharField(max_length=2000)),
                ('said_by', models.CharField(choices=[('champion', 'A champion'), ('specialist', 'A specialist'), ('coordinator', 'The coordinator')], max_length=20)),
                ('kept_on', models.DateField()),
                ('stems', models.TextField(help_text='By which it is found')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.partnership')),
            ],
            options={
                'ordering': ['-kept_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Enquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('words', models.CharField(blank=True, max_length=600)),
                ('asked_at', models.DateTimeField(db_index=True)),
                ('asked_on', models.DateField()),
                ('number', models.PositiveSmallIntegerField(help_text="Among the asker's of that day")),
                ('taken_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.CharField(blank=True, max_length=2000)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('decision', models.CharField(blank=True, choices=[('kept', 'Send the answer and keep both, without names'), ('sent', 'Send the answer and keep nothing'), ('declined', 'It cannot be answered here')], max_length=10)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('asker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enquiries', to='people.person')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.partnership')),
                ('taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='champions.champion')),
            ],
            options={
                'verbose_name_plural': 'enquiries',
                'ordering': ['asked_at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('asker', 'asked_on', 'number'), name='one_enquiry_of_a_number_a_day'), models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lte', 3)), name='no_more_than_three_enquiries_a_day'), models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('answer', ''), ('words', '')), _connector='OR'), name='an_enquiry_taken_back_keeps_no_words')],
            },
        ),
    ]
