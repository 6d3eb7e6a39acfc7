"""A champion can rest from requests until a day."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("champions", "0013_requests_go_on"),
    ]

    operations = [
        migrations.AddField(
            model_name='championprofile',
            name='rests_until',
            field=models.DateField(blank=True, help_text='Not to be found or asked up to this day', null=True),
        ),
    ]
