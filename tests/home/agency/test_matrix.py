"""The matrix: in date of those required, by team and role group, with what is left out."""

import re
from datetime import date
from html import unescape

import pytest

from home.agency.grid import grid, left_out
from tests.factories import (
    LocalityFactory,
    ModuleFactory,
    RequirementVersionFactory,
    RoleGroupFactory,
    TeamFactory,
    TierFactory,
    completion,
)
from tests.home.agency.conftest import colleague
from training.people.models import Workplace


@pytest.fixture
def teams(world, asked, worked_out):
    """Theatre: one of two in date, one more on leave. Nobody else has a team."""
    theatre = TeamFactory(agency=world.agency, title="Theatre")
    completion(colleague(world.agency, "Una", team=theatre), asked, on=date(2026, 3, 2))
    colleague(world.agency, "Dua", team=theatre)
    colleague(world.agency, "Lea", team=theatre, status="maternity")
    colleague(world.agency, "Nella", starts_on=date(2026, 10, 20))  # still in induction
    colleague(world.neighbour, "Nora", team=TeamFactory(agency=world.neighbour, title="Neighbours"))
    worked_out()
    return theatre


def test_a_cell_is_in_date_of_those_required(world, teams, day):
    found = grid(world.agency, "team", on=day)
    assert [(row.title, row.whole.valid, row.whole.counted) for row in found.rows] == [
        ("Theatre", 1, 2),
        ("No team", 0, 0),
    ]
    assert (found.whole.valid, found.whole.counted) == (1, 2)


def test_whom_the_shares_leave_out_is_said(world, teams, day):
    found = grid(world.agency, "team", on=day)
    assert {row.title: left_out(row.whole) for row in found.rows} == {
        "Theatre": {"On leave": 1, "Exempt": 0, "Still in induction": 0, "Not yet required": 0},
        "No team": {"On leave": 0, "Exempt": 0, "Still in induction": 1, "Not yet required": 0},
    }


def test_the_same_by_role_group(world, teams, day):
    found = grid(world.agency, "role_group", on=day)
    assert [(row.title, row.whole.valid, row.whole.counted) for row in found.rows] == [("Midwife", 1, 2)]


@pytest.fixture
def places(world, asked, worked_out):
    """Two in the north, one of them by where the workplace is; one of the two in date. Nobody knows where a third is."""
    north = LocalityFactory(partnership=world.partnership, title="North")
    clinic = Workplace.objects.create(agency=world.agency, code="C1", title="Clinic", locality=north)
    completion(colleague(world.agency, "Una", workplace=clinic), asked, on=date(2026, 3, 2))
    colleague(world.agency, "Dua", locality=north)
    colleague(world.agency, "Tria")
    worked_out()
    return clinic


def test_the_same_by_workplace_and_by_locality(hr, world, places, day):
    assert [
        (row.title, row.whole.valid, row.whole.counted) for row in grid(world.agency, "workplace", on=day).rows
    ] == [
        ("Clinic", 1, 1),
        ("No workplace", 0, 2),
    ]
    assert [(row.title, row.whole.valid, row.whole.counted) for row in grid(world.agency, "locality", on=day).rows] == [
        ("North", 1, 2),
        ("No locality", 0, 1),
    ]


@pytest.mark.parametrize(
    ("by", "row", "behind"),
    [
        ("workplace", "Clinic", ["Una"]),
        ("workplace", "No workplace", ["Dua", "Tria"]),
        ("locality", "North", ["Una", "Dua"]),
        ("locality", "No locality", ["Tria"]),
    ],
)
@pytest.mark.parametrize("as_known", [False, True])
def test_the_people_behind_a_place_are_those_counted_there(hr, places, by, row, behind, as_known):
    known = {"known_on_day": "1", "known_on_month": "11", "known_on_year": "2026"} if as_known else {}
    page = hr.get("/agency/SVH/matrix/", known | {"by": by}).content.decode()
    address = unescape(re.search(rf'href="([^"]+)"[^>]*>{row}<', page)[1])
    people = hr.get(address).content.decode()
    assert sorted(name for name in ("Una", "Dua", "Tria") if f"{name} Colleague" in people) == sorted(behind)
    assert "What the figure is made of" not in people


