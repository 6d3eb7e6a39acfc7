"""An index in the order of HR's list of people."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0024_signed_in_with_both")]
    operations = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["is_protected", "last_name", "first_name", "id"], name="person_by_name"),
        ),
    ]
