"""Links name modules by id. Those made before end: nobody knows which names they were made with."""

from django.db import migrations
from django.utils import timezone


def by_id(apps, schema_editor):
    """What a link was limited to, among the holder's own; of none of them it stays limited to nothing that is."""
    certificates = apps.get_model("certificates", "Certificate").objects
    for share in apps.get_model("certificates", "Share").objects.iterator():
        mine = certificates.filter(completion__person=share.person_id, completion__module_code__in=share.modules)
        found = sorted(set(mine.values_list("completion__module", flat=True)))
        share.modules = found or ([0] if share.modules else [])
        share.ended_at = share.ended_at or timezone.now()
        share.save(update_fields=["modules", "ended_at"])


def by_code(apps, schema_editor):
    modules = apps.get_model("pathways", "Module").objects
    for share in apps.get_model("certificates", "Share").objects.iterator():
        share.modules = sorted(set(modules.filter(pk__in=share.modules).values_list("code", flat=True)))
        share.save(update_fields=["modules"])


class Migration(migrations.Migration):

    dependencies = [("certificates", "0014_shares_know_names")]

    operations = [migrations.RunPython(by_id, by_code)]
