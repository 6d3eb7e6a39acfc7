"""Where in the lists of suspended badges each badge has its bit."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0010_batches'),
    ]

    operations = [
        migrations.AlterField(
            model_name='gone',
            name='number',
            field=models.BigIntegerField(help_text='Its number, which lets the database delete it', unique=True),
        ),
        migrations.CreateModel(
            name='BadgePlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(unique=True)),
                ('certificate', models.OneToOneField(help_text='None: it was erased, and its badge stays suspended', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='badge_place', to='certificates.certificate')),
            ],
        ),
    ]
