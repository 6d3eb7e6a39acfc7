from django.db import migrations, models

from champions.known_as import as_text, tokens


def write_down(apps, schema_editor):
    """The names and addresses of today; the worker looks them up again."""
    Employment = apps.get_model("people", "Employment")
    for block in apps.get_model("champions", "Block")._base_manager.select_related("kept_away__user"):
        names, addresses = [], [block.address]
        if away := block.kept_away:
            names = [f"{given} {away.last_name}" for given in (away.first_name, away.preferred_name) if given]
            addresses += Employment._base_manager.filter(person=away).values_list("work_email", flat=True)
            addresses += [away.user.email] if away.user else []
        block.known_as = as_text(tokens(names, addresses))
        block.save(update_fields=["known_as"])


class Migration(migrations.Migration):
    """By what whoever is kept away is known, in a plain form that every database compares alike."""

    dependencies = [("champions", "0028_group_messages_by_the_worker")]

    operations = [
        migrations.AddField("block", "known_as", models.TextField(
            default="", help_text="Plain names and addresses of whoever is kept away (champions/known_as.py); never shown"
        )),
        migrations.AddField("block", "looked_up_at", models.DateTimeField(
            blank=True, db_index=True, help_text="When `known_as` was, last", null=True
        )),
        migrations.AlterField("block", "address", models.EmailField(
            blank=True, help_text="In small letters, without a '+tag'", max_length=254
        )),
        migrations.RunPython(write_down, migrations.RunPython.noop),
    ]
