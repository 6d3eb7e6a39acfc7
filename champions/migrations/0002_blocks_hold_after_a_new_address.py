"""A block by address also keeps away the person who has it, whatever address they have later."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("champions", "0001_tables")]

    operations = [
        migrations.RemoveConstraint(model_name="block", name="block_of_a_person_or_an_address"),
        migrations.RemoveConstraint(model_name="block", name="one_block_of_an_address"),
        migrations.AddConstraint(
            model_name="block",
            constraint=models.CheckConstraint(
                condition=models.Q(("kept_away__isnull", False), models.Q(("address", ""), _negated=True), _connector="OR"),
                name="block_of_a_person_or_an_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="block",
            constraint=models.UniqueConstraint(
                condition=models.Q(("address", ""), _negated=True),
                fields=("owner", "address"),
                name="one_block_of_an_address",
            ),
        ),
    ]
