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
    "secondment": PostStatus.ACTIVE,
    "seconded": PostStatus.ACTIVE,
    "current": PostStatus.ACTIVE,
    "in post": PostStatus.ACTIVE,
    "at work": PostStatus.ACTIVE,
    "casual": PostStatus.BANK,
    "bank only": PostStatus.BANK,
    "paternity leave": PostStatus.MATERNITY,
    "out on external secondment paid": PostStatus.LONG_LEAVE,
    "out on external secondment unpaid": PostStatus.LONG_LEAVE,
    "external secondment": PostStatus.LONG_LEAVE,
    "sabbatical": PostStatus.LONG_LEAVE,
    "unpaid leave": PostStatus.LONG_LEAVE,
    "long term sick": PostStatus.LONG_LEAVE,
    "long term sickness": PostStatus.LONG_LEAVE,
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
YES = frozenset({"yes", "y", "true", "1", "x", "volunteer"})
NO = frozenset({"", "no", "n", "false", "0", "paid", "staff"})
EMPLOYMENT_TYPES = {
    "fixed term temp": EmploymentType.FIXED_TERM,
    "temporary": EmploymentType.FIXED_TERM,
    "fixed": EmploymentType.FIXED_TERM,
    "relief": EmploymentType.BANK,
    "casual": EmploymentType.BANK,
    "locum": EmploymentType.BANK,
    "agency": EmploymentType.AGENCY_WORKER,
    "seconded": EmploymentType.SECONDMENT,
    "secondee": EmploymentType.SECONDMENT,
    "seconded in": EmploymentType.SECONDMENT,
    "secondment in": EmploymentType.SECONDMENT,
    "special": EmploymentType.VOLUNTEER,
    "special constable": EmploymentType.VOLUNTEER,
    "specials": EmploymentType.VOLUNTEER,
    "trustee": EmploymentType.VOLUNTEER,
    "police volunteer": EmploymentType.VOLUNTEER,
    "officer": EmploymentType.PERMANENT,
    "police officer": EmploymentType.PERMANENT,
    "police staff": EmploymentType.PERMANENT,
    "staff": EmploymentType.PERMANENT,
    "pcso": EmploymentType.PERMANENT,
    "employee": EmploymentType.PERMANENT,
    "employed": EmploymentType.PERMANENT,
    "perm": EmploymentType.PERMANENT,
    "substantive": EmploymentType.PERMANENT,
    "full time": EmploymentType.PERMANENT,
    "part time": EmploymentType.PERMANENT,
    "term time": EmploymentType.PERMANENT,
    "term time only": EmploymentType.PERMANENT,
    "open ended": EmploymentType.PERMANENT,
    "partner": EmploymentType.PERMANENT,
    "salaried": EmploymentType.PERMANENT,
    "temp": EmploymentType.FIXED_TERM,
    "fixed term contract": EmploymentType.FIXED_TERM,
    "ftc": EmploymentType.FIXED_TERM,
    "apprentice": EmploymentType.FIXED_TERM,
    "trainee": EmploymentType.FIXED_TERM,
    "zero hours": EmploymentType.BANK,
    "sessional": EmploymentType.BANK,
    "supply": EmploymentType.BANK,
    "agency staff": EmploymentType.AGENCY_WORKER,
    "contractor": EmploymentType.AGENCY_WORKER,
    "honorary contract": EmploymentType.HONORARY,
    "councillor": EmploymentType.ELECTED,
}


def _with_own_words(choices: type[PostStatus] | type[EmploymentType], others: Mapping[str, str]) -> dict[str, str]:
    own = {plain(word): choice.value for choice in choices for word in (choice.value, str(choice.label))}
    return own | {word: str(choice) for word, choice in others.items()}


STATUS_OF = _with_own_words(PostStatus, STATUSES)
EMPLOYMENT_TYPE_OF = _with_own_words(EmploymentType, EMPLOYMENT_TYPES)
