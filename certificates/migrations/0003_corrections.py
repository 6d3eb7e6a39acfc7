"""A certificate that supersedes another says what it puts right; the table stays closed to changes."""

from django.db import migrations, models
from django.db.models import Q

from training.audit.append_only import close, open_again

TABLE = "certificates_certificate"


def opened(apps, editor):
    """SQLite makes the table anew, and would lose its triggers unseen."""
    open_again(editor.connection, TABLE)


def closed(apps, editor):
    """Append-only again."""
    close(editor.connection, TABLE)


class Migration(migrations.Migration):
    dependencies = [("certificates", "0002_append_only")]
    operations = [
        migrations.RunPython(opened, closed),
        migrations.AddField(
            model_name="certificate",
            name="correction",
            field=models.CharField(
                blank=True, choices=[("name", "The name"), ("day", "The day")], db_default="", default="", max_length=10
            ),
        ),
        migrations.RemoveConstraint(model_name="certificate", name="one_certificate_of_a_completion"),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                condition=~Q(correction="name"), fields=("completion",), name="one_first_certificate_of_a_completion"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=Q(correction="", supersedes__isnull=True)
                | Q(supersedes__isnull=False) & ~Q(correction=""),
                name="a_certificate_that_supersedes_says_why",
            ),
        ),
        migrations.RunPython(closed, opened),
    ]
