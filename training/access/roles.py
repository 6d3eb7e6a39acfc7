"""The roles, as code that their owners can read. Granted by dated rows (training.people.RoleGrant)."""

from dataclasses import dataclass
from enum import StrEnum

from .permissions import Permission as P


class ScopeKind(StrEnum):
    """What a role is granted over."""

    SELF = "self"
    TEAM = "team"
    AGENCY = "agency"
    PARTNERSHIP = "partnership"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class Role:
    """A bundle of permissions with a name, a sentence and a kind of scope.

    `months` is the longest it is granted for at a time, where it must have an end.
    """

    code: str
    title: str
    sentence: str
    scope: ScopeKind
    permissions: frozenset[P]
    months: int | None = None


def _role(code: str, title: str, scope: ScopeKind, sentence: str, *permissions: P, months: int | None = None) -> Role:
    return Role(code, title, sentence, scope, frozenset(permissions), months)


LEARNER = _role(
    "learner",
    "Learner",
    ScopeKind.SELF,
    "Takes courses and carries their own record. Everyone tied to a roster person at work has it, without a grant.",
    P.LEARN,
    P.SEE_CHAMPIONS,
)
PAST_LEARNER = _role(
    "past_learner",
    "Learner",
    ScopeKind.SELF,
    "Carries their own record after their posts have ended. Takes the place of the learner's role, without a grant.",
    P.LEARN,
)
LINE_MANAGER = _role(
    "line_manager",
    "Line manager",
    ScopeKind.TEAM,
    "Sees names, standing and dates of the posts that answer to theirs on the roster; never answers or notes.",
    P.SEE_TEAM,
)
AGENCY_HR = _role(
    "agency_hr",
    "Agency HR",
    ScopeKind.AGENCY,
    "Loads the agency's roster, keeps its own rules and sees who is in date, with names, inside that agency alone.",
    P.SEE_STAFF,
    P.MANAGE_ROSTER,
    P.RECORD_COMPLETIONS,
    P.KEEP_RULES,
    P.DECLARE,
    P.PLEDGE,
)
AGENCY_LEAD = _role(
    "agency_lead",
    "Agency lead",
    ScopeKind.AGENCY,
    "Answers for what the agency declares to its partnership, as counts; sees no one's learning.",
    P.DECLARE,
    P.SIGN_OFF,
    P.PLEDGE,
)
CHAMPION_COORDINATOR = _role(
    "champion_coordinator",
    "Champion coordinator",
    ScopeKind.PARTNERSHIP,
    "Looks after the Champions Network of a partnership: champions of every agency, no other staff.",
    P.SEE_CHAMPIONS,
    P.COORDINATE_CHAMPIONS,
)
PARTNERSHIP_COORDINATOR = _role(
    "partnership_coordinator",
    "Partnership coordinator",
    ScopeKind.PARTNERSHIP,
    "Keeps the pathway, the strategy and the public pages, and sees counts for all agencies with small numbers hidden.",
    P.SEE_COVERAGE,
    P.MANAGE_PATHWAY,
    P.APPROVE_ROSTERS,
    P.EDIT_SITE,
)
SITE_EDITOR = _role(
    "site_editor",
    "Public site editor",
    ScopeKind.PARTNERSHIP,
    "Writes the public pages of a partnership, and sees no figures but those that are published.",
    P.EDIT_SITE,
)
BOARD_MEMBER = _role(
    "board_member",
    "Board member",
    ScopeKind.PARTNERSHIP,
    "Sees how far the strategy's outcomes are met, as counts with small numbers hidden.",
    P.SEE_COVERAGE,
)
AUDITOR = _role(
    "auditor",
    "Auditor",
    ScopeKind.PARTNERSHIP,
    "Tests that a partnership's figures are true: reads counts, rules, imports and changes, and traces a sample, "
    "without names. For twelve months at most, and every page that is read is on record.",
    P.SEE_COVERAGE,
    P.INSPECT,
    months=12,
)
CONTENT_AUTHOR = _role(
    "content_author",
    "Content author",
    ScopeKind.SITE,
    "Writes courses and pages in the content editor; cannot publish them.",
    P.AUTHOR_CONTENT,
)
CONTENT_REVIEWER = _role(
    "content_reviewer",
    "Content reviewer",
    ScopeKind.SITE,
    "Reviews what authors write, and publishes it.",
    P.AUTHOR_CONTENT,
    P.REVIEW_CONTENT,
)
SYSTEM_ADMINISTRATOR = _role(
    "system_administrator",
    "System administrator",
    ScopeKind.SITE,
    "Keeps the system running and grants roles; sees no one's learning.",
    P.ADMINISTER,
    P.AUTHOR_CONTENT,
    P.APPROVE_ROSTERS,
)

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        PAST_LEARNER,
        LEARNER,
        LINE_MANAGER,
        AGENCY_HR,
        AGENCY_LEAD,
        CHAMPION_COORDINATOR,
        PARTNERSHIP_COORDINATOR,
        SITE_EDITOR,
        BOARD_MEMBER,
        AUDITOR,
        CONTENT_AUTHOR,
        CONTENT_REVIEWER,
        SYSTEM_ADMINISTRATOR,
    )
}
