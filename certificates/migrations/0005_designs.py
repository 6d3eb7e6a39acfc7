"""Designs of partnerships, version after version, and the logos they show."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0004_showing'),
        ('people', '0024_signed_in_with_both'),
    ]

    operations = [
        migrations.CreateModel(
            name='Logo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('content', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Design',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveIntegerField(editable=False)),
                ('shape', models.CharField(choices=[('landscape', 'A4, on its side'), ('portrait', 'A4, upright')], default='landscape', max_length=10)),
                ('ink', models.CharField(default='#08363b', help_text='Of names and titles: #08363b', max_length=7, verbose_name='dark colour')),
                ('accent', models.CharField(default='#653a6b', help_text='Of lines and dots: #653a6b', max_length=7, verbose_name='second colour')),
                ('logo_says', models.CharField(blank=True, help_text='Read out in place of the logo', max_length=120, verbose_name='logo in words')),
                ('signatories', models.JSONField(blank=True, default=list, editable=False)),
                ('made_at', models.DateTimeField(editable=False)),
                ('made_by', models.CharField(editable=False, max_length=80)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='designs', to='people.partnership')),
                ('logo', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='certificates.logo')),
            ],
            options={
                'ordering': ['partnership__title', '-number'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'number'), name='design_number_once_a_partnership')],
            },
        ),
    ]
