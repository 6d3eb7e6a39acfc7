"""A program reads its own agency's coverage exactly, and of the others a total and a spread."""

import pytest

from tests.factories import AgencyFactory, MembershipFactory
from tests.strategy.cases import BY, asked, done, reported, staff
from training.returns.limits import EVERYBODY, Declared
from training.returns.services import declare
from training.strategy.rebuild import rebuild_coverage


@pytest.fixture
def counted(world, day, moment):
    """The hospital with 3 of 6 in date; the police with 15 of 30."""

    def count(*others: tuple[int, int]):
        module = asked("DA-A1")
        sizes = [(world.agency, 3, 6), (world.neighbour, 15, 30)]
        for in_date, size in others:
            agency = AgencyFactory()
            MembershipFactory(partnership=world.partnership, agency=agency)
            sizes.append((agency, in_date, size))
        for agency, in_date, size in sizes:
            reported(agency)
            done(staff(agency, size)[:in_date], module)
        rebuild_coverage(world.partnership, on=day, at=moment)

    return count


def mine(program) -> dict:
    return program.get("coverage").json()["partnerships"][0]


def test_its_own_figures_are_exact(hospital, counted):
    counted()
    found = mine(hospital)
    assert found["partnership"] == "severnshire"
    assert found["has_reported"] is True
    assert found["own"] == [
        {"tier": "", "in_date": 3, "asked": 6, "percent": None, "mark": "", "left_out": 0},
        {"tier": "A", "in_date": 3, "asked": 6, "percent": None, "mark": "", "left_out": 0},
    ]


def test_what_the_agency_declares_stands_beside_its_figures(hospital, neighbour, counted, world, day, moment):
    counted()
    declare(agency=world.agency, counts=[Declared(day, EVERYBODY, 3)], by=BY, at=moment)
    declared = {"staff": 3, "counted_on": day.isoformat()}
    assert [each.get("coverage").json()["declared"] for each in (hospital, neighbour)] == [declared, None]


def test_the_whole_is_hidden_where_taking_its_own_away_would_tell_of_few(neighbour, hospital, counted):
    counted()
    assert mine(neighbour)["whole"] == {"in_date": None, "asked": None, "percent": None, "mark": "*"}
    assert mine(hospital)["whole"] == {"in_date": 18, "asked": 36, "percent": 50, "mark": ""}


def test_the_spread_is_told_where_three_agencies_are_shown(hospital, counted):
    counted((40, 50), (20, 50), (45, 50))
    found = mine(hospital)
    assert found["spread"] == {"lowest": 40, "highest": 90, "agencies": 3}


def test_two_agencies_have_no_spread_to_tell(hospital, counted):
    counted()
    assert mine(hospital)["spread"] is None


def test_no_other_agency_is_named(hospital, counted, world):
    counted((40, 50), (20, 50), (45, 50))
    text = hospital.get("coverage").content.decode()
    assert "SVH" in text
    assert world.neighbour.code not in text
    assert world.neighbour.title not in text


def test_an_agency_that_did_not_report_is_told_so(hospital, world, day, moment):
    asked("DA-A1")
    staff(world.agency, 6)
    rebuild_coverage(world.partnership, on=day, at=moment)
    assert (mine(hospital)["has_reported"], mine(hospital)["own"]) == (False, [])
