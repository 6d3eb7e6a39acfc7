"""What a strategy said is refused any change by the database."""

from django.db import migrations

from training.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("strategy", "0006_former_strategies")]

    operations = [append_only("strategy_formerstrategy")]
