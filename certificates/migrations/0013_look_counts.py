"""How often codes are checked from one place."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0012_badge_places_kept'),
    ]

    operations = [
        migrations.CreateModel(
            name='LookCount',
            fields=[
                ('place', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('minute', models.BigIntegerField(db_index=True)),
                ('looks', models.PositiveIntegerField()),
            ],
        ),
    ]
