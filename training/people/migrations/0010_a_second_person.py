from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0009_ends_of_tokens"),
    ]

    operations = [
        migrations.RenameField("rosterimport", "leavers", "alarm"),
        migrations.AlterField(
            "rosterimport",
            "alarm",
            models.CharField(blank=True, help_text="Why so much change must be confirmed", max_length=300),
        ),
        migrations.AddField(
            "rosterimport",
            "needs_approval",
            models.BooleanField(default=False, help_text="Whether a second person must confirm it"),
        ),
        migrations.AddField("rosterimport", "approved_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("rosterimport", "approved_by", models.CharField(blank=True, max_length=80)),
        migrations.AddConstraint(
            "rosterimport",
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | ~Q(approved_by=F("staged_by")),
                name="import_is_not_approved_by_its_uploader",
            ),
        ),
    ]
