"""Who has begun the course is in progress: for themselves, and for HR once the table has been brought up."""

from courses.services.progress import start_attempt
from tests.courses.conftest import BEGUN
from tests.factories import RequirementFactory, RequirementVersionFactory, RoleGroupFactory
from training.access.clock import london_date
from training.ledger.rebuild import refresh_stale
from training.ledger.selectors import agency_standings, my_standings
from training.ledger.standing import State


def test_who_has_begun_is_in_progress(course, amira, world, bea, access_for):
    group = RoleGroupFactory(code="MIDWIFE")
    requirement = RequirementFactory(module=course.module, role_group=group)
    RequirementVersionFactory(requirement=requirement, induction_days=3650)
    on = london_date(BEGUN)
    assert [mine.state for mine in my_standings(amira, on=on)] == [State.NOT_STARTED]
    start_attempt(amira, course, at=BEGUN)
    assert [mine.state for mine in my_standings(amira, on=on)] == [State.IN_PROGRESS]
    refresh_stale(at=BEGUN)
    rows = agency_standings(access_for(bea), world.agency, on=on).rows
    assert [(row.name, row.state) for row in rows] == [("Amira Learner", State.IN_PROGRESS)]
