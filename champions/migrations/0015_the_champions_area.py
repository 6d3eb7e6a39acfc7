"""Pages that champions read: the area, and packs for briefings."""

import django.core.validators
import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('champions', '0014_rest'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='BriefingPack',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('is_draft_for_review', models.BooleanField(default=True, verbose_name='draft for specialist review')),
                ('reviewed_on', models.DateField(blank=True, null=True)),
                ('review_by', models.DateField(blank=True, null=True, verbose_name='review again by')),
                ('audience', models.CharField(max_length=200, verbose_name='for whom')),
                ('minutes', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(180)])),
                ('summary', models.TextField()),
                ('content_notes', models.TextField(blank=True, help_text='What may be hard to hear. One a line')),
                ('body', wagtail.fields.StreamField([('say', 2), ('ask', 3), ('note', 4)], block_lookup={0: ('wagtail.blocks.CharBlock', (), {'max_length': 120, 'required': False}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['h3', 'bold', 'italic', 'ol', 'ul', 'link']}), 2: ('wagtail.blocks.StructBlock', [[('title', 0), ('text', 1)]], {'icon': 'pilcrow', 'label': 'What to say'}), 3: ('wagtail.blocks.StructBlock', [[('title', 0), ('text', 1)]], {'icon': 'help', 'label': 'What to ask the room'}), 4: ('wagtail.blocks.StructBlock', [[('title', 0), ('text', 1)]], {'icon': 'info-circle', 'label': 'For the champion alone'})})),
                ('handout', wagtail.fields.StreamField([('words', 2)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'max_length': 120, 'required': False}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['h3', 'bold', 'italic', 'ol', 'ul', 'link']}), 2: ('wagtail.blocks.StructBlock', [[('title', 0), ('text', 1)]], {'icon': 'doc-full', 'label': 'Words'})})),
                ('documents', wagtail.fields.StreamField([('document', 0)], blank=True, block_lookup={0: ('wagtail.documents.blocks.DocumentChooserBlock', (), {})}, help_text='Slides or leaflets. Their names stay on devices: let them say nothing of the subject')),
                ('law_checked_on', models.DateField(blank=True, null=True)),
                ('references', models.TextField(blank=True, help_text='Published sources that the text rests on. One a line')),
            ],
            options={
                'verbose_name': 'briefing pack',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ChampionsAreaPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('is_draft_for_review', models.BooleanField(default=True, verbose_name='draft for specialist review')),
                ('reviewed_on', models.DateField(blank=True, null=True)),
                ('review_by', models.DateField(blank=True, null=True, verbose_name='review again by')),
            ],
            options={
                'verbose_name': "champions' area",
            },
            bases=('wagtailcore.page',),
        ),
    ]
