"""Resources of the champions' area."""

import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('champions', '0024_workplaces_counted_apart'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='Resource',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('is_draft_for_review', models.BooleanField(default=True, verbose_name='draft for specialist review')),
                ('reviewed_on', models.DateField(blank=True, null=True)),
                ('review_by', models.DateField(blank=True, null=True, verbose_name='review again by')),
                ('documents', wagtail.fields.StreamField([('document', 0)], blank=True, block_lookup={0: ('wagtail.documents.blocks.DocumentChooserBlock', (), {})}, help_text='Slides or leaflets. Their names stay on devices: let them say nothing of the subject')),
                ('kind', models.CharField(choices=[('guide', 'To read'), ('print', 'To print'), ('show', 'To show')], max_length=10, verbose_name='what it is for')),
                ('summary', models.TextField()),
                ('content_notes', models.TextField(blank=True, help_text='What may be hard to hear. One a line')),
                ('body', wagtail.fields.StreamField([('words', 2)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'max_length': 120, 'required': False}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['h3', 'bold', 'italic', 'ol', 'ul', 'link']}), 2: ('wagtail.blocks.StructBlock', [[('title', 0), ('text', 1)]], {'icon': 'doc-full', 'label': 'Words'})})),
                ('law_checked_on', models.DateField(blank=True, null=True)),
                ('references', models.TextField(blank=True, help_text='Published sources that the text rests on. One a line')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page', models.Model),
        ),
    ]
