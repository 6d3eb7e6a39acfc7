"""What had been ticked is shown to everybody who works in the partnership, as it was agreed; a name without an alias too."""

from django.db import migrations

TICKED = ("agency", "locality", "specialisms", "languages", "days")


def fill(apps, schema_editor):
    profiles = apps.get_model("champions", "ChampionProfile").objects
    for name in TICKED:
        profiles.filter(**{f"shows_{name}": True}).update(**{f"{name}_to": "everybody"})
    profiles.filter(alias="").update(name_to="everybody")


def empty(apps, schema_editor):
    """Back: what only champions saw is shown to nobody, since the ticks showed it to all."""
    profiles = apps.get_model("champions", "ChampionProfile").objects
    for name in TICKED:
        profiles.filter(**{f"{name}_to": "everybody"}).update(**{f"shows_{name}": True})
    profiles.filter(alias="").exclude(name_to="everybody").update(alias="A champion")


class Migration(migrations.Migration):
    dependencies = [("champions", "0007_audience_of_each_field")]

    operations = [migrations.RunPython(fill, empty)]
