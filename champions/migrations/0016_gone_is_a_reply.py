"""Whoever asked somebody who has gone since is told so."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('champions', '0015_the_champions_area'),
    ]

    operations = [
        migrations.AlterField(
            model_name='contactrequest',
            name='reply',
            field=models.CharField(blank=True, choices=[('call', 'Call me at'), ('meet', 'Let us meet'), ('not_me', 'I am not the right person'), ('gone', 'They cannot answer now. Please ask another champion')], max_length=20),
        ),
    ]
