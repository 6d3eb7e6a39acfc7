"""Which districts lie beside each other."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("champions", "0010_wordings_of_the_terms"),
    ]

    operations = [
        migrations.CreateModel(
            name='Neighbours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.locality')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.locality')),
            ],
            options={
                'verbose_name_plural': 'neighbours',
                'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='two_districts_are_neighbours_once'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='the_older_of_two_neighbours_comes_first')],
            },
        ),
    ]
