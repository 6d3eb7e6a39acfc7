"""To whom each thing on a listing is shown, where there was only whether."""

from django.db import migrations, models

CHOICES = [("champions", "Champions only"), ("everybody", "Everybody who works in the partnership")]
NAMES = ("name", "agency", "locality", "specialisms", "languages", "days", "channels")


class Migration(migrations.Migration):
    dependencies = [("champions", "0006_meetings")]

    operations = [
        *(
            migrations.AddField(
                "championprofile",
                f"{name}_to",
                models.CharField(max_length=10, choices=CHOICES, blank=True, default=""),
            )
            for name in NAMES
        ),
        migrations.AlterField(
            "championprofile",
            "alias",
            models.CharField(blank=True, help_text="Shown where their own name is not", max_length=60),
        ),
        migrations.AlterField(
            "championoffer",
            "kind",
            models.CharField(
                choices=[("specialism", "specialism"), ("language", "language"), ("day", "day"), ("channel", "channel")],
                max_length=20,
            ),
        ),
    ]
