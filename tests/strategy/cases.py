"""Partnerships with staff, for tests of figures."""

import uuid
from datetime import UTC, date, datetime

from tests.factories import (
    EmploymentFactory,
    ModuleFactory,
    RequirementFactory,
    RequirementVersionFactory,
    RoleGroupFactory,
    TermFactory,
)
from training.access.actor import Actor
from training.ledger import services as ledger
from training.people.models import Agency, Employment, Person, RosterImport

BY = Actor.system("test")
DONE_ON = date(2026, 3, 2)


def reported(agency: Agency, at: datetime = datetime(2026, 10, 1, 9, tzinfo=UTC), **more) -> RosterImport:
    """A roster of the agency, applied."""
    return RosterImport.objects.create(
        agency=agency,
        sha256="0" * 64,
        as_at=at.date(),
        staged_at=at,
        staged_by="system:test",
        **{"state": "applied", "applied_at": at, "applied_by": "system:test"} | more,
    )


def asked(code: str = "DA-A1", role_group: str = "OFFICE", family: str = "workplace", **more):
    """A module of Severnshire's pathway that a role group is asked for."""
    group = RoleGroupFactory(code=role_group, family=family)
    module = ModuleFactory(code=code, **more)
    requirement = RequirementFactory(module=module, role_group=group)
    RequirementVersionFactory(requirement=requirement)
    return module


def staff(agency: Agency, size: int, *, role_group: str = "OFFICE", **term) -> list[Person]:
    """So many people with one post each."""
    group = RoleGroupFactory(code=role_group)
    return [
        TermFactory(post__employment=EmploymentFactory(agency=agency), role_group=group, **term).post.employment.person
        for _ in range(size)
    ]


def done(people: list[Person], module, on: date = DONE_ON, at: datetime | None = None) -> None:
    """Completions of a module by these people."""
    news = [
        ledger.NewCompletion(
            person=person, module=module, completed_on=on, method="online", idempotency_key=str(uuid.uuid4())
        )
        for person in people
    ]
    ledger.record_completions(news, by=BY, at=at or datetime(on.year, on.month, on.day, 12, tzinfo=UTC))


def employee_ref(person: Person) -> str:
    """The reference of a person with one employment."""
    return Employment.objects.everywhere(reason="test").get(person=person).employee_ref
