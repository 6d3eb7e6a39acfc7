"""All tables of this room, and what the database itself watches over."""

import django.db.models.deletion
import django.db.models.functions.comparison
import uuid
from django.db import migrations, models

# The stamp is a word that is another one after every writing of a rule, so that a process knows when to read the rules
# again. The triggers fire before the writing and hold the stamp's row: whoever writes rules does so one after another,
# and waits for the stamp before anything else of a rule is locked.
TABLES = (
    "people_membership",
    "pathways_equivalence",
    "pathways_module",
    "pathways_pathway",
    "pathways_requirement",
    "pathways_requirementversion",
    "pathways_satisfies",
)
PUT = (
    "INSERT INTO pathways_rulestamp (id, stamp) VALUES (1, {word}) "
    "ON CONFLICT (id) DO UPDATE SET stamp = excluded.stamp"
)
POSTGRESQL = PUT.format(word="gen_random_uuid()::text")
SQLITE = PUT.format(word="lower(hex(randomblob(16)))")
FUNCTION = f"""
CREATE FUNCTION pathways_move_stamp() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN {POSTGRESQL}; RETURN NULL; END $$
"""
VERBS = ("insert", "update", "delete")


def watch(apps, schema_editor):
    """Put the triggers on, and the first stamp down."""
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
            for table in TABLES:
                cursor.execute(
                    f"CREATE TRIGGER {table}_moves_stamp BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
                    "FOR EACH STATEMENT EXECUTE FUNCTION pathways_move_stamp()"
                )
            cursor.execute(POSTGRESQL)
            return
        for table in TABLES:
            for verb in VERBS:
                cursor.execute(f"CREATE TRIGGER {table}_moves_stamp_{verb} BEFORE {verb} ON {table} BEGIN {SQLITE}; END")
        cursor.execute(SQLITE)


def look_away(apps, schema_editor):
    """Take them off."""
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION IF EXISTS pathways_move_stamp() CASCADE")
            return
        for table in TABLES:
            for verb in VERBS:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_moves_stamp_{verb}")


