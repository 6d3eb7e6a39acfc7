"""An agency that nobody should find is named on no public list."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0028_agency_lead_is_a_role'),
    ]

    operations = [
        migrations.AddField(
            model_name='agency',
            name='is_named_in_public',
            field=models.BooleanField(db_default=True, default=True, help_text="Whether public lists of agencies name it: a refuge may be no one's to find"),
        ),
    ]