def test_across_tiers_each_has_all_its_modules(hr, world, places, asked, worked_out, day):
    more = ModuleFactory(code="DA-B1", tier=TierFactory(code="B", title="Ask and Respond", position=1))
    for module in (more, ModuleFactory(code="DA-B2", tier=more.tier)):
        RequirementVersionFactory(requirement__module=module, requirement__role_group=RoleGroupFactory(code="MIDWIFE"))
    worked_out()
    found = grid(world.agency, "workplace", on=day, by_tier=True)
    assert [column.title for column in found.columns] == [asked.tier.title, "Ask and Respond"]
    assert [[(cell.valid, cell.counted) for cell in row.cells] for row in found.rows] == [
        [(1, 1), (0, 2)],
        [(0, 2), (0, 4)],
    ]
    page = hr.get("/agency/SVH/matrix/", {"by": "workplace", "across": "tier"}).content.decode()
    assert "Ask and Respond" in page
    assert 'name="across" value="tier"' in page
    assert "Ask and Respond" in hr.get("/agency/SVH/matrix.csv?across=tier").getvalue().decode()


def test_a_cell_leads_to_the_people_behind_it(hr, world, teams, asked):
    page = hr.get("/agency/SVH/matrix/").content.decode()
    address = f"/agency/SVH/people/?team={teams.pk}&amp;module={asked.pk}"
    assert f'href="{address}"' in page
    assert "1\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}2 50%" in page
    assert "Neighbours" not in page
    behind = hr.get(address.replace("&amp;", "&")).content.decode()
    assert [name for name in ("Una", "Dua", "Lea", "Nella") if f"{name} Colleague" in behind] == ["Una", "Dua", "Lea"]


def test_many_groups_go_on_several_pages_whose_totals_are_of_all(hr, teams, monkeypatch):
    monkeypatch.setattr("home.agency.matrix.GROUPS", 1)
    first, second = (hr.get("/agency/SVH/matrix/", {"page": page}).content.decode() for page in (1, 2))
    assert ("Theatre" in first, "No team" in first) == (True, False)
    assert ("Theatre" in second, "No team" in second) == (False, True)
    assert all("In date: 1 of 2, 50%" in page for page in (first, second))


def test_by_what_is_not_known_is_by_team(hr, teams):
    assert "Theatre" in hr.get("/agency/SVH/matrix/", {"by": "canary"}).content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_it_leaves_as_a_file_with_the_small_print(hr, teams, kind):
    from tests.home.agency.test_people import read_cells

    cells = read_cells(hr.get(f"/agency/SVH/matrix.{kind}").getvalue(), kind)
    assert "Theatre" in cells
    assert "As at" in cells
    assert "2 November 2026" in cells
    assert "In no share" in cells
    assert "Neighbours" not in cells


def test_more_modules_and_teams_cost_no_more_queries(hr, world, amira, teams, worked_out, django_assert_num_queries):
    hr.get("/agency/SVH/matrix/")
    with django_assert_num_queries(9):
        hr.get("/agency/SVH/matrix/")
    from tests.factories import RequirementFactory, RequirementVersionFactory

    for code in ("DA-B1", "DA-C1"):
        rule = RequirementFactory(module=ModuleFactory(code=code), role_group=RoleGroupFactory(code="MIDWIFE"))
        RequirementVersionFactory(requirement=rule)
        colleague(world.agency, code, team=TeamFactory(agency=world.agency))
    worked_out()
    hr.get("/agency/SVH/matrix/")
    with django_assert_num_queries(9):
        hr.get("/agency/SVH/matrix/")


def test_a_day_gone_by_is_shown_as_it_was(hr, world, teams):
    page = hr.get("/agency/SVH/matrix/", {"as_at_day": "1", "as_at_month": "3", "as_at_year": "2026"}).content.decode()
    assert "As at 1 March 2026, as known now" in page
    assert "0\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}2 0%" in page
    assert "as_at_day=1&amp;as_at_month=3&amp;as_at_year=2026" in page  # the day goes along with each cell's link


def test_a_day_to_come_is_refused_in_words(hr, teams):
    page = hr.get("/agency/SVH/matrix/", {"as_at_day": "1", "as_at_month": "3", "as_at_year": "2030"}).content.decode()
    assert "<title>Error: Matrix" in page
    assert "Choose a day up to today, 2 November 2026" in page
