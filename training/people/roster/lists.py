"""The lists that a roster's words are looked up in: role groups, designations, localities, job titles, codes."""

from dataclasses import dataclass

from training.people.kinds import AgencyKind
from training.people.models import Agency, Designation, JobTitleMapping, Locality, RoleGroup


@dataclass(frozen=True, slots=True)
class Lists:
    """Look-ups in small letters, each to the code that stands for the thing; and codes to ids."""

    agency_codes: frozenset[str]
    role_groups: dict[str, str]
    job_titles: dict[str, str]
    designations: dict[str, str]
    localities: dict[str, str]
    role_group_ids: dict[str, int]
    designation_ids: dict[str, int]
    locality_ids: dict[str, int]
    allows_no_names: bool = False


def lists_of(agency: Agency) -> Lists:
    """The lists as they stand for this agency."""
    role_groups = list(RoleGroup.objects.values_list("id", "code", "title"))
    designations = list(Designation.objects.values_list("id", "code", "title"))
    mapped = JobTitleMapping.objects.filter(agency=agency).values_list("post_title", "role_group__code")
    localities = list(
        Locality.objects.filter(partnership__memberships__agency=agency, partnership__memberships__replaced_at=None)
        .distinct()
        .order_by("-partnership__code", "-code")
        .values_list("id", "code", "ons_code", "title")
    )
    codes = {agency.code, agency.national_code, *agency.aliases.values_list("alias", flat=True)} - {""}
    return Lists(
        agency_codes=frozenset(code.casefold() for code in codes),
        role_groups=_by_word((title, code) for _id, code, title in role_groups)
        | _by_word((code, code) for _id, code, _title in role_groups),
        job_titles=_by_word((title, code) for _id, code, title in role_groups) | _by_word(mapped),
        designations=_by_word((title, code) for _id, code, title in designations)
        | _by_word((code, code) for _id, code, _title in designations),
        localities=_by_word((title, code) for _id, code, _ons, title in localities)
        | _by_word((ons, code) for _id, code, ons, _title in localities)
        | _by_word((code, code) for _id, code, _ons, _title in localities),
        role_group_ids={code: pk for pk, code, _title in role_groups},
        designation_ids={code: pk for pk, code, _title in designations},
        locality_ids={code: pk for pk, code, _ons, _title in localities},
        allows_no_names=agency.kind == AgencyKind.POLICE,
    )


def _by_word(pairs) -> dict[str, str]:
    return {word.casefold(): code for word, code in pairs if word}
