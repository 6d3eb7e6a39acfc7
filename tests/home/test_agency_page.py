"""HR's page: her own agency by name, nobody else's."""

import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from home.agency import percent
from tests.factories import (
    ModuleFactory,
    PersonFactory,
    RequirementFactory,
    RequirementVersionFactory,
    RoleGroupFactory,
    TeamFactory,
    TermFactory,
    completion,
)
from training.audit.models import AuditEvent
from training.ledger.rebuild import rebuild_standings


@pytest.fixture
def asked(world):
    """Midwives and response officers are asked for DA-A1."""
    for code in ("MIDWIFE", "POLICE_RESPONSE"):
        rule = RequirementFactory(module=ModuleFactory(), role_group=RoleGroupFactory(code=code))
        RequirementVersionFactory(requirement=rule)
    return ModuleFactory()


def colleague(agency, name, **more):
    """Somebody else at an agency."""
    return TermFactory(
        post__employment__agency=agency,
        post__employment__person=PersonFactory(first_name=name, last_name="Colleague"),
        role_group=RoleGroupFactory(code="MIDWIFE"),
        **more,
    ).post.employment.person


def test_hr_reads_who_stands_how_by_name(client, bea, amira, asked, moment):
    completion(amira, asked, on=date(2026, 3, 2))
    colleague(bea.grants.get().agency, "Bertha")
    rebuild_standings(at=moment)
    client.force_login(bea)
    page = client.get("/agency/SVH/").content.decode()
    assert "Amira Learner" in page
    assert "Bertha Colleague" in page
    assert "50%" in page


def test_each_look_at_names_goes_on_record_without_what_was_looked_for(client, bea, amira, asked, moment):
    rebuild_standings(at=moment)
    client.force_login(bea)
    client.get("/agency/SVH/", {"text": "Amira"})
    event = AuditEvent.objects.get(verb="standings read")
    assert (event.actor, event.agency_code, event.detail) == (f"user:{bea.uid}", "SVH", {"rows": 1})


def test_nearly_all_is_not_all(client):
    assert (percent(199, 200), percent(200, 200), percent(0, 0)) == ("99%", "100%", "n/a")


def test_the_neighbour_answers_404(client, dot, amira, asked):
    client.force_login(dot)
    assert client.get("/agency/SVH/").status_code == 404


def test_the_board_cannot_open_a_list_of_names(client, col, amira, asked):
    client.force_login(col)
    assert client.get("/agency/SVH/").status_code == 403


def test_a_visitor_is_asked_to_sign_in(client, world):
    answer = client.get("/agency/SVH/")
    assert answer.status_code == 302
    assert "/account/login/" in answer.url


def test_filters_narrow_and_never_widen(client, bea, dot, amira, asked, world, moment):
    colleague(world.neighbour, "Nora")
    team = TeamFactory(agency=world.agency, title="Theatre")
    colleague(world.agency, "Thea", team=team)
    rebuild_standings(at=moment)
    client.force_login(bea)
    narrowed = client.get("/agency/SVH/", {"team": team.pk}).content.decode()
    assert "Thea Colleague" in narrowed
    assert "Amira Learner" not in narrowed
    for blank in ({}, {"team": "", "text": ""}, {"text": "Nora"}, {"module": "999999"}):
        assert "Nora Colleague" not in client.get("/agency/SVH/", blank).content.decode()


def test_the_page_costs_the_same_for_one_and_for_many(
    client, bea, amira, asked, world, moment, django_assert_num_queries
):
    rebuild_standings(at=moment)
    client.force_login(bea)
    with django_assert_num_queries(19) as counted:
        client.get("/agency/SVH/")
    for name in ("Una", "Dua", "Tria"):
        colleague(world.agency, name)
    rebuild_standings(at=moment)
    with django_assert_num_queries(len(counted)):
        client.get("/agency/SVH/")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_leaves_as_a_file_as_it_is_narrowed(client, bea, amira, asked, world, moment, kind):
    colleague(world.neighbour, "Nora")
    colleague(world.agency, "=HYPERLINK(1)")
    rebuild_standings(at=moment)
    client.force_login(bea)
    answer = client.get(f"/agency/SVH/staff.{kind}", {"text": "Amira"})
    everybody = client.get(f"/agency/SVH/staff.{kind}")
    cells = read_cells(answer.content, kind), read_cells(everybody.content, kind)
    assert "Amira Learner" in cells[0]
    assert "Colleague" not in cells[0]
    assert "Nora" not in cells[1]
    assert "'=HYPERLINK(1) Colleague" in cells[1]
    assert AuditEvent.objects.filter(verb="staff exported", agency_code="SVH").count() == 2


def read_cells(content, kind):
    """Everything in a file, as one text."""
    if kind == "csv":
        return content.decode("utf-8-sig")
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["Staff"]
    return " ".join(str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row)


def test_a_filter_that_is_not_understood_takes_nobody_away(client, bea, amira, asked, world, moment):
    rebuild_standings(at=moment)
    theirs = TeamFactory(agency=world.neighbour)
    client.force_login(bea)
    answer = client.get("/agency/SVH/staff.csv", {"team": theirs.pk})
    assert (answer.status_code, answer.url) == (302, f"/agency/SVH/?team={theirs.pk}")


def test_the_neighbour_cannot_take_the_list_away(client, dot, amira, asked):
    client.force_login(dot)
    assert client.get("/agency/SVH/staff.csv").status_code == 404


def test_filters_that_are_wrong_are_said_in_the_title_and_at_the_top(client, bea, amira):
    client.force_login(bea)
    page = client.get("/agency/SVH/", {"state": "canary"}).content.decode()
    assert "<title>Error: Staff - Training Pathway</title>" in page
    assert page.count("There is a problem") == 1
    assert page.index("<main") < page.index("There is a problem") < page.index("<h1")
    assert "Error: " not in client.get("/agency/SVH/").content.decode().split("</title>")[0]
