"""Two files of one agency at the same time: one waits for the other, and never is half of either written."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from tests.factories import AgencyFactory, RoleGroupFactory
from tests.people.roster.conftest import BY, nine, state_of
from tests.people.roster.files import csv_file, row
from training.people.models import Employment, Person, Post, RosterImport, StalePost, Team, Term
from training.people.roster import apply, stage
from training.people.roster.errors import RosterMoved

WHY = "test"


@pytest.fixture
def agency(django_db_setup, django_db_blocker, monkeypatch):
    """An agency that is really committed, and taken away afterwards with its roster."""
    for module in (apply, stage):  # what is committed here must leave no trace, and the audit keeps everything
        monkeypatch.setattr(module.audit, "record", lambda *args, **said: None)
    with django_db_blocker.unblock():
        agency = AgencyFactory(code="AT-ONCE", kind="nhs_acute")
        group = RoleGroupFactory(code="AT_ONCE", title="At once")
        yield agency
        RosterImport.objects.filter(agency=agency).delete()
        people = list(Person.objects.within(agency).values_list("pk", flat=True))
        StalePost.objects.within(agency).delete()
        Term.objects.within(agency).delete()
        Post.objects.within(agency).delete()
        Employment.objects.within(agency).delete()
        Person.objects.everywhere(reason=WHY).filter(pk__in=people).delete()
        Team.objects.filter(agency=agency).delete()
        agency.workplaces.all().delete()
        agency.delete()
        group.delete()


def test_of_two_files_applied_at_once_one_waits_and_sees_that_the_roster_moved(agency, day):
    said = {"agency_code": "AT-ONCE", "role_group": "AT_ONCE"}
    files = [csv_file(*(row(employee_ref=str(ref), team=team, **said) for ref in range(40))) for team in ("A", "B")]
    staged = [stage.stage_import(agency, file, as_at=day, is_full=True, by=BY, at=nine(day)) for file in files]
    both = Barrier(2)

    def load(number: int) -> str:
        both.wait(timeout=10)
        try:
            apply.apply_import(staged[number], by=BY, at=nine(day) + timedelta(hours=1 + number))
        except RosterMoved:
            return "moved"
        finally:
            connection.close()
        return "applied"

    with ThreadPoolExecutor(2) as pool:
        came = sorted(pool.map(load, (0, 1)))
    assert came == ["applied", "moved"]
    terms = state_of(agency)["terms"]
    assert len(terms) == 40
    assert len({term[6] for term in terms}) == 1
