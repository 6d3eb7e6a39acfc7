"""An agency that nobody should find is named on no public page."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0028_agency_lead_is_a_role'),
    ]

    operations = [
        migrations.AddField(
            model_name='agency',
            name='is_named_in_public',
            field=models.BooleanField(db_default=True, default=True, help_text="Whether pages that anyone may open name it: a refuge may be no one's to find"),
        ),
    ]
