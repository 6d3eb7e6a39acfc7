"""Counts of an agency are kept in another form: those that are kept are counted anew when they are next asked for."""

from django.db import migrations

ANEW = "UPDATE ledger_standingcount SET counted = NULL"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0010_launch_is_self_reported")]
    operations = [migrations.RunSQL(ANEW, ANEW)]
