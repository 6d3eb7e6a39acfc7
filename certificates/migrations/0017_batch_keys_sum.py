"""Whether a batch is still of the same completions. Files made before are made again."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0016_batch_turns'),
    ]

    operations = [
        migrations.AddField(
            model_name='batch',
            name='keys_sum',
            field=models.BigIntegerField(default=0, help_text='Of the numbers of its completions: who, beside how many'),
        ),
    ]
