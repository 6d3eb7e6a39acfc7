"""How many are asked is hidden by itself: seldom where only how many are in date is few. Builds before hide both."""


from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('strategy', '0008_places_counts'),
    ]

    operations = [
        migrations.AddField(
            model_name='coveragecell',
            name='is_asked_hidden_from_board',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='coveragecell',
            name='is_asked_hidden_from_public',
            field=models.BooleanField(default=True),
        ),
    ]
