"""What the one who asks may do, worked out once a request and carried as a frozen row."""

from dataclasses import dataclass, field

from .actor import Actor
from .permissions import Permission
from .roles import ROLES, Role


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held today, over an agency, over a partnership, or over neither."""

    role: Role
    agency_id: int | None = None
    partnership_id: int | None = None
    scope_code: str = ""
    scope_title: str = ""


@dataclass(frozen=True, slots=True)
class Access:
    """Who asks (login and roster person) and the grants they hold today. `nobody()` is a public visitor."""

    user_id: int | None = None
    user_uid: str = ""
    person_id: int | None = None
    person_name: str = ""
    other_records: tuple[int, ...] = ()
    agency_title: str = ""
    grants: tuple[Grant, ...] = field(default_factory=tuple)

    @classmethod
    def nobody(cls) -> "Access":
        """A visitor who has not signed in."""
        return cls()

    @property
    def is_signed_in(self) -> bool:
        """Whether there is a login behind the request."""
        return self.user_id is not None

    @property
    def own_record(self) -> tuple[int, ...]:
        """The id of one's own record, if there is one: for posts, evidence and whatever else one gave under it."""
        return () if self.person_id is None else (self.person_id,)

    @property
    def records(self) -> tuple[int, ...]:
        """Ids of one's own record and of the earlier ones whose training counts for it: for training alone."""
        return (*self.own_record, *self.other_records)

    @property
    def role_title(self) -> str:
        """The role held that comes last in `ROLES`, for the header."""
        held = {grant.role.code for grant in self.grants}
        return next((role.title for role in reversed(ROLES.values()) if role.code in held), "")

    @property
    def actor(self) -> Actor:
        """Who to name in the audit for what this one does."""
        return Actor("user", self.user_uid) if self.is_signed_in else Actor("public", "")

    def may(self, permission: Permission, *, agency_id: int | None = None, partnership_id: int | None = None) -> bool:
        """Whether any grant gives the permission; with an agency or partnership, over that one."""
        return any(
            permission in grant.role.permissions
            and (agency_id is None or grant.agency_id == agency_id)
            and (partnership_id is None or grant.partnership_id == partnership_id)
            for grant in self.grants
        )

    def agencies(self, permission: Permission) -> frozenset[int]:
        """Ids of the agencies over which the permission is held."""
        return frozenset(
            grant.agency_id
            for grant in self.grants
            if permission in grant.role.permissions and grant.agency_id is not None
        )

    def partnerships(self, permission: Permission) -> frozenset[int]:
        """Ids of the partnerships over which the permission is held."""
        return frozenset(
            grant.partnership_id
            for grant in self.grants
            if permission in grant.role.permissions and grant.partnership_id is not None
        )
