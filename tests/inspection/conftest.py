"""A partnership of three agencies with figures, one of them silent; kim coordinates it."""

from copy import deepcopy
from datetime import date

import pytest

from tests.conftest import make_world
from tests.factories import (
    AgencyFactory,
    MembershipFactory,
    RequirementFactory,
    RequirementVersionFactory,
    RoleGrantFactory,
    RoleGroupFactory,
)
from tests.kept import kept
from tests.strategy.cases import asked, done, reported, staff

CODE = "severnshire"
SEPTEMBER = date(2026, 9, 30)


@pytest.fixture(scope="module")
def counted_once(django_db_setup, django_db_blocker):
    """Office staff and nurses of the hospital and the police, some in date; a council that sent no roster."""
    with kept(django_db_blocker):
        world = make_world()
        world.module = asked("DA-A1", title="Awareness")
        nurses = RequirementFactory(module=world.module, role_group=RoleGroupFactory(code="NURSE", family="health"))
        RequirementVersionFactory(requirement=nurses)
        council = AgencyFactory(code="MDC", title="Marlbridge District Council")
        MembershipFactory(partnership=world.partnership, agency=council)
        for agency in (world.agency, world.neighbour):
            reported(agency)
        world.office, world.nurses = staff(world.agency, 80), staff(world.agency, 23, role_group="NURSE")
        world.police, world.few = staff(world.neighbour, 30), staff(world.neighbour, 4, role_group="NURSE")
        done(world.office[:60] + world.nurses[:13] + world.police[:12] + world.few[:1], world.module)
        yield world


@pytest.fixture
def world(counted_once, db):
    return deepcopy(counted_once)


@pytest.fixture
def kim(world):
    """Coordinates the partnership."""
    grant = {"role_code": "partnership_coordinator", "partnership": world.partnership}
    return RoleGrantFactory(user__email="kim@board.example", **grant).user


@pytest.fixture
def as_(client):
    """The pages as this login sees them."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in