class Migration(migrations.Migration):

    replaces = [('pathways', '0001_tables'), ('pathways', '0002_module_has_a_validity_of_its_own'), ('pathways', '0003_rules_by_agency_kind_and_windows_in_months'), ('pathways', '0004_one_requirement_whatever_is_blank'), ('pathways', '0005_rolling_hours'), ('pathways', '0006_triggers'), ('pathways', '0007_requests_for_more_time'), ('pathways', '0008_rule_proposals'), ('pathways', '0009_one_exemption_from_a_day'), ('pathways', '0010_rules_have_a_stamp'), ('pathways', '0011_community_is_a_kind'), ('pathways', '0012_versions_say_when_they_were_recorded')]

    initial = True

    dependencies = [
        ('people', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='RuleStamp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stamp', models.CharField(max_length=36)),
            ],
        ),
        migrations.CreateModel(
            name='Pathway',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40)),
                ('title', models.CharField(max_length=160)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pathways', to='people.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership', 'code'), name='pathway_code_once_a_partnership')],
            },
        ),
        migrations.CreateModel(
            name='Module',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=200)),
                ('neutral_title', models.CharField(help_text='For calendars, mails and browser titles', max_length=80)),
                ('summary', models.TextField(blank=True)),
                ('minutes', models.PositiveIntegerField(default=0)),
                ('validity_months', models.PositiveSmallIntegerField(blank=True, help_text='How long it is good for where no requirement says otherwise; empty: for good', null=True)),
                ('modes', models.JSONField(default=list)),
                ('nice_level', models.PositiveSmallIntegerField(default=0)),
                ('standards', models.CharField(blank=True, max_length=200)),
                ('topics', models.JSONField(default=list)),
                ('families', models.JSONField(default=list)),
                ('outcomes', models.JSONField(default=list)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('prerequisites', models.ManyToManyField(blank=True, related_name='opens', to='pathways.module')),
                ('refreshes', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='refreshers', to='pathways.module')),
                ('pathway', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='modules', to='pathways.pathway')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='PathwayVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('live', 'Live'), ('superseded', 'Superseded')], default='draft', max_length=20)),
                ('live_from', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(blank=True, help_text='When it went live; empty: long ago', null=True)),
                ('summary', models.TextField(blank=True)),
                ('modules', models.ManyToManyField(related_name='versions', to='pathways.module')),
                ('pathway', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='pathways.pathway')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('pathway', 'number'), name='version_number_once_a_pathway'), models.UniqueConstraint(condition=models.Q(('status', 'live')), fields=('pathway',), name='one_live_version_of_a_pathway')],
            },
        ),
        migrations.CreateModel(
            name='Requirement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('agency_kind', models.CharField(blank=True, choices=[('council_upper', 'County council'), ('council_unitary', 'Unitary council'), ('council_district', 'District or borough council'), ('police', 'Police force'), ('pcc', 'Police and crime commissioner'), ('nhs_acute', 'Hospital trust'), ('nhs_community_mh', 'Community or mental health trust'), ('nhs_icb', 'Integrated care board'), ('gp_practice', 'GP practice'), ('gp_federation', 'GP federation'), ('ambulance', 'Ambulance service'), ('fire', 'Fire and rescue service'), ('probation', 'Probation service'), ('youth_justice', 'Youth justice service'), ('prison', 'Prison'), ('court_cps', 'Court or prosecution service'), ('education_school', 'School or academy trust'), ('education_fe_he', 'College or university'), ('early_years', 'Early years setting'), ('housing_provider', 'Housing provider'), ('da_specialist', 'Domestic abuse specialist service'), ('sv_specialist', 'Sexual violence specialist service'), ('perpetrator_service', 'Service for people who harm'), ('substance_misuse', 'Drug and alcohol service'), ('vcs_other', 'Charity or community organisation'), ('by_and_for', 'By-and-for organisation'), ('dwp', 'Jobcentre or benefits service'), ('employer_private', 'Private employer'), ('employer_public', 'Other public employer'), ('faith_community', 'Faith community'), ('elected_body', 'Elected body'), ('community', 'Community champions')], max_length=30)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requirements', to='people.agency')),
                ('designation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requirements', to='people.designation')),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requirements', to='pathways.module')),
                ('role_group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requirements', to='people.rolegroup')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('agency__isnull', True), ('agency_kind', ''), _connector='OR'), name='requirement_of_an_agency_or_of_a_kind'), models.CheckConstraint(condition=models.Q(models.Q(('designation__isnull', False), ('role_group__isnull', True)), models.Q(('designation__isnull', True), ('role_group__isnull', False)), _connector='OR'), name='requirement_has_a_role_group_or_a_designation'), models.UniqueConstraint(models.F('module'), models.F('agency_kind'), django.db.models.functions.comparison.Coalesce('role_group_id', 0, output_field=models.BigIntegerField()), django.db.models.functions.comparison.Coalesce('designation_id', 0, output_field=models.BigIntegerField()), django.db.models.functions.comparison.Coalesce('agency_id', 0, output_field=models.BigIntegerField()), name='one_requirement_of_a_module_for_a_group')],
            },
        ),
        migrations.CreateModel(
            name='RequirementVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('kind', models.CharField(default='expiring', max_length=20)),
                ('basis', models.CharField(default='from_completion', max_length=20)),
                ('validity_months', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('window_days', models.PositiveSmallIntegerField(default=0)),
                ('window_months', models.PositiveSmallIntegerField(default=0)),
                ('fixed_month', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('fixed_day', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('minimum_life_months', models.PositiveSmallIntegerField(default=0)),
                ('grace_days', models.PositiveSmallIntegerField(default=0)),
                ('induction_days', models.PositiveSmallIntegerField(default=0)),
                ('attendance_count', models.PositiveSmallIntegerField(default=0)),
                ('attendance_months', models.PositiveSmallIntegerField(default=0)),
                ('rolling_hours', models.PositiveSmallIntegerField(default=0, help_text='Hours of training needed')),
                ('rolling_months', models.PositiveSmallIntegerField(default=0, help_text='The months in which they must fall')),
                ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='pathways.requirement')),
            ],
            options={
                'ordering': ['starts_on'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('replaced_at__isnull', True), ('replaced_at__gte', models.F('recorded_at')), _connector='OR'), name='pathways_requirementversion_replaced_after_recorded'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='requirement_version_ends_after_start'), models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('requirement', 'starts_on'), name='one_version_of_a_requirement_from_a_day')],
            },
        ),
        migrations.CreateModel(
            name='RuleProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('from_on', models.DateField()),
                ('said', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('waiting', 'Waiting for a decision'), ('agreed', 'Agreed'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='waiting', max_length=12)),
                ('proposed_at', models.DateTimeField()),
                ('proposed_by', models.CharField(max_length=80)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.CharField(blank=True, max_length=80)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rule_proposals', to='people.agency')),
                ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='pathways.requirement')),
            ],
            options={
                'ordering': ['proposed_at', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('requirement', 'agency'), name='one_proposal_waits_for_a_rule')],
            },
        ),
        migrations.CreateModel(
            name='Satisfies',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('months', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('borrower', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='borrows', to='pathways.module')),
                ('lender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lends', to='pathways.module')),
            ],
            options={
                'verbose_name_plural': 'satisfies',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('replaced_at__isnull', True), ('replaced_at__gte', models.F('recorded_at')), _connector='OR'), name='pathways_satisfies_replaced_after_recorded'), models.CheckConstraint(condition=models.Q(('lender', models.F('borrower')), _negated=True), name='module_does_not_satisfy_itself')],
            },
        ),
        migrations.CreateModel(
            name='SignUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('state', models.CharField(choices=[('pending', 'Pending'), ('confirmed', 'Confirmed')], default='pending', max_length=20)),
                ('signed_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('signatory_post', models.CharField(help_text="The signatory's post, not the name", max_length=160)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_ups', to='people.agency')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_ups', to='pathways.pathwayversion')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('replaced_at__isnull', True), ('replaced_at__gte', models.F('recorded_at')), _connector='OR'), name='pathways_signup_replaced_after_recorded'), models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('version', 'agency'), name='one_sign_up_of_an_agency')],
            },
        ),
        migrations.CreateModel(
            name='Tier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=4)),
                ('title', models.CharField(max_length=80)),
                ('sentence', models.CharField(blank=True, max_length=300)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('pathway', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tiers', to='pathways.pathway')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('pathway', 'code'), name='tier_code_once_a_pathway')],
            },
        ),
        migrations.AddField(
            model_name='module',
            name='tier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='modules', to='pathways.tier'),
        ),
        migrations.CreateModel(
            name='Trigger',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('uid', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('event', models.CharField(choices=[('briefing', 'A new lesson briefing was published'), ('panel', 'Placed on a review panel'), ('guidance', 'The law or local guidance changed'), ('asked', 'Asked for by the partnership')], default='briefing', max_length=20)),
                ('happened_on', models.DateField()),
                ('days_to_complete', models.PositiveSmallIntegerField(default=30)),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='triggers', to='people.post')),
                ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='triggers', to='pathways.requirement')),
            ],
            options={
                'ordering': ['happened_on', 'id'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('replaced_at__isnull', True), ('replaced_at__gte', models.F('recorded_at')), _connector='OR'), name='pathways_trigger_replaced_after_recorded'), models.UniqueConstraint(models.F('requirement'), models.F('happened_on'), django.db.models.functions.comparison.Coalesce('post_id', 0, output_field=models.BigIntegerField()), condition=models.Q(('replaced_at__isnull', True)), name='one_trigger_of_a_requirement_a_day')],
            },
        ),
        migrations.CreateModel(
            name='ExtensionRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('wished_on', models.DateField()),
                ('reason_code', models.CharField(blank=True, choices=[('not_said', 'I would rather not say'), ('no_time', 'No time was released for it'), ('no_place', 'No place or session to be had'), ('another_way', 'I need another day or another way to do it')], max_length=20)),
                ('state', models.CharField(choices=[('waiting', 'Waiting for a decision'), ('agreed', 'Agreed'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='waiting', max_length=12)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.CharField(max_length=80)),
                ('is_asked_by_manager', models.BooleanField(default=False)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.CharField(blank=True, max_length=80)),
                ('due_on', models.DateField(blank=True, help_text='The day that was agreed', null=True)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extension_requests', to='people.post')),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extension_requests', to='pathways.module')),
            ],
            options={
                'ordering': ['asked_at', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('post', 'module'), name='one_request_waits_for_a_post_and_module'), models.CheckConstraint(condition=models.Q(('state', 'waiting'), ('reason_code', ''), _connector='OR'), name='a_decided_request_keeps_no_reason'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='a_request_is_decided_at_a_moment')],
            },
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('due_on', models.DateField()),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='people.post')),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='pathways.module')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('replaced_at__isnull', True), ('replaced_at__gte', models.F('recorded_at')), _connector='OR'), name='pathways_extension_replaced_after_recorded')],
            },
        ),
        migrations.CreateModel(
            name='Exemption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('reason_code', models.CharField(choices=[('not_in_role', 'Duties do not include this'), ('held_elsewhere', 'Covered by professional training elsewhere'), ('agreed', 'Agreed with the agency')], max_length=20)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exemptions', to='people.post')),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exemptions', to='pathways.module')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('replaced_at__isnull', True), ('replaced_at__gte', models.F('recorded_at')), _connector='OR'), name='pathways_exemption_replaced_after_recorded'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='exemption_ends_after_start'), models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('post', 'module', 'starts_on'), name='one_exemption_of_a_post_from_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Equivalence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('external_title', models.CharField(max_length=200)),
                ('provider', models.CharField(blank=True, max_length=160)),
                ('accepted_by', models.CharField(max_length=160)),
                ('evidence', models.TextField(blank=True)),
                ('maximum_age_months', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='equivalences', to='pathways.module')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('replaced_at__isnull', True), ('replaced_at__gte', models.F('recorded_at')), _connector='OR'), name='pathways_equivalence_replaced_after_recorded')],
            },
        ),
        migrations.AddConstraint(
            model_name='module',
            constraint=models.UniqueConstraint(fields=('pathway', 'code'), name='module_code_once_a_pathway'),
        ),
        migrations.RunPython(watch, look_away),
    ]
