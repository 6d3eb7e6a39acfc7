"""All tables of this room, and what the database itself watches over."""

import django.db.models.deletion
import modelcluster.fields
import training.access.clock
import uuid
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('home', '0001_pages'), ('home', '0002_saved_filters'), ('home', '0003_public_site'), ('home', '0004_what_pages_are_called')]

    initial = True

    dependencies = [
        ('people', '0001_squashed'),
        ('people', '__first__'),
        ('strategy', '0001_squashed'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtaildocs', '0014_alter_document_file_size'),
    ]

    operations = [
        migrations.CreateModel(
            name='CataloguePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', wagtail.fields.StreamField([('text', 0)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'ol', 'ul', 'link'], 'template': 'home/blocks/text.html'})}, help_text='Short sentences. No names of people, and nothing that happened to somebody.')),
            ],
            options={
                'verbose_name': 'training page',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='EasyReadPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('is_draft_for_review', models.BooleanField(default=True, help_text='Untick it once people who use easy read have read this, and it was changed as they said.', verbose_name='draft for specialist review')),
                ('body', wagtail.fields.StreamField([], block_lookup={}, help_text='A heading now and then, and a line for each thought.')),
            ],
            options={
                'verbose_name': 'easy-read page',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='FrontPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('lead', wagtail.fields.StreamField([('text', 0)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'ol', 'ul', 'link'], 'template': 'home/blocks/text.html'})}, help_text='Short sentences. No names of people, and nothing that happened to somebody.')),
            ],
            options={
                'verbose_name': 'front page',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='HelpPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', wagtail.fields.StreamField([('text', 0)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'ol', 'ul', 'link'], 'template': 'home/blocks/text.html'})}, help_text='Short sentences. No names of people, and nothing that happened to somebody.')),
            ],
            options={
                'verbose_name': 'help page',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='InformationPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, help_text="What is in it, in a sentence: for the partnership's first page", max_length=160)),
                ('body', wagtail.fields.StreamField([('text', 0)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'ol', 'ul', 'link'], 'template': 'home/blocks/text.html'})}, help_text='Short sentences. No names of people, and nothing that happened to somebody.')),
            ],
            options={
                'verbose_name': 'page of text',
                'verbose_name_plural': 'pages of text',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NewsIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'verbose_name': 'list of news',
                'verbose_name_plural': 'lists of news',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NewsPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('day', models.DateField(default=training.access.clock.today, help_text='The day that stands above it', verbose_name='date')),
                ('summary', models.CharField(help_text='One or two sentences, for the list', max_length=240)),
                ('body', wagtail.fields.StreamField([('text', 0)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'ol', 'ul', 'link'], 'template': 'home/blocks/text.html'})}, help_text='Short sentences. No names of people, and nothing that happened to somebody.')),
            ],
            options={
                'verbose_name': 'piece of news',
                'verbose_name_plural': 'news',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='PartnershipPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('lead', models.CharField(blank=True, help_text='Who you are and what you are for, in a sentence or two.', max_length=300)),
                ('body', wagtail.fields.StreamField([('text', 0)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'ol', 'ul', 'link'], 'template': 'home/blocks/text.html'})}, help_text='Short sentences. No names of people, and nothing that happened to somebody.')),
                ('partnership', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='site', to='people.partnership')),
            ],
            options={
                'verbose_name': 'first page of a partnership',
                'verbose_name_plural': 'first pages of partnerships',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='StrategyPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', wagtail.fields.StreamField([('text', 0)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'ol', 'ul', 'link'], 'template': 'home/blocks/text.html'})}, help_text='Short sentences. No names of people, and nothing that happened to somebody.')),
                ('strategy', models.ForeignKey(help_text='What it wants and promises comes from the strategy as it was loaded, and the figures from the latest summary that the partnership has published: neither is typed here.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategy.strategy')),
            ],
            options={
                'verbose_name': 'strategy page',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Download',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('title', models.CharField(help_text='What it is, in words for anybody', max_length=120)),
                ('about', models.CharField(blank=True, help_text='What is in it, in a sentence', max_length=240)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtaildocs.document')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='downloads', to='home.strategypage')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=60)),
                ('chosen', models.JSONField(default=dict, help_text="Choices of the form, by the field's name")),
                ('recorded_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_filters', to='people.agency')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_filters', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['title', 'id'],
                'constraints': [models.UniqueConstraint(fields=('user', 'agency', 'title'), name='saved_filter_title_once_a_user_and_agency')],
            },
        ),
    ]
