"""All tables of this room, and what the database itself watches over."""

import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
import training.people.models.plain
import uuid
from django.conf import settings
from django.db import migrations, models

# Terms of one post, and duties of one designation on it, that nothing has replaced never overlap. On PostgreSQL a term is
# a box, which is four times as fast to keep as ranges: from its post's number to the same number, and from its first day
# to its last. Boxes that touch overlap, so both ends count as with ranges, and numbers are whole, so no two posts meet.
POSTGRESQL = "ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist ({what}) WHERE (replaced_at IS NULL)"
BOX = """
    box(point(post_id, starts_on - date '1900-01-01'),
        point(post_id, coalesce(ends_on, date '9999-12-31') - date '1900-01-01')) WITH &&
"""
RANGES = """
    int8range(post_id, post_id, '[]') WITH &&, int8range(designation_id, designation_id, '[]') WITH &&,
    daterange(starts_on, ends_on, '[]') WITH &&
"""
SQLITE = """
CREATE TRIGGER {name}_{verb} BEFORE {event} ON {table} WHEN NEW.replaced_at IS NULL
BEGIN
    SELECT RAISE(ABORT, '{name}') WHERE EXISTS (
        SELECT 1 FROM {table} other
        WHERE other.id IS NOT NEW.id AND other.replaced_at IS NULL AND {same}
          AND other.starts_on <= COALESCE(NEW.ends_on, '9999-12-31')
          AND COALESCE(other.ends_on, '9999-12-31') >= NEW.starts_on
    );
END
"""
TABLES = {
    "terms_of_a_post_never_overlap": ("people_term", ("post_id",), BOX),
    "duties_of_a_post_never_overlap": ("people_duty", ("post_id", "designation_id"), RANGES),
}


def close(apps, editor):
    for name, (table, columns, what) in TABLES.items():
        if editor.connection.vendor == "postgresql":
            editor.execute(POSTGRESQL.format(table=table, name=name, what=what))
            continue
        same = " AND ".join(f"other.{column} = NEW.{column}" for column in columns)
        for verb, event in (("insert", "INSERT"), ("update", "UPDATE")):
            editor.execute(SQLITE.format(table=table, name=name, verb=verb, event=event, same=same))


def open_again(apps, editor):
    for name, (table, *_more) in TABLES.items():
        if editor.connection.vendor == "postgresql":
            editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            continue
        for verb in ("insert", "update"):
            editor.execute(f"DROP TRIGGER {name}_{verb}")


