"""Community champions stand on a roster of an agency of this kind."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pathways', '0010_rules_have_a_stamp'),
    ]

    operations = [
        migrations.AlterField(
            model_name='requirement',
            name='agency_kind',
            field=models.CharField(blank=True, choices=[('council_upper', 'County council'), ('council_unitary', 'Unitary council'), ('council_district', 'District or borough council'), ('police', 'Police force'), ('pcc', 'Police and crime commissioner'), ('nhs_acute', 'Hospital trust'), ('nhs_community_mh', 'Community or mental health trust'), ('nhs_icb', 'Integrated care board'), ('gp_practice', 'GP practice'), ('gp_federation', 'GP federation'), ('ambulance', 'Ambulance service'), ('fire', 'Fire and rescue service'), ('probation', 'Probation service'), ('youth_justice', 'Youth justice service'), ('prison', 'Prison'), ('court_cps', 'Court or prosecution service'), ('education_school', 'School or academy trust'), ('education_fe_he', 'College or university'), ('early_years', 'Early years setting'), ('housing_provider', 'Housing provider'), ('da_specialist', 'Domestic abuse specialist service'), ('sv_specialist', 'Sexual violence specialist service'), ('perpetrator_service', 'Service for people who harm'), ('substance_misuse', 'Drug and alcohol service'), ('vcs_other', 'Charity or community organisation'), ('by_and_for', 'By-and-for organisation'), ('dwp', 'Jobcentre or benefits service'), ('employer_private', 'Private employer'), ('employer_public', 'Other public employer'), ('faith_community', 'Faith community'), ('elected_body', 'Elected body'), ('community', 'Community champions')], max_length=30),
        ),
    ]
