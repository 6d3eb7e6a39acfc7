"""Who has begun the course is in progress: for themselves, and for HR once the table has been brought up."""

from courses.services.progress import start_attempt
from tests.courses.conftest import BEGUN
from tests.factories import RequirementFactory, RequirementVersionFactory, RoleGroupFactory
from tests.live import my_standings
from training.access.clock import london_date
from training.ledger.models import StandingStep
from training.ledger.rebuild import refresh_stale
from training.ledger.standing import State


def test_who_has_begun_is_in_progress(course, amira, world):
    group = RoleGroupFactory(code="MIDWIFE")
    requirement = RequirementFactory(module=course.module, role_group=group)
    RequirementVersionFactory(requirement=requirement, induction_days=3650)
    on = london_date(BEGUN)
    assert [mine.state for mine in my_standings(amira, on=on)] == [State.NOT_STARTED]
    start_attempt(amira, course, at=BEGUN)
    assert [mine.state for mine in my_standings(amira, on=on)] == [State.IN_PROGRESS]
    refresh_stale(at=BEGUN)
    rows = StandingStep.objects.within(world.agency).current_on(on)
    assert [row.state for row in rows] == [State.IN_PROGRESS]
