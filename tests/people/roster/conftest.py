"""Loading rosters in tests."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from training.access.actor import Actor
from training.people.models import Duty, Employment, RosterImport, Term
from training.people.roster.apply import apply_import
from training.people.roster.stage import Preview, preview, stage_import

LONDON = ZoneInfo("Europe/London")
BY = Actor.system("test")
CONTENT = (
    "post__employment__employee_ref",
    "post__assignment_ref",
    "starts_on",
    "ends_on",
    "role_group__code",
    "post_title",
    "team__title",
    "workplace__code",
    "locality__code",
    "manager__assignment_ref",
    "employment_type",
    "status",
    "fte",
)
DUTY = ("post__employment__employee_ref", "post__assignment_ref", "designation__code", "starts_on", "ends_on")
WHO = ("employee_ref", "person__first_name", "person__last_name", "person__preferred_name", "work_email")


def nine(day: date) -> datetime:
    """Nine o'clock in London on this day."""
    return datetime.combine(day, time(9), LONDON)


def state_of(agency) -> dict[str, list[tuple]]:
    """The roster of an agency as known now: terms, duties and those who hold them."""
    terms = Term.objects.within(agency).known_now()
    duties = Duty.objects.within(agency).known_now()
    holders = Employment.objects.within(agency).filter(posts__terms__in=terms.values("pk")).distinct()
    return {
        "terms": sorted(terms.values_list(*CONTENT), key=str),
        "duties": sorted(duties.values_list(*DUTY), key=str),
        "people": sorted(holders.values_list(*WHO)),
    }


@pytest.fixture
def look(world, day):
    """Reads a file for the hospital and says what it would change."""

    def look(file, *, on=day, full=False) -> Preview:
        return preview(world.agency, file, as_at=on, is_full=full)

    return look


@pytest.fixture
def load(world, day):
    """Stages and applies a file for the hospital, an hour later on each call of one day."""
    moments: dict[date, datetime] = {}

    def load(file, *, on=day, full=False, allow_leavers=False) -> RosterImport:
        at = moments[on] = moments.get(on, nine(on)) + timedelta(hours=1)
        staged = stage_import(world.agency, file, as_at=on, is_full=full, by=BY, at=at)
        return apply_import(staged, by=BY, at=at, is_overruled=allow_leavers)

    return load


@pytest.fixture
def state(world):
    """The hospital's roster as known now."""
    return lambda: state_of(world.agency)
