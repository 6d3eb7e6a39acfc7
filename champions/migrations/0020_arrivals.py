"""'Check-in' is another thing in this room: whoever is counted at a briefing arrives."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('champions', '0019_briefings'),
    ]

    operations = [
        migrations.RenameModel('CascadeCheckIn', 'Arrival'),
        migrations.RenameField('Cascade', 'checked_in', 'counted_in'),
        migrations.AlterField(
            'Arrival',
            'cascade',
            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='arrivals', to='champions.cascade'),
        ),
    ]
