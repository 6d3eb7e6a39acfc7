"""What is frozen, and how it was restated, is refused any change by the database."""

from django.db import migrations

from training.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("boards", "0001_tables")]

    operations = [append_only("boards_snapshot"), append_only("boards_restatement")]
