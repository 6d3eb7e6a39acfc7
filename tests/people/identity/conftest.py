"""People with more than one record."""

from datetime import UTC, datetime

import pytest

from tests.factories import (
    PersonFactory,
    RequirementFactory,
    RequirementVersionFactory,
    RoleGroupFactory,
    TermFactory,
)
from training.access.actor import Actor
from training.people.models import Agency, Person

BY = Actor.system("test")
AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def record(agency: Agency, first_name="Nia", last_name="Reyes", role_group="MIDWIFE", **said) -> Person:
    """A record on an agency's roster, with one post since 1 June 2024; `said` is about the term."""
    person = PersonFactory(first_name=first_name, last_name=last_name)
    TermFactory(
        post__employment__person=person,
        post__employment__agency=agency,
        role_group=RoleGroupFactory(code=role_group),
        **said,
    )
    return person


@pytest.fixture
def rule(world):
    """Midwives are asked for DA-A1."""
    group = RoleGroupFactory(code="MIDWIFE")
    return RequirementVersionFactory(requirement=RequirementFactory(role_group=group)).requirement


@pytest.fixture
def pair(world) -> tuple[Person, Person]:
    """Two records of one midwife at the hospital, neither of which signs in."""
    return record(world.agency), record(world.agency, first_name="NIA")
