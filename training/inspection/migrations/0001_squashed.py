"""All tables of this room, and what the database itself watches over."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('inspection', '0001_foi_packs'), ('inspection', '0002_samples')]

    initial = True

    dependencies = [
        ('people', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Sample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveIntegerField(help_text="Which of the partnership's: '3' in the reference 3-07")),
                ('seed', models.CharField(max_length=40)),
                ('as_at', models.DateField()),
                ('drawn_at', models.DateTimeField(help_text='Everything is traced as known at this moment')),
                ('drawn_by', models.CharField(max_length=80)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='samples', to='people.partnership')),
            ],
            options={
                'ordering': ['-drawn_at'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'number'), name='sample_number_once_a_partnership')],
            },
        ),
        migrations.CreateModel(
            name='SampledPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sampled', to='people.post')),
                ('sample', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='inspection.sample')),
            ],
            options={
                'ordering': ['sample', 'number'],
                'constraints': [models.UniqueConstraint(fields=('sample', 'number'), name='number_once_a_sample'), models.UniqueConstraint(fields=('sample', 'post'), name='post_once_a_sample')],
            },
        ),
        migrations.CreateModel(
            name='FoiPack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('work_by', models.CharField(blank=True, max_length=80)),
                ('tries', models.PositiveSmallIntegerField(default=0, help_text='How often the worker has begun')),
                ('problem', models.CharField(blank=True, help_text='Why the worker could not do it', max_length=300)),
                ('asked_at', models.DateTimeField(help_text='Its figures are as known at this moment')),
                ('asked_by', models.CharField(max_length=80)),
                ('work', models.CharField(blank=True, choices=[('make', 'Count it, and make its files')], max_length=10)),
                ('progress', models.CharField(blank=True, max_length=100)),
                ('told', models.TextField(blank=True)),
                ('made_at', models.DateTimeField(blank=True, null=True)),
                ('content', models.BinaryField(blank=True, null=True)),
                ('partnership', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='foi_pack', to='people.partnership')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('made_at__isnull', True), ('content__isnull', False), _connector='OR'), name='foi_pack_that_is_made_has_its_files')],
            },
        ),
    ]
