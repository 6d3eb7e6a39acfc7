from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0007_one_grant_whatever_is_blank"),
    ]

    operations = [
        migrations.AddField(
            model_name="employment",
            name="addressed_at",
            field=models.DateTimeField(
                blank=True, help_text="When the address last changed, if ever", null=True
            ),
        ),
    ]
