"""An indicator says which role answers for it, and a cell may hold a mean: what surveys tell."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('strategy', '0003_succession_and_own_indicators'),
    ]

    operations = [
        migrations.AddField(
            model_name='coveragecell',
            name='value',
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='indicator',
            name='owner',
            field=models.CharField(choices=[('partnership_coordinator', 'Partnership coordinator'), ('champion_coordinator', 'Champion coordinator'), ('agency_hr', 'Agency hr'), ('content_author', 'Content author')], default='partnership_coordinator', max_length=30),
        ),
    ]
