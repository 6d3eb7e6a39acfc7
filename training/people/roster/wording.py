"""What files call a status and a way of being employed, beside our own words."""

from collections.abc import Mapping

from training.people.kinds import EmploymentType, PostStatus

from .headers import plain

STATUSES = {
    "active assignment": PostStatus.ACTIVE,
    "employed": PostStatus.ACTIVE,
    "working": PostStatus.ACTIVE,
    "acting up": PostStatus.ACTIVE,
    "internal secondment": PostStatus.ACTIVE,
    "relief": PostStatus.BANK,
    "bank assignment": PostStatus.BANK,
    "maternity leave": PostStatus.MATERNITY,
    "maternity adoption": PostStatus.MATERNITY,
    "maternity and adoption": PostStatus.MATERNITY,
    "adoption": PostStatus.MATERNITY,
    "adoption leave": PostStatus.MATERNITY,
    "parental leave": PostStatus.MATERNITY,
    "shared parental leave": PostStatus.MATERNITY,
    "on career break": PostStatus.CAREER_BREAK,
    "suspend": PostStatus.SUSPENDED,
    "suspend with pay": PostStatus.SUSPENDED,
    "suspend no pay": PostStatus.SUSPENDED,
    "suspended with pay": PostStatus.SUSPENDED,
    "suspended no pay": PostStatus.SUSPENDED,
    "leave": PostStatus.LONG_LEAVE,
    "on leave": PostStatus.LONG_LEAVE,
    "long term leave": PostStatus.LONG_LEAVE,
    "inactive not worked": PostStatus.LONG_LEAVE,
}
EMPLOYMENT_TYPES = {
    "fixed term temp": EmploymentType.FIXED_TERM,
    "temporary": EmploymentType.FIXED_TERM,
    "fixed": EmploymentType.FIXED_TERM,
    "relief": EmploymentType.BANK,
    "casual": EmploymentType.BANK,
    "locum": EmploymentType.BANK,
    "agency": EmploymentType.AGENCY_WORKER,
    "seconded": EmploymentType.SECONDMENT,
    "special": EmploymentType.VOLUNTEER,
    "councillor": EmploymentType.ELECTED,
}


def _with_own_words(choices: type[PostStatus] | type[EmploymentType], others: Mapping[str, str]) -> dict[str, str]:
    own = {plain(word): choice.value for choice in choices for word in (choice.value, str(choice.label))}
    return own | {word: str(choice) for word, choice in others.items()}


STATUS_OF = _with_own_words(PostStatus, STATUSES)
EMPLOYMENT_TYPE_OF = _with_own_words(EmploymentType, EMPLOYMENT_TYPES)
