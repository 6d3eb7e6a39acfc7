"""Which mail tells of a group message, so that one who goes meanwhile gets none."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('champions', '0033_lapse_notices'),
        ('notices', '0002_notice_knows_when_it_is_useless'),
    ]

    operations = [
        migrations.AddField(
            model_name='addressed',
            name='notice',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='notices.notice'),
        ),
    ]
