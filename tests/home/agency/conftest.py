"""An agency at work: midwives are asked for a module, and HR looks."""

from datetime import date

import pytest

from tests.factories import (
    ModuleFactory,
    PersonFactory,
    RequirementFactory,
    RequirementVersionFactory,
    RoleGroupFactory,
    TermFactory,
)
from training.ledger.rebuild import rebuild_standings
from training.people.models import Post


@pytest.fixture(autouse=True)
def clock(monkeypatch, moment):
    """It is the moment of the tests."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


@pytest.fixture
def asked(world):
    """Midwives and response officers are asked for DA-A1."""
    for code in ("MIDWIFE", "POLICE_RESPONSE"):
        rule = RequirementFactory(module=ModuleFactory(), role_group=RoleGroupFactory(code=code))
        RequirementVersionFactory(requirement=rule)
    return ModuleFactory()


@pytest.fixture
def hr(client, bea):
    """Bea, signed in."""
    client.force_login(bea)
    return client


@pytest.fixture
def worked_out(moment):
    """Brings the read table up to the facts."""

    def refresh():
        rebuild_standings(at=moment)

    return refresh


def colleague(agency, name, **more):
    """Somebody else at an agency, a midwife since 1 June 2024."""
    more.setdefault("role_group", RoleGroupFactory(code="MIDWIFE"))
    return TermFactory(
        post__employment__agency=agency,
        post__employment__person=PersonFactory(first_name=name, last_name="Colleague"),
        **more,
    ).post.employment.person


def post_of(person):
    """Their one post."""
    return Post.objects.everywhere(reason="test").get(employment__person=person)


SINCE = date(2026, 11, 1)
