"""A strategy tells which one it follows, and an outcome what its own framework looks for: what packs hold."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('strategy', '0002_coverage_builds'),
    ]

    operations = [
        migrations.AddField(
            model_name='outcome',
            name='own_indicators',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='strategy',
            name='succeeds',
            field=models.JSONField(blank=True, null=True),
        ),
    ]
