"""A request can lead to somebody else, and is called to mind once."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("champions", "0012_looks_at_the_directory"),
    ]

    operations = [
        migrations.AddField(
            model_name='contactrequest',
            name='reminded_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='contactrequest',
            name='suggested',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='champions.champion'),
        ),
        migrations.AlterField(
            model_name='contactrequest',
            name='reply',
            field=models.CharField(blank=True, choices=[('call', 'Call me at'), ('meet', 'Let us meet'), ('not_me', 'I am not the right person')], max_length=20),
        ),
    ]
