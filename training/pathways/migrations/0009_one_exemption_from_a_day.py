"""A button pressed twice could excuse somebody twice: of two from the same day the longer stands."""

from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Now


def keep_the_longest(apps, schema_editor):
    """Replace all but the longest, the latest of those that are as long; who is excused on which day stays the same."""
    exemptions = apps.get_model("pathways", "Exemption")._base_manager.filter(replaced_at__isnull=True)
    longest_first = exemptions.order_by("post", "module", "starts_on", F("ends_on").desc(nulls_first=True), "-pk")
    seen, double = set(), []
    for pk, *what in longest_first.values_list("pk", "post", "module", "starts_on"):
        if tuple(what) in seen:
            double.append(pk)
        seen.add(tuple(what))
    for start in range(0, len(double), 500):
        exemptions.filter(pk__in=double[start : start + 500]).update(replaced_at=Greatest(F("recorded_at"), Now()))


class Migration(migrations.Migration):
    dependencies = [("pathways", "0008_rule_proposals")]

    operations = [
        migrations.RunPython(keep_the_longest, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="exemption",
            constraint=models.UniqueConstraint(
                condition=Q(("replaced_at__isnull", True)),
                fields=("post", "module", "starts_on"),
                name="one_exemption_of_a_post_from_a_day",
            ),
        ),
    ]
