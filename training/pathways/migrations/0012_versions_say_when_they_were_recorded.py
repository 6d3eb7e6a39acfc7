"""Figures are counted anew after a version of a pathway has gone live: it has to say when."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pathways", "0011_community_is_a_kind")]

    operations = [
        migrations.AddField(
            "pathwayversion",
            "recorded_at",
            models.DateTimeField(
                null=True, blank=True, help_text="When it went live; empty: long ago"
            ),
        ),
    ]
