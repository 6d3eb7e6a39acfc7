"""Certificates refuse UPDATE and DELETE."""

from django.db import migrations

from training.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("certificates", "0001_tables")]
    operations = [append_only("certificates_certificate")]
