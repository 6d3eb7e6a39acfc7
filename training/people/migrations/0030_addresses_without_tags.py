"""Indexes that find people by their address without its '+tag' among a hundred thousand."""

from django.db import migrations, models

from training.people.models.plain import PlainAddress


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0029_agencies_may_stay_unnamed"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="employment",
            index=models.Index(PlainAddress("work_email"), name="employment_by_plain_address"),
        ),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(PlainAddress("email"), name="user_by_plain_address"),
        ),
    ]
