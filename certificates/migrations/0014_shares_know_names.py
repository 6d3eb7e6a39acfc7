"""A link knows the names that its holder went by when it was made."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("certificates", "0013_look_counts")]

    operations = [
        migrations.AddField(
            model_name="share",
            name="names",
            field=models.JSONField(default=list, help_text="The names that it may show; the first as printed when it was made"),
        ),
        migrations.AddField(
            model_name="share",
            name="roster_name",
            field=models.CharField(default="", help_text="What the roster called the holder then", max_length=250),
        ),
        migrations.AlterField(
            model_name="share",
            name="modules",
            field=models.JSONField(default=list, help_text="Ids of modules; none: all of them"),
        ),
        migrations.AlterField(
            model_name="viewing",
            name="what",
            field=models.CharField(
                choices=[
                    ("page", "Looked at"),
                    ("file", "Taken as a file"),
                    ("accepted", "Accepted by an agency"),
                    ("as_other", "Accepted by an agency for somebody whom its roster has under another name"),
                ],
                max_length=10,
            ),
        ),
    ]
