"""The ticks of a listing, which the audiences hold now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("champions", "0008_who_was_shown_what")]

    operations = [
        migrations.RemoveField("championprofile", f"shows_{name}")
        for name in ("agency", "locality", "specialisms", "languages", "days")
    ]
