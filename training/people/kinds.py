"""Kinds of agency, place and status: the codes of the strategy packs, with plain titles."""

from django.db.models import TextChoices


class AgencyKind(TextChoices):
    """What sort of organisation an agency is."""

    COUNCIL_UPPER = "council_upper", "County council"
    COUNCIL_UNITARY = "council_unitary", "Unitary council"
    COUNCIL_DISTRICT = "council_district", "District or borough council"
    POLICE = "police", "Police force"
    PCC = "pcc", "Police and crime commissioner"
    NHS_ACUTE = "nhs_acute", "Hospital trust"
    NHS_COMMUNITY_MH = "nhs_community_mh", "Community or mental health trust"
    NHS_ICB = "nhs_icb", "Integrated care board"
    GP_PRACTICE = "gp_practice", "GP practice"
    GP_FEDERATION = "gp_federation", "GP federation"
    AMBULANCE = "ambulance", "Ambulance service"
    FIRE = "fire", "Fire and rescue service"
    PROBATION = "probation", "Probation service"
    YOUTH_JUSTICE = "youth_justice", "Youth justice service"
    PRISON = "prison", "Prison"
    COURT_CPS = "court_cps", "Court or prosecution service"
    EDUCATION_SCHOOL = "education_school", "School or academy trust"
    EDUCATION_FE_HE = "education_fe_he", "College or university"
    EARLY_YEARS = "early_years", "Early years setting"
    HOUSING_PROVIDER = "housing_provider", "Housing provider"
    DA_SPECIALIST = "da_specialist", "Domestic abuse specialist service"
    SV_SPECIALIST = "sv_specialist", "Sexual violence specialist service"
    PERPETRATOR_SERVICE = "perpetrator_service", "Service for people who harm"
    SUBSTANCE_MISUSE = "substance_misuse", "Drug and alcohol service"
    VCS_OTHER = "vcs_other", "Charity or community organisation"
    BY_AND_FOR = "by_and_for", "By-and-for organisation"
    DWP = "dwp", "Jobcentre or benefits service"
    EMPLOYER_PRIVATE = "employer_private", "Private employer"
    EMPLOYER_PUBLIC = "employer_public", "Other public employer"
    FAITH_COMMUNITY = "faith_community", "Faith community"
    ELECTED_BODY = "elected_body", "Elected body"
    COMMUNITY = "community", "Community champions"


class LocalityKind(TextChoices):
    """What sort of area a locality is."""

    DISTRICT = "district", "District"
    UNITARY = "unitary", "Unitary area"
    COUNTY = "county", "County"
    LOCAL = "local", "Local grouping"


class PostStatus(TextChoices):
    """Whether somebody is at work in a post. All but 'active' and 'bank' pause the clock."""

    ACTIVE = "active", "Active"
    BANK = "bank", "Bank or relief"
    MATERNITY = "maternity", "Maternity or parental leave"
    CAREER_BREAK = "career_break", "Career break"
    SUSPENDED = "suspended", "Suspended"
    LONG_LEAVE = "long_leave", "Other long leave"

    @classmethod
    def on_leave(cls) -> frozenset[str]:
        """The statuses during which nobody is asked to train."""
        return frozenset({cls.MATERNITY, cls.CAREER_BREAK, cls.SUSPENDED, cls.LONG_LEAVE})


class EmploymentType(TextChoices):
    """How somebody is engaged."""

    PERMANENT = "permanent", "Permanent"
    FIXED_TERM = "fixed_term", "Fixed term"
    BANK = "bank", "Bank or relief"
    AGENCY_WORKER = "agency_worker", "Agency worker"
    HONORARY = "honorary", "Honorary"
    SECONDMENT = "secondment", "Secondment"
    VOLUNTEER = "volunteer", "Volunteer"
    ELECTED = "elected", "Elected"
