"""A roster of many posts is left to the worker: 202, an address to ask, done once, and guarded as a small one is."""

import pytest
from django.utils import timezone

from tests.api.test_rosters import many, post, refs, send
from tests.factories import RoleGrantFactory, RoleGroupFactory
from tests.people.roster.conftest import state_of
from training.people.models import RosterImport, RosterSheet
from training.people.roster import sent
from training.people.roster.work import work_on_rosters


@pytest.fixture(autouse=True)
def _three_rows_are_many(world, monkeypatch):
    RoleGroupFactory(code="MIDWIFE")
    monkeypatch.setattr(sent, "ROWS_AT_ONCE", 2)


def tick() -> int:
    return work_on_rosters(at=timezone.now())


def test_it_is_taken_in_worked_on_and_applied_and_the_same_request_is_done_once(hospital, world):
    answer = send(hospital, *many(3))
    assert (answer.status_code, answer.json()["state"]) == (202, "working")
    address = answer.headers["Location"]
    assert address == f"/api/v1/rosters/{answer.json()['roster']}"
    assert "000" not in refs(world.agency)
    again = send(hospital, *many(3))
    assert (again.status_code, again.json()) == (202, answer.json())
    assert tick() == 1
    done = hospital.get(address.removeprefix("/api/v1/")).json()
    assert (done["state"], done["counts"]["new"]) == ("applied", 3)
    assert [row["row"] for row in done["rows"]] == [1, 2, 3]
    assert {"000", "001", "002"} <= refs(world.agency)
    assert send(hospital, *many(3)).status_code == 200
    assert send(hospital, *many(4)).status_code == 409
    assert (tick(), RosterImport.objects.count()) == (0, 1)
    assert not RosterSheet.objects.everywhere(reason="test").exists()


def test_a_small_agencys_leavers_wait_unless_the_sender_says_they_are_right(neighbour, world):
    send(neighbour, *many(6))
    tick()
    uid = send(neighbour, *many(4), key="k2", is_full=True).json()["roster"]
    tick()
    assert neighbour.get(f"rosters/{uid}").json()["state"] == "waiting for confirmation"
    uid = send(neighbour, *many(4), key="k3", is_full=True, leavers_are_right=True).json()["roster"]
    tick()
    assert neighbour.get(f"rosters/{uid}").json()["state"] == "applied"


def test_much_change_waits_for_a_second_person_who_is_asked_once(hospital, world, bea, mailoutbox):
    RoleGrantFactory(user__email="bob@svh.example", role_code="agency_hr", agency=world.agency)
    send(hospital, *many(20))
    tick()
    mailoutbox.clear()
    before = state_of(world.agency)
    uid = send(hospital, *[one | {"team": "Elsewhere"} for one in many(20)], key="k2").json()["roster"]
    tick()
    assert hospital.get(f"rosters/{uid}").json()["state"] == "waiting for approval"
    assert state_of(world.agency) == before
    assert sorted(mail.to for mail in mailoutbox) == [["bea@svh.example"], ["bob@svh.example"]]


def test_a_row_of_another_agency_refuses_all_and_says_which(hospital, world):
    before = state_of(world.agency)
    rows = [post(f"{number}", agency_code=code) for number, code in enumerate(("SVH", "SVP", "SVP"))]
    uid = send(hospital, *rows).json()["roster"]
    tick()
    said = hospital.get(f"rosters/{uid}").json()
    assert said["state"] == "refused"
    assert "Row 2 and 1 more: another agency." in said["detail"]
    assert state_of(world.agency) == before


def test_a_dry_run_of_many_rows_is_refused(hospital):
    answer = send(hospital, *many(3), is_dry_run=True)
    assert (answer.status_code, answer.json()["detail"]) == (422, "A dry run takes 2,000 rows at most.")
    assert RosterImport.objects.count() == 0
