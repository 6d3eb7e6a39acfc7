"""A rule of the partnership, the coordinator who keeps it, and pages as somebody sees them."""

from datetime import date

import pytest

from tests.factories import (
    ModuleFactory,
    PersonFactory,
    RequirementVersionFactory,
    RoleGrantFactory,
    RoleGroupFactory,
    TermFactory,
)


@pytest.fixture
def rule(world):
    """Midwives do DA-A1 within 56 days; it is good for 36 months from completion; the window is 60 days."""
    return RequirementVersionFactory(requirement__role_group=RoleGroupFactory(code="MIDWIFE")).requirement


@pytest.fixture
def kim(world):
    """Coordinates the partnership."""
    return RoleGrantFactory(
        user__email="kim@severnshire.example", role_code="partnership_coordinator", partnership=world.partnership
    ).user


@pytest.fixture
def as_(client):
    """The pages as this login sees them."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def midwives(world):
    """So many more midwives at an agency."""

    def hire(agency, count, *, starts_on=date(2024, 6, 1), **more):
        return [
            TermFactory(
                post__employment__agency=agency,
                post__employment__person=PersonFactory(first_name=f"Midwife{n}", last_name=agency.code),
                role_group=RoleGroupFactory(code="MIDWIFE"),
                starts_on=starts_on,
                **more,
            ).post
            for n in range(count)
        ]

    return hire


@pytest.fixture
def b1(world):
    """A module that nobody is asked for."""
    return ModuleFactory(code="DA-B1")
