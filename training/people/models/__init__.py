"""The tables of this room, by subject."""

from .agencies import Agency, AgencyAlias, Locality, Membership, Partnership, Team, Workplace
from .claims import RecordClaim
from .corrections import Correction
from .identity import DuplicateSearch, LikelyDuplicate, Sameness, Sharing
from .login import RoleGrant, User
from .posts import Designation, Duty, Employment, Person, Post, RoleGroup, StalePost, Term
from .roster import ColumnMeaning, JobTitleMapping, RosterImport, RosterRow, RosterSheet
from .tokens import AgencyToken, AnsweredRequest
from .work import Work, WorkedOn

__all__ = [
    "Agency",
    "AgencyAlias",
    "AgencyToken",
    "AnsweredRequest",
    "ColumnMeaning",
    "Correction",
    "Designation",
    "DuplicateSearch",
    "Duty",
    "Employment",
    "JobTitleMapping",
    "LikelyDuplicate",
    "Locality",
    "Membership",
    "Partnership",
    "Person",
    "Post",
    "RecordClaim",
    "RoleGrant",
    "RoleGroup",
    "RosterImport",
    "RosterRow",
    "RosterSheet",
    "Sameness",
    "Sharing",
    "StalePost",
    "Team",
    "Term",
    "User",
    "Work",
    "WorkedOn",
    "Workplace",
]
