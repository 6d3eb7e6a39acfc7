"""The tables of this room, by subject."""

from .agencies import Agency, AgencyAlias, Locality, Membership, Partnership, Team, Workplace
from .login import RoleGrant, User
from .posts import Designation, Duty, Employment, Person, Post, RoleGroup, Term

__all__ = [
    "Agency",
    "AgencyAlias",
    "Designation",
    "Duty",
    "Employment",
    "Locality",
    "Membership",
    "Partnership",
    "Person",
    "Post",
    "RoleGrant",
    "RoleGroup",
    "Team",
    "Term",
    "User",
    "Workplace",
]
