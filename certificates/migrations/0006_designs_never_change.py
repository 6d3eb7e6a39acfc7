"""Designs and logos refuse UPDATE and DELETE: what was printed with them can be printed again."""

from django.db import migrations

from training.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("certificates", "0005_designs")]
    operations = [append_only("certificates_design"), append_only("certificates_logo")]
