"""The demo's rosters: sent once a quarter, each file with those who had begun by then."""

from datetime import UTC, date, datetime

from home.demo.sent import send_rosters
from tests.factories import AgencyFactory, DesignationFactory, RoleGroupFactory
from training.access.actor import Actor
from training.people.models import RosterImport

ON = date(2026, 4, 1)
SAID = {"code": "GPM", "roster": "marlbridge-mill-surgery.csv"}  # fourteen, and one who began on 21 October 2025


def sent(**said):
    """Of each of the agency's files how many days ago it came, and how many were new in it."""
    AgencyFactory(code="GPM")
    DesignationFactory(code="CHAMPION")
    for code in ("GP", "GP_RECEPTION", "PRACTICE_NURSE"):
        RoleGroupFactory(code=code)
    send_rosters(SAID | said, by=Actor.system("test"), at=datetime(2026, 4, 1, 9, tzinfo=UTC), on=ON)
    files = RosterImport.objects.filter(agency__code="GPM").order_by("applied_at")
    assert all(file.applied_at.date() == file.as_at for file in files)
    return [((ON - file.as_at).days, file.counts["new"]) for file in files]


def test_a_file_comes_every_quarter_with_those_who_had_begun(db):
    assert sent() == [(360, 14), (270, 0), (180, 0), (90, 1), (0, 0)]


def test_an_agency_may_have_sent_fewer(db):
    assert sent(sent=[360, 0]) == [(360, 14), (0, 1)]