class Migration(migrations.Migration):

    replaces = [('people', '0001_tables'), ('people', '0002_terms_never_overlap'), ('people', '0003_rosters'), ('people', '0004_designation_says_its_reason'), ('people', '0005_agency_tokens'), ('people', '0006_leavers_to_confirm'), ('people', '0007_one_grant_whatever_is_blank'), ('people', '0008_since_when_an_address'), ('people', '0009_ends_of_tokens'), ('people', '0010_a_second_person'), ('people', '0011_same_people'), ('people', '0012_likely_duplicates'), ('people', '0013_sheets_and_meanings'), ('people', '0014_terms_apart_by_boxes'), ('people', '0015_record_claims'), ('people', '0016_corrections'), ('people', '0017_discarded_files'), ('people', '0018_protected_elsewhere'), ('people', '0019_undoing_needs_two'), ('people', '0020_stale_since_when'), ('people', '0021_shared_training'), ('people', '0022_sent_for_the_worker'), ('people', '0023_no_index_twice'), ('people', '0024_signed_in_with_both'), ('people', '0025_people_by_name'), ('people', '0026_weighty_files'), ('people', '0027_community_is_a_kind'), ('people', '0028_agency_lead_is_a_role'), ('people', '0029_agencies_may_stay_unnamed'), ('people', '0030_addresses_without_tags'), ('people', '0031_site_editor_is_a_role'), ('people', '0032_auditors_role')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Designation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True)),
                ('title', models.CharField(max_length=160)),
                ('reason', models.CharField(blank=True, help_text="Completes 'because ...': 'you are a champion'", max_length=160)),
            ],
            options={
                'ordering': ['title'],
            },
        ),
        migrations.CreateModel(
            name='Partnership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('title', models.CharField(max_length=160)),
                ('area', models.CharField(blank=True, max_length=160)),
            ],
            options={
                'ordering': ['title'],
            },
        ),
        migrations.CreateModel(
            name='RoleGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True)),
                ('title', models.CharField(max_length=160)),
                ('family', models.CharField(blank=True, max_length=40)),
                ('nice_level', models.PositiveSmallIntegerField(default=0)),
                ('soc_code', models.CharField(blank=True, max_length=20)),
            ],
            options={
                'ordering': ['title'],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'indexes': [models.Index(training.people.models.plain.PlainAddress('email'), name='user_by_plain_address')],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_once_whatever_its_case')],
            },
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(max_length=40, unique=True)),
                ('title', models.CharField(max_length=160)),
                ('kind', models.CharField(choices=[('council_upper', 'County council'), ('council_unitary', 'Unitary council'), ('council_district', 'District or borough council'), ('police', 'Police force'), ('pcc', 'Police and crime commissioner'), ('nhs_acute', 'Hospital trust'), ('nhs_community_mh', 'Community or mental health trust'), ('nhs_icb', 'Integrated care board'), ('gp_practice', 'GP practice'), ('gp_federation', 'GP federation'), ('ambulance', 'Ambulance service'), ('fire', 'Fire and rescue service'), ('probation', 'Probation service'), ('youth_justice', 'Youth justice service'), ('prison', 'Prison'), ('court_cps', 'Court or prosecution service'), ('education_school', 'School or academy trust'), ('education_fe_he', 'College or university'), ('early_years', 'Early years setting'), ('housing_provider', 'Housing provider'), ('da_specialist', 'Domestic abuse specialist service'), ('sv_specialist', 'Sexual violence specialist service'), ('perpetrator_service', 'Service for people who harm'), ('substance_misuse', 'Drug and alcohol service'), ('vcs_other', 'Charity or community organisation'), ('by_and_for', 'By-and-for organisation'), ('dwp', 'Jobcentre or benefits service'), ('employer_private', 'Private employer'), ('employer_public', 'Other public employer'), ('faith_community', 'Faith community'), ('elected_body', 'Elected body'), ('community', 'Community champions')], max_length=30)),
                ('national_code', models.CharField(blank=True, help_text='ODS code, URN, force code or the like', max_length=20)),
                ('is_named_in_public', models.BooleanField(db_default=True, default=True, help_text="Whether public lists of agencies name it: a refuge may be no one's to find")),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='people.agency')),
            ],
            options={
                'verbose_name_plural': 'agencies',
                'ordering': ['title'],
            },
        ),
        migrations.CreateModel(
            name='AgencyAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('alias', models.CharField(max_length=160, unique=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='people.agency')),
            ],
            options={
                'verbose_name_plural': 'agency aliases',
            },
        ),
        migrations.CreateModel(
            name='AgencyToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('label', models.CharField(max_length=80)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('last_used_on', models.DateField(blank=True, null=True)),
                ('ends_on', models.DateField()),
                ('ended_at', models.DateTimeField(blank=True, help_text='When it was taken back before its last day', null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tokens', to='people.agency')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='AnsweredRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('digest', models.CharField(help_text='Of the body, so that another one under this key is refused', max_length=64)),
                ('answer', models.JSONField(help_text="Counts, row numbers and uids: no person's name or reference")),
                ('recorded_at', models.DateTimeField(db_index=True)),
                ('token', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answered', to='people.agencytoken')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('token', 'key'), name='request_key_once_a_token')],
            },
        ),
        migrations.CreateModel(
            name='ColumnMeaning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('header', models.CharField(help_text='In small letters, its words apart by one blank', max_length=60)),
                ('field', models.CharField(blank=True, help_text='Empty: it has no meaning here', max_length=20)),
                ('order', models.CharField(blank=True, help_text="Of days: 'day' or 'month' comes first", max_length=5)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='columns', to='people.agency')),
            ],
            options={
                'ordering': ['header'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'header'), name='column_means_one_thing_an_agency')],
            },
        ),
        migrations.CreateModel(
            name='DuplicateSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('searched_at', models.DateTimeField()),
                ('agency', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='duplicate_search', to='people.agency')),
            ],
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.agency')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.partnership')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('replaced_at__isnull', True), ('replaced_at__gte', models.F('recorded_at')), _connector='OR'), name='people_membership_replaced_after_recorded'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='membership_ends_after_start'), models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('partnership', 'agency', 'starts_on'), name='one_membership_of_an_agency_from_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Locality',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40)),
                ('title', models.CharField(max_length=160)),
                ('kind', models.CharField(choices=[('district', 'District'), ('unitary', 'Unitary area'), ('county', 'County'), ('local', 'Local grouping')], max_length=20)),
                ('ons_code', models.CharField(blank=True, max_length=9)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='localities', to='people.partnership')),
            ],
            options={
                'verbose_name_plural': 'localities',
                'ordering': ['title'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'code'), name='locality_code_once_a_partnership')],
            },
        ),
        migrations.AddField(
            model_name='agency',
            name='partnerships',
            field=models.ManyToManyField(related_name='agencies', through='people.Membership', to='people.partnership'),
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('first_name', models.CharField(max_length=120)),
                ('last_name', models.CharField(blank=True, max_length=120)),
                ('preferred_name', models.CharField(blank=True, max_length=120)),
                ('is_protected', models.BooleanField(default=False, help_text='Hidden from every shared view at their own wish')),
                ('is_protected_elsewhere', models.BooleanField(db_default=False, default=False, help_text='Hidden at the wish of another record of theirs, which alone can end it')),
                ('recorded_at', models.DateTimeField()),
                ('same_as', models.ForeignKey(blank=True, help_text='The first of the records known to be of this person, on each of them; none where there is but one', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='records', to='people.person')),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='person', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'people',
                'ordering': ['last_name', 'first_name', 'id'],
                'indexes': [models.Index(fields=['is_protected', 'last_name', 'first_name', 'id'], name='person_by_name')],
            },
        ),
        migrations.CreateModel(
            name='LikelyDuplicate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('evidence', models.JSONField(default=list, help_text='What speaks for it, in words, the strongest first')),
                ('found_at', models.DateTimeField()),
                ('refused_at', models.DateTimeField(blank=True, null=True)),
                ('refused_by', models.CharField(blank=True, max_length=80)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='likely_duplicates', to='people.agency')),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='likely_first', to='people.person')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='likely_second', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agency', 'one', 'other'), name='a_pair_is_suggested_once_an_agency'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='the_older_record_of_a_pair_comes_first')],
            },
        ),
        migrations.CreateModel(
            name='Employment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('employee_ref', models.CharField(max_length=60)),
                ('work_email', models.EmailField(blank=True, db_index=True, help_text='In small letters; a contact, never a key', max_length=254)),
                ('addressed_at', models.DateTimeField(blank=True, help_text='When the address last changed, if ever', null=True)),
                ('recorded_at', models.DateTimeField()),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='employments', to='people.agency')),
                ('entered_as', models.ForeignKey(blank=True, help_text="The record it was entered as, where the agency's HR has merged that one into `person`", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='employments_before', to='people.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='employments', to='people.person')),
            ],
            options={
                'indexes': [models.Index(training.people.models.plain.PlainAddress('work_email'), name='employment_by_plain_address')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'employee_ref'), name='employee_ref_once_an_agency')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('assignment_ref', models.CharField(max_length=60)),
                ('recorded_at', models.DateTimeField()),
                ('employment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='people.employment')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('employment', 'assignment_ref'), name='assignment_ref_once_an_employment')],
            },
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('source', models.CharField(blank=True, max_length=80)),
                ('designation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='people.designation')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='people.post')),
            ],
            options={
                'verbose_name_plural': 'duties',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('replaced_at__isnull', True), ('replaced_at__gte', models.F('recorded_at')), _connector='OR'), name='people_duty_replaced_after_recorded'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='duty_ends_after_start'), models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('post', 'designation', 'starts_on'), name='one_duty_of_a_post_from_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('about', models.CharField(choices=[('role', 'My job or role'), ('team', 'My team, place of work or manager'), ('dates', 'When I started, left, or was away'), ('agency', 'I do not work for this organisation'), ('name', 'How my name or work email is written'), ('joined', 'A record that is not mine was joined to mine'), ('training', 'My training, or what is asked of me')], max_length=10)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('asked_at', models.DateTimeField()),
                ('answer', models.CharField(blank=True, choices=[('corrected', 'Put right'), ('declined', 'Not changed')], max_length=10)),
                ('answer_words', models.CharField(blank=True, max_length=300)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.CharField(blank=True, max_length=80)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='people.agency')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='people.person')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='people.post')),
            ],
            options={
                'ordering': ['asked_at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(('answered_at__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='a_correction_is_answered_whole'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'declined'), _negated=True), models.Q(('answer_words', ''), _negated=True), _connector='OR'), name='a_declined_correction_says_why'), models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('post', 'about'), name='one_open_correction_of_a_kind_a_post')],
            },
        ),
        migrations.CreateModel(
            name='RecordClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('sent', 'Code sent'), ('waiting', 'Waiting for your HR team'), ('joined', 'Joined to your record'), ('declined', 'Not confirmed'), ('over', 'Over')], max_length=10)),
                ('code_hash', models.CharField(blank=True, max_length=64)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('printed', models.JSONField(default=dict, help_text='What anyone reads who checks the certificate: name, module, day')),
                ('asked_at', models.DateTimeField(db_index=True)),
                ('ends_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.CharField(blank=True, max_length=80)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='record_claims', to='people.agency')),
                ('claimant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='people.person')),
                ('record', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='claims_on_it', to='people.person')),
            ],
            options={
                'ordering': ['-asked_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('tries__lte', 5)), name='a_claim_has_five_tries'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('asked_at'))), name='a_claim_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role_code', models.CharField(choices=[('past_learner', 'Learner'), ('learner', 'Learner'), ('line_manager', 'Line manager'), ('agency_hr', 'Agency HR'), ('agency_lead', 'Agency lead'), ('champion_coordinator', 'Champion coordinator'), ('partnership_coordinator', 'Partnership coordinator'), ('site_editor', 'Public site editor'), ('board_member', 'Board member'), ('auditor', 'Auditor'), ('content_author', 'Content author'), ('content_reviewer', 'Content reviewer'), ('system_administrator', 'System administrator')], max_length=40)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='people.agency')),
                ('partnership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='people.partnership')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='grant_ends_after_start'), models.CheckConstraint(condition=models.Q(('agency__isnull', True), ('partnership__isnull', True), _connector='OR'), name='grant_has_one_scope_at_most'), models.CheckConstraint(condition=models.Q(models.Q(('role_code__in', ['auditor']), _negated=True), ('ends_on__isnull', False), _connector='OR'), name='grant_of_a_role_for_a_time_ends'), models.UniqueConstraint(models.F('user'), models.F('role_code'), models.F('starts_on'), django.db.models.functions.comparison.Coalesce('agency_id', 0, output_field=models.BigIntegerField()), django.db.models.functions.comparison.Coalesce('partnership_id', 0, output_field=models.BigIntegerField()), name='one_grant_of_a_role_from_a_day')],
            },
        ),
        migrations.CreateModel(
            name='JobTitleMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('post_title', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='job_titles', to='people.agency')),
                ('role_group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='job_titles', to='people.rolegroup')),
            ],
            options={
                'ordering': ['post_title'],
                'constraints': [models.UniqueConstraint(models.F('agency'), django.db.models.functions.text.Lower('post_title'), name='job_title_once_an_agency_whatever_its_case')],
            },
        ),
        migrations.CreateModel(
            name='RosterImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('work', models.CharField(blank=True, choices=[('read', 'Being read'), ('apply', 'Being applied'), ('undo', 'Being undone'), ('send', 'Being read and applied')], max_length=10)),
                ('work_by', models.CharField(blank=True, max_length=80)),
                ('tries', models.PositiveSmallIntegerField(default=0, help_text='How often the worker has begun')),
                ('problem', models.CharField(blank=True, help_text='Why the worker could not do it', max_length=300)),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sha256', models.CharField(max_length=64)),
                ('is_full', models.BooleanField(default=False)),
                ('as_at', models.DateField(help_text='The day from which changes hold')),
                ('state', models.CharField(choices=[('reading', 'Being read'), ('asking', 'Waiting for your answers'), ('staged', 'Waiting to be applied'), ('applied', 'Applied'), ('undone', 'Undone'), ('refused', 'Refused'), ('discarded', 'Discarded')], default='staged', max_length=20)),
                ('counts', models.JSONField(default=dict, help_text='Rows by kind')),
                ('reasons', models.JSONField(default=list, help_text='Why the whole file was refused')),
                ('alarm', models.CharField(blank=True, help_text='Why so much change must be confirmed', max_length=300)),
                ('needs_approval', models.BooleanField(default=False, help_text='Whether a second person must confirm it')),
                ('is_weighty', models.BooleanField(db_default=False, default=False, help_text='Whether they must because so much moves, not for a role alone')),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('approved_by', models.CharField(blank=True, max_length=80)),
                ('digest', models.CharField(blank=True, help_text='Of all that applying it would do', max_length=64)),
                ('titles', models.JSONField(default=list, help_text='Job titles without a role group, with their rows')),
                ('columns', models.JSONField(default=list, help_text="Fields that were read, each with the file's name of it")),
                ('blanked', models.PositiveIntegerField(default=0, help_text='Cells that looked like National Insurance numbers')),
                ('leavers_are_right', models.BooleanField(db_default=False, default=False, help_text='Whether the program that sent it says that its leavers are right')),
                ('dropped_columns', models.JSONField(default=list, help_text='Columns that must not be held here')),
                ('ignored_columns', models.JSONField(default=list, help_text='Columns without a meaning here')),
                ('spare_columns', models.JSONField(default=list, help_text='Columns not used: header, field, the header used instead')),
                ('unrestored', models.JSONField(default=list, help_text='What undoing could not bring back, and why')),
                ('staged_at', models.DateTimeField()),
                ('staged_by', models.CharField(max_length=80)),
                ('applied_at', models.DateTimeField(blank=True, null=True)),
                ('applied_by', models.CharField(blank=True, max_length=80)),
                ('undo_asked_at', models.DateTimeField(blank=True, help_text='When the first of two people pressed undo', null=True)),
                ('undo_asked_by', models.CharField(blank=True, max_length=80)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('undone_by', models.CharField(blank=True, max_length=80)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roster_imports', to='people.agency')),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['applied', 'undone']), _negated=True), ('applied_at__isnull', False), _connector='OR'), name='applied_import_says_when'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'undone'), _negated=True), ('undone_at__isnull', False), _connector='OR'), name='undone_import_says_when'), models.CheckConstraint(condition=models.Q(('approved_at__isnull', True), models.Q(('approved_by', models.F('staged_by')), _negated=True), _connector='OR'), name='import_is_not_approved_by_its_uploader')],
            },
        ),
        migrations.CreateModel(
            name='RosterRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(help_text='In the file; none for a post that the file leaves out', null=True)),
                ('kind', models.CharField(choices=[('new', 'New'), ('changed', 'Changed'), ('left', 'Left'), ('unchanged', 'Unchanged'), ('refused', 'Refused')], max_length=20)),
                ('employee_ref', models.CharField(blank=True, max_length=60)),
                ('assignment_ref', models.CharField(blank=True, max_length=60)),
                ('values', models.JSONField(default=dict)),
                ('changes', models.JSONField(default=dict)),
                ('replaces', models.JSONField(default=dict)),
                ('reasons', models.JSONField(default=list)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='roster_rows', to='people.person')),
                ('roster_import', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='people.rosterimport')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['roster_import', 'kind'], name='roster_row_by_kind')],
            },
        ),
        migrations.CreateModel(
            name='RosterSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('head', models.JSONField(default=dict)),
                ('packed', models.BinaryField()),
                ('roster_import', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='sheet', to='people.rosterimport')),
            ],
        ),
        migrations.CreateModel(
            name='Sameness',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('proof', models.CharField(choices=[('hr', 'Merged by HR'), ('address', 'A code sent to the old work address'), ('certificate', 'A certificate, confirmed by HR'), ('sign_in', 'Signed in with both')], max_length=12)),
                ('evidence', models.JSONField(default=list, help_text='What spoke for it, in words')),
                ('replaced_by', models.CharField(blank=True, max_length=80)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='people.agency')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='joined_to', to='people.person')),
                ('same_as', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='joined_by', to='people.person')),
            ],
            options={
                'verbose_name_plural': 'samenesses',
                'ordering': ['-recorded_at', '-id'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('replaced_at__isnull', True), ('replaced_at__gte', models.F('recorded_at')), _connector='OR'), name='people_sameness_replaced_after_recorded'), models.CheckConstraint(condition=models.Q(('record', models.F('same_as')), _negated=True), name='a_record_is_joined_to_another'), models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('record', 'same_as'), name='two_records_are_joined_once'), models.UniqueConstraint(condition=models.Q(('agency__isnull', False), ('replaced_at__isnull', True)), fields=('record', 'agency'), name='a_record_is_merged_once_an_agency')],
            },
        ),
        migrations.CreateModel(
            name='Sharing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('replaced_by', models.CharField(blank=True, max_length=80)),
                ('own', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sharings', to='people.person')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shared_with', to='people.person')),
            ],
            options={
                'ordering': ['-recorded_at', '-id'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('replaced_at__isnull', True), ('replaced_at__gte', models.F('recorded_at')), _connector='OR'), name='people_sharing_replaced_after_recorded'), models.CheckConstraint(condition=models.Q(('record', models.F('own')), _negated=True), name='training_is_shared_with_another_record'), models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('record', 'own'), name='training_is_shared_once')],
            },
        ),
        migrations.CreateModel(
            name='StalePost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_marked_at', models.DateTimeField()),
                ('marked_at', models.DateTimeField()),
                ('post', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='stale_mark', to='people.post')),
            ],
        ),
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='people.agency')),
            ],
            options={
                'ordering': ['title'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'title'), name='team_title_once_an_agency')],
            },
        ),
        migrations.CreateModel(
            name='Workplace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40)),
                ('title', models.CharField(max_length=160)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='workplaces', to='people.agency')),
                ('locality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='workplaces', to='people.locality')),
            ],
            options={
                'ordering': ['title'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'code'), name='workplace_code_once_an_agency')],
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('post_title', models.CharField(blank=True, max_length=200)),
                ('employment_type', models.CharField(choices=[('permanent', 'Permanent'), ('fixed_term', 'Fixed term'), ('bank', 'Bank or relief'), ('agency_worker', 'Agency worker'), ('honorary', 'Honorary'), ('secondment', 'Secondment'), ('volunteer', 'Volunteer'), ('elected', 'Elected')], default='permanent', max_length=20)),
                ('status', models.CharField(choices=[('active', 'Active'), ('bank', 'Bank or relief'), ('maternity', 'Maternity or parental leave'), ('career_break', 'Career break'), ('suspended', 'Suspended'), ('long_leave', 'Other long leave')], default='active', max_length=20)),
                ('fte', models.DecimalField(blank=True, decimal_places=3, max_digits=4, null=True)),
                ('source', models.CharField(blank=True, help_text="What put it there: 'roster:<uid>'", max_length=80)),
                ('locality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='people.locality')),
                ('manager', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='managed_terms', to='people.post')),
                ('post', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='people.post')),
                ('role_group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='people.rolegroup')),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='people.team')),
                ('workplace', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='people.workplace')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['post', 'starts_on'], name='term_by_post_and_start')],
                'constraints': [models.CheckConstraint(condition=models.Q(('replaced_at__isnull', True), ('replaced_at__gte', models.F('recorded_at')), _connector='OR'), name='people_term_replaced_after_recorded'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='term_ends_after_start'), models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('post', 'starts_on'), name='one_term_of_a_post_from_a_day')],
            },
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.CheckConstraint(condition=models.Q(('successor__isnull', True), models.Q(('successor', models.F('id')), _negated=True), _connector='OR'), name='agency_is_not_its_own_successor'),
        ),
        migrations.RunPython(close, open_again),
    ]
