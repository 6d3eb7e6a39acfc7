"""Severnshire asks for returns from April 2026; lee leads the hospital, bea fills in."""

from datetime import date

import pytest

from tests.factories import ModuleFactory, RoleGrantFactory
from training.access.actor import Actor
from training.people.models import RoleGroup
from training.returns import services as returns
from training.returns.filled import Line
from training.returns.limits import EVERYBODY, Declared
from training.returns.models import How, ReturnTerms
from training.returns.quarters import Quarter

BY = Actor.system("test")
SPRING, SUMMER = Quarter(date(2026, 4, 1)), Quarter(date(2026, 7, 1))


@pytest.fixture
def asking(world, moment):
    """Severnshire, asking from April 2026 on, within 28 days."""
    ReturnTerms.objects.create(
        partnership=world.partnership, quarter_on=SPRING.starts_on, due_days=28, recorded_at=moment, recorded_by="test"
    )
    return world


@pytest.fixture
def lee(world):
    """Leads the hospital, and signs for it."""
    return RoleGrantFactory(user__email="lee@svh.example", role_code="agency_lead", agency=world.agency).user


@pytest.fixture
def staffed(asking, moment):
    """The hospital has declared 100 staff, 40 of them midwives."""
    day = date(2026, 9, 30)
    counts = [Declared(day, EVERYBODY, 100), Declared(day, ("role_group", "MIDWIFE"), 40)]
    returns.declare(agency=asking.agency, counts=counts, by=BY, at=moment)
    return asking


@pytest.fixture
def line(world):
    """A line of so many midwives in a module."""
    modules = {}

    def make(trained, code="DA-A1", group="MIDWIFE"):
        modules.setdefault(code, ModuleFactory(code=code, pathway__partnership=world.partnership))
        return Line(RoleGroup.objects.get(code=group), modules[code], trained, How.SESSION)

    return make


@pytest.fixture
def began(staffed, bea, moment):
    """The hospital's return for July to September, begun by bea."""
    return returns.begin(
        agency=staffed.agency, partnership=staffed.partnership, quarter=SUMMER, by=actor(bea), at=moment
    )


def actor(user) -> Actor:
    """Who does a thing, as the audit has it."""
    return Actor("user", str(user.uid))


@pytest.fixture
def signed(began, line, bea, lee, access_for, moment):
    """The same, with twelve midwives, signed by lee."""
    returns.set_line(of=began, line=line(12), by=actor(bea), at=moment)
    returns.hand_over(of=began, held_none=False, by=actor(bea), at=moment)
    return returns.sign(of=began, shown=began.versions.get().pk, access=access_for(lee), at=moment)
