"""Whom somebody keeps away without having learnt who it is."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('champions', '0034_mails_of_group_messages'),
    ]

    operations = [
        migrations.AddField(
            model_name='block',
            name='is_unnamed',
            field=models.BooleanField(default=False, help_text='By a request that was taken back: the owner reads no name'),
        ),
    ]
