"""An edition may be corrected without a new number; who has finished may be asked to look again."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0005_what_authors_say'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='edition',
            options={'ordering': ['number', 'correction']},
        ),
        migrations.RemoveConstraint(
            model_name='edition',
            name='edition_number_once_a_course',
        ),
        migrations.AddField(
            model_name='attempt',
            name='looked_at_number',
            field=models.PositiveSmallIntegerField(default=0, help_text='Of the newest edition whose news the learner has seen since finishing'),
        ),
        migrations.AddField(
            model_name='edition',
            name='correction',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='edition',
            name='is_part',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='edition',
            name='kind',
            field=models.CharField(choices=[('correction', 'A small correction: the edition keeps its number, and open courses show the new words'), ('edition', 'A new edition: whoever has begun the older one may finish it'), ('substantive', 'A new edition that people who finished an older one are asked to look at')], default='edition', max_length=12),
        ),
        migrations.AddField(
            model_name='edition',
            name='whats_new',
            field=models.CharField(blank=True, max_length=240),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(fields=('course', 'number', 'correction'), name='edition_number_once_a_course'),
        ),
    ]
