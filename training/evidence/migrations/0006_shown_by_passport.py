"""Evidence may come from a passport that its holder showed."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0005_asked_outside'),
    ]

    operations = [
        migrations.AlterField(
            model_name='evidence',
            name='origin',
            field=models.CharField(choices=[('learner', 'The learner'), ('file', 'A completion file'), ('passport', "The learner's passport")], max_length=10),
        ),
    ]
