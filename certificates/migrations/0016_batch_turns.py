"""Which turn at a batch is whose, so that two workers never draw the same."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0015_shares_by_module'),
    ]

    operations = [
        migrations.AddField(
            model_name='batch',
            name='turn',
            field=models.PositiveIntegerField(default=0, help_text='How often a worker has taken it up'),
        ),
    ]
