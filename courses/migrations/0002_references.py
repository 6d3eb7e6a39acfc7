"""The published sources that a course rests on."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("courses", "0001_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="coursepage",
            name="references",
            field=models.TextField(blank=True, help_text="Published sources that the text rests on. One a line"),
        ),
    ]
