"""What holders let a check of a certificate show, and how often it was checked."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0003_corrections'),
    ]

    operations = [
        migrations.CreateModel(
            name='Showing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_masked', models.BooleanField(default=False, help_text='Initials instead of the name')),
                ('shows_agency', models.BooleanField(default=False, help_text='Where the holder worked then')),
                ('points_forward', models.BooleanField(default=False, help_text='To what took its place')),
                ('is_paused', models.BooleanField(default=False, help_text='The page says nothing for now')),
                ('looks', models.PositiveIntegerField(default=0)),
                ('certificate', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='showing', to='certificates.certificate')),
            ],
        ),
    ]
