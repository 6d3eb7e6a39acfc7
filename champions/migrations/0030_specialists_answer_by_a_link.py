"""Specialists from outside who are asked to answer an enquiry by a link."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('champions', '0029_blocks_know_by_what'),
    ]

    operations = [
        migrations.CreateModel(
            name='EnquiryGuest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('address', models.EmailField(blank=True, help_text='In small letters; gone once the question is taken back', max_length=254)),
                ('question', models.CharField(blank=True, help_text='As it is put to them', max_length=600)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.CharField(max_length=80)),
                ('open_until', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='guests', to='champions.enquiry')),
            ],
            options={
                'ordering': ['asked_at', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True), ('withdrawn_at__isnull', True)), fields=('enquiry',), name='one_specialist_is_asked_at_a_time'), models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('address', ''), ('question', '')), _connector='OR'), name='a_question_taken_back_from_a_specialist_keeps_no_words')],
            },
        ),
    ]
