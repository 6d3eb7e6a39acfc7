"""Severnshire has a charter; the hospital and the police may sign it."""

from dataclasses import replace
from datetime import date

import pytest

from tests.factories import RoleGrantFactory
from training.access.actor import Actor
from training.pledges import services
from training.pledges.models import Kind
from training.pledges.services import Said

BY = Actor.system("test")
SIGNED = Said(
    made_on=date(2026, 1, 12),
    review_on=date(2028, 1, 12),
    tier="Gold",
    name="Jo Example",
    post_title="Chief Nurse",
)
POLICY = Said(
    made_on=date(2025, 3, 1),
    review_on=date(2027, 3, 1),
    covers_victims=True,
    covers_people_who_harm=True,
)
LEAD = Said(made_on=date(2026, 5, 4), name="Kit Sample", post_title="Director of Nursing")
SAID = {Kind.CHARTER: SIGNED, Kind.POLICY: POLICY, Kind.LEAD: LEAD}


@pytest.fixture
def charter(world, moment):
    """What Severnshire's agencies sign."""
    return services.name_charter(
        partnership=world.partnership,
        title="Severnshire Charter",
        address="https://severnshire.example/charter",
        tiers=["Bronze", "Gold"],
        by=BY,
        at=moment,
    )


@pytest.fixture
def pledged(world, charter, moment):
    """Reports one, confirmed unless said otherwise."""

    def report(kind, agency=None, *, is_confirmed=True, at=moment, **more):
        return services.report(
            agency=agency or world.agency,
            partnership=world.partnership,
            kind=kind,
            said=replace(SAID[kind], **more),
            by=BY,
            at=at,
            is_confirmed=is_confirmed,
        )

    return report


@pytest.fixture
def kim(world):
    """Coordinates the partnership."""
    return RoleGrantFactory(
        user__email="kim@severnshire.example", role_code="partnership_coordinator", partnership=world.partnership
    ).user
