"""All tables of this room, and what the database itself watches over."""

import django.core.validators
import django.db.models.deletion
import uuid
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('courses', '0001_tables'), ('courses', '0002_references'), ('courses', '0003_packages'), ('courses', '0004_blocks_are_code'), ('courses', '0005_what_authors_say'), ('courses', '0006_edition_corrections'), ('courses', '0007_specialist_review'), ('courses', '0008_minutes_may_be_none'), ('courses', '0009_rest_between_tries'), ('courses', '0010_shown_files'), ('courses', '0011_figures_for_authors'), ('courses', '0012_local_services'), ('courses', '0013_keeping'), ('courses', '0014_remarks_in_tens'), ('courses', '0015_local_services_by_two'), ('courses', '0016_files_of_earlier_editions')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('pathways', '0001_squashed'),
        ('people', '0001_squashed'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        ('wagtailimages', '0027_image_description'),
    ]

    operations = [
        migrations.CreateModel(
            name='CourseIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'verbose_name': 'course index',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='LessonPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('change_kind', models.CharField(choices=[('correction', 'A small correction: the edition keeps its number, and open courses show the new words'), ('edition', 'A new edition: whoever has begun the older one may finish it'), ('substantive', 'A new edition that people who finished an older one are asked to look at')], default='edition', max_length=12, verbose_name='this change is')),
                ('whats_new', models.CharField(blank=True, help_text='One line for people who finished an older edition. Name no subject: it stands on their own page.', max_length=240, verbose_name='what is new')),
                ('neutral_title', models.CharField(help_text='Says nothing of the subject: seen over a shoulder', max_length=80)),
                ('minutes', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)])),
                ('content_notes', models.TextField(blank=True, help_text='What may be hard to read here. One a line')),
                ('body', wagtail.fields.StreamField([], block_lookup={})),
            ],
            options={
                'verbose_name': 'lesson',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Package',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('scorm12', 'SCORM 1.2'), ('scorm2004', 'SCORM 2004'), ('h5p', 'H5P')], max_length=10)),
                ('folder', models.CharField(max_length=43, unique=True)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveBigIntegerField()),
                ('file_count', models.PositiveIntegerField()),
                ('reading', models.JSONField()),
                ('counts_when', models.CharField(choices=[('completed', "it says 'completed' or 'passed', and does not say 'failed'"), ('passed', "it says 'passed', or the mark asked for is reached"), ('both', "it says both 'completed' and 'passed'")], max_length=10)),
                ('uploaded_at', models.DateTimeField()),
                ('uploaded_by', models.CharField(max_length=80)),
            ],
            options={
                'ordering': ['-uploaded_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='SurveyMark',
            fields=[
                ('token', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='CoursePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('change_kind', models.CharField(choices=[('correction', 'A small correction: the edition keeps its number, and open courses show the new words'), ('edition', 'A new edition: whoever has begun the older one may finish it'), ('substantive', 'A new edition that people who finished an older one are asked to look at')], default='edition', max_length=12, verbose_name='this change is')),
                ('whats_new', models.CharField(blank=True, help_text='One line for people who finished an older edition. Name no subject: it stands on their own page.', max_length=240, verbose_name='what is new')),
                ('neutral_title', models.CharField(help_text='Says nothing of the subject: seen over a shoulder', max_length=80)),
                ('summary', models.TextField()),
                ('minutes', models.PositiveSmallIntegerField(help_text='0 where it takes no time of its own, such as an award')),
                ('outcomes', models.TextField(help_text='One a line')),
                ('pass_mark', models.PositiveSmallIntegerField(default=80, help_text='Per cent', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)])),
                ('tries_before_rest', models.PositiveSmallIntegerField(blank=True, help_text='Empty: as many as one likes. After the rest as many tries again: nobody is ever shut out.', null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='tries at the final check before a rest')),
                ('rest_hours', models.PositiveSmallIntegerField(default=24, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(168)], verbose_name='hours of rest')),
                ('edition_label', models.CharField(default='1.0', max_length=30, verbose_name='edition')),
                ('is_online', models.BooleanField(default=True, help_text='If not, this page tells how to book or record it and has no lessons', verbose_name='done online, here')),
                ('counts_as', models.CharField(choices=[('whole', 'The whole module: finishing records it as completed'), ('part', 'A part of the module: finishing records nothing, and what is left is told')], default='whole', max_length=5, verbose_name='finishing it counts as')),
                ('how_to_book', models.TextField(blank=True, help_text='Of a session: who books a place, and how')),
                ('how_to_record', models.TextField(blank=True, help_text="Who puts it on the learner's record, and how")),
                ('stop_text', wagtail.fields.RichTextField(verbose_name='you can stop at any time')),
                ('quiet_route_text', wagtail.fields.RichTextField(verbose_name='another way to do it')),
                ('support_text', wagtail.fields.RichTextField(verbose_name='support')),
                ('is_draft_for_review', models.BooleanField(default=True, verbose_name='draft for specialist review')),
                ('review_note', models.TextField(blank=True)),
                ('law_checked_on', models.DateField(blank=True, null=True)),
                ('law_of', models.CharField(blank=True, max_length=80)),
                ('reviewed_on', models.DateField(blank=True, null=True)),
                ('review_by', models.DateField(blank=True, null=True, verbose_name='review again by')),
                ('references', models.TextField(blank=True, help_text='Published sources that the text rests on. One a line')),
                ('source_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='courses', to='pathways.module')),
                ('package', models.ForeignKey(blank=True, help_text="A package written elsewhere, in place of lessons. Upload it under 'Packages' first.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='courses', to='courses.package')),
            ],
            options={
                'verbose_name': 'course',
                'permissions': [('approve_course', 'Can say that a specialist has read a course')],
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='CourseFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('looked_at', models.DateTimeField()),
                ('counted_at', models.DateTimeField(null=True)),
                ('begun', models.PositiveIntegerField(default=0)),
                ('shown', models.JSONField(default=dict)),
                ('course', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='courses.coursepage')),
            ],
            options={
                'verbose_name_plural': 'course figures',
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveSmallIntegerField()),
                ('correction', models.PositiveSmallIntegerField(default=0)),
                ('kind', models.CharField(choices=[('correction', 'A small correction: the edition keeps its number, and open courses show the new words'), ('edition', 'A new edition: whoever has begun the older one may finish it'), ('substantive', 'A new edition that people who finished an older one are asked to look at')], default='edition', max_length=12)),
                ('whats_new', models.CharField(blank=True, max_length=240)),
                ('is_part', models.BooleanField(default=False)),
                ('label', models.CharField(max_length=30)),
                ('made_at', models.DateTimeField()),
                ('digest', models.CharField(max_length=64)),
                ('content', models.JSONField()),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='courses.coursepage')),
            ],
            options={
                'ordering': ['number', 'correction'],
                'constraints': [models.UniqueConstraint(fields=('course', 'number', 'correction'), name='edition_number_once_a_course')],
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('open', 'In progress'), ('complete', 'Finished')], default='open', max_length=10)),
                ('started_at', models.DateTimeField()),
                ('completed_at', models.DateTimeField(blank=True, null=True)),
                ('is_text_only', models.BooleanField(default=False)),
                ('last_lesson', models.SlugField(blank=True, max_length=255)),
                ('last_place', models.CharField(blank=True, max_length=40)),
                ('tomorrow', models.JSONField(default=list)),
                ('has_remarked', models.BooleanField(default=False)),
                ('looked_at_number', models.PositiveSmallIntegerField(default=0, help_text='Of the newest edition whose news the learner has seen since finishing')),
                ('tomorrow_at', models.DateTimeField(blank=True, null=True)),
                ('tomorrow_away_at', models.DateTimeField(blank=True, help_text='When they wished not to be reminded', null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='people.person')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='courses.coursepage')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='courses.edition')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('person', 'course'), name='one_open_attempt_of_a_course'), models.CheckConstraint(condition=models.Q(models.Q(('completed_at__isnull', True), ('state', 'open')), models.Q(('completed_at__isnull', False), ('state', 'complete')), _connector='OR'), name='attempt_is_complete_from_a_moment')],
            },
        ),
        migrations.CreateModel(
            name='FinalTry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('begun_at', models.DateTimeField()),
                ('marked_at', models.DateTimeField(blank=True, null=True)),
                ('right_count', models.PositiveSmallIntegerField(default=0)),
                ('is_passed', models.BooleanField(default=False)),
                ('attempt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='final_tries', to='courses.attempt')),
            ],
            options={
                'verbose_name_plural': 'final tries',
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('attempt', 'number'), name='final_try_number_once_an_attempt'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='final_tries_are_counted_from_one'), models.UniqueConstraint(condition=models.Q(('marked_at__isnull', True)), fields=('attempt',), name='one_open_final_try_of_an_attempt')],
            },
        ),
        migrations.CreateModel(
            name='Launch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('opened_by', models.CharField(max_length=80)),
                ('opened_at', models.DateTimeField()),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('last_number', models.PositiveIntegerField(default=0)),
                ('attempt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='launches', to='courses.attempt')),
                ('package', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='launches', to='courses.package')),
            ],
            options={
                'verbose_name_plural': 'launches',
            },
        ),
        migrations.CreateModel(
            name='ItemState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(max_length=255)),
                ('cmi', models.TextField()),
                ('session', models.PositiveIntegerField()),
                ('status', models.CharField(max_length=20)),
                ('can_resume', models.BooleanField()),
                ('is_done', models.BooleanField(default=False)),
                ('best_score', models.FloatField(blank=True, null=True)),
                ('seconds_before', models.PositiveIntegerField(default=0)),
                ('seconds', models.PositiveIntegerField(default=0)),
                ('changed_at', models.DateTimeField()),
                ('attempt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='item_states', to='courses.attempt')),
                ('launch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='courses.launch')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('attempt', 'item'), name='one_state_of_an_item')],
            },
        ),
        migrations.CreateModel(
            name='Commit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('refusal', models.CharField(blank=True, max_length=20)),
                ('received_at', models.DateTimeField()),
                ('launch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='commits', to='courses.launch')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('refusal', '')), fields=('launch', 'number'), name='a_commit_is_kept_once')],
            },
        ),
        migrations.CreateModel(
            name='LocalService',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('support', 'Domestic abuse support'), ('harms', 'Help for people who harm'), ('sexual', 'Sexual violence support'), ('children', 'Children and young people'), ('older', 'Older people'), ('by-and-for', 'Led by and for a community'), ('housing', 'Housing and refuge'), ('safeguarding', 'Safeguarding teams')], max_length=20)),
                ('name', models.CharField(max_length=120)),
                ('about', models.CharField(help_text='Whom it is for, and what it does', max_length=300)),
                ('phone', models.CharField(blank=True, max_length=30, validators=[django.core.validators.RegexValidator('^[0-9 ]+$', 'Write figures and spaces alone.')])),
                ('opening', models.CharField(blank=True, max_length=120, verbose_name='when it answers')),
                ('website', models.URLField(blank=True, validators=[django.core.validators.URLValidator(schemes=['https'])])),
                ('checked_on', models.DateField(help_text='The day on which somebody rang or looked, and found all of this to be right', verbose_name='last checked')),
                ('said_by', models.CharField(blank=True, editable=False, help_text="Whose word alone it is as yet: a login's uid", max_length=40)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='local_services', to='people.partnership')),
            ],
            options={
                'verbose_name': 'local service',
                'ordering': ['partnership__title', 'kind', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('reflection', models.SlugField(max_length=60)),
                ('sealed', models.BinaryField()),
                ('number', models.PositiveIntegerField(default=1)),
                ('window', models.CharField(blank=True, help_text='The drawing of a page that it was last written on', max_length=32)),
                ('written_at', models.DateTimeField()),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.coursepage')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'course', 'reflection'), name='one_note_at_a_reflection')],
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('ten', models.PositiveIntegerField(default=0)),
                ('useful', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)])),
                ('comment', models.CharField(blank=True, max_length=300)),
                ('state', models.CharField(choices=[('none', 'No comment'), ('held', 'Waits to be read'), ('shown', 'Shown to authors')], default='none', max_length=5)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='courses.coursepage')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('useful__gte', 1), ('useful__lte', 5)), name='useful_is_one_to_five'), models.CheckConstraint(condition=models.Q(models.Q(('comment', ''), ('state', 'none')), models.Q(models.Q(('comment', ''), _negated=True), models.Q(('state', 'none'), _negated=True)), _connector='OR'), name='a_comment_is_held_or_shown')],
            },
        ),
        migrations.CreateModel(
            name='ShownFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shown_files', to='courses.coursepage')),
                ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtaildocs.document')),
                ('image', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailimages.image')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('course', 'image'), name='image_shown_once_a_course'), models.UniqueConstraint(fields=('course', 'document'), name='document_shown_once_a_course'), models.CheckConstraint(condition=models.Q(('image__isnull', True), ('document__isnull', True), _connector='XOR'), name='shown_is_one_file')],
            },
        ),
        migrations.CreateModel(
            name='SpecialistReview',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ('groups', models.ManyToManyField(help_text='Pages/snippets at this step in a workflow will be moderated or approved by these groups of users', to='auth.group', verbose_name='groups')),
            ],
            options={
                'verbose_name': 'specialist review',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.CreateModel(
            name='StoryEnd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('story', models.CharField(max_length=60)),
                ('attempt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='story_ends', to='courses.attempt')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('attempt', 'story'), name='one_end_of_a_story')],
            },
        ),
        migrations.CreateModel(
            name='StoryRoute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('story', models.CharField(max_length=60)),
                ('way', models.CharField(max_length=100)),
                ('people', models.PositiveIntegerField(default=0)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='story_routes', to='courses.edition')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('edition', 'story', 'way'), name='one_count_of_a_way_through_a_story')],
            },
        ),
        migrations.CreateModel(
            name='SurveyCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('survey', models.SlugField(max_length=60)),
                ('statement', models.SlugField(max_length=60)),
                ('month', models.DateField(help_text='The first day of the month')),
                ('before', models.PositiveSmallIntegerField()),
                ('after', models.PositiveSmallIntegerField()),
                ('people', models.PositiveIntegerField(default=0)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='survey_counts', to='courses.coursepage')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('course', 'survey', 'statement', 'month', 'before', 'after'), name='one_count_of_a_survey'), models.CheckConstraint(condition=models.Q(('after__gte', 1), ('after__lte', 5), ('before__gte', 1), ('before__lte', 5)), name='survey_has_five_taps')],
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lesson', models.SlugField(max_length=255)),
                ('opened_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('attempt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='courses.attempt')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('attempt', 'lesson'), name='one_visit_of_a_lesson')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('final_try', models.PositiveSmallIntegerField(default=0)),
                ('question', models.CharField(max_length=60)),
                ('chosen', models.JSONField(default=list)),
                ('is_correct', models.BooleanField()),
                ('was_right_first', models.BooleanField(null=True)),
                ('times', models.PositiveSmallIntegerField(default=1)),
                ('answered_at', models.DateTimeField()),
                ('attempt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='courses.attempt')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('attempt', 'final_try', 'question'), name='one_answer_to_a_question_in_a_try')],
            },
        ),
    ]
