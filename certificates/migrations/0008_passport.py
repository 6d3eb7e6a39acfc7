"""Links by which holders show their passports, and what was seen through them."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0007_printed_names'),
        ('people', '0024_signed_in_with_both'),
    ]

    operations = [
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(max_length=32, unique=True)),
                ('label', models.CharField(blank=True, help_text="For whom it was made, in the holder's words", max_length=60)),
                ('modules', models.JSONField(default=list, help_text='Codes of modules; none: all of them')),
                ('last_on', models.DateField(help_text='The last day on which it opens anything')),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passport_shares', to='people.person')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Viewing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('page', 'Looked at'), ('file', 'Taken as a file'), ('accepted', 'Accepted by an agency')], max_length=10)),
                ('modules', models.JSONField(default=list)),
                ('seen_at', models.DateTimeField()),
                ('share', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='viewings', to='certificates.share')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.AddConstraint(
            model_name='share',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('ended_at__gte', models.F('made_at')), _connector='OR'), name='share_ended_after_made'),
        ),
    ]
