"""What kind of change this is, how a course is done and counts, and when it was reviewed."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0004_blocks_are_code'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='coursepage',
            options={'permissions': [('approve_course', 'Can say that a specialist has read a course')], 'verbose_name': 'course'},
        ),
        migrations.AddField(
            model_name='coursepage',
            name='change_kind',
            field=models.CharField(choices=[('correction', 'A small correction: the edition keeps its number, and open courses show the new words'), ('edition', 'A new edition: whoever has begun the older one may finish it'), ('substantive', 'A new edition that people who finished an older one are asked to look at')], default='edition', max_length=12, verbose_name='this change is'),
        ),
        migrations.AddField(
            model_name='coursepage',
            name='counts_as',
            field=models.CharField(choices=[('whole', 'The whole module: finishing records it as completed'), ('part', 'A part of the module: finishing records nothing, and what is left is told')], default='whole', max_length=5, verbose_name='finishing it counts as'),
        ),
        migrations.AddField(
            model_name='coursepage',
            name='how_to_book',
            field=models.TextField(blank=True, help_text='Of a session: who books a place, and how'),
        ),
        migrations.AddField(
            model_name='coursepage',
            name='how_to_record',
            field=models.TextField(blank=True, help_text="Who puts it on the learner's record, and how"),
        ),
        migrations.AddField(
            model_name='coursepage',
            name='is_online',
            field=models.BooleanField(default=True, help_text='If not, this page tells how to book or record it and has no lessons', verbose_name='done online, here'),
        ),
        migrations.AddField(
            model_name='coursepage',
            name='review_by',
            field=models.DateField(blank=True, null=True, verbose_name='review again by'),
        ),
        migrations.AddField(
            model_name='coursepage',
            name='reviewed_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='coursepage',
            name='whats_new',
            field=models.CharField(blank=True, help_text='One line for people who finished an older edition. Name no subject: it stands on their own page.', max_length=240, verbose_name='what is new'),
        ),
        migrations.AddField(
            model_name='lessonpage',
            name='change_kind',
            field=models.CharField(choices=[('correction', 'A small correction: the edition keeps its number, and open courses show the new words'), ('edition', 'A new edition: whoever has begun the older one may finish it'), ('substantive', 'A new edition that people who finished an older one are asked to look at')], default='edition', max_length=12, verbose_name='this change is'),
        ),
        migrations.AddField(
            model_name='lessonpage',
            name='whats_new',
            field=models.CharField(blank=True, help_text='One line for people who finished an older edition. Name no subject: it stands on their own page.', max_length=240, verbose_name='what is new'),
        ),
    ]
