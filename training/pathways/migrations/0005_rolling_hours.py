from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pathways', '0004_one_requirement_whatever_is_blank'),
        ('people', '0009_ends_of_tokens'),
    ]

    operations = [
        migrations.AddField(
            model_name='requirementversion',
            name='rolling_hours',
            field=models.PositiveSmallIntegerField(default=0, help_text='Hours of training needed'),
        ),
        migrations.AddField(
            model_name='requirementversion',
            name='rolling_months',
            field=models.PositiveSmallIntegerField(default=0, help_text='The months in which they must fall'),
        ),
    ]
