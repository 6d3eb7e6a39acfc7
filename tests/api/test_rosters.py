"""A program sends its agency's roster: read as HR's files are, guarded, applied once, and for its own agency alone."""

import pytest
from django.core import mail

from tests.factories import RoleGrantFactory, RoleGroupFactory
from tests.people.roster.conftest import state_of
from training.audit.models import AuditEvent
from training.people.models import AgencyToken, Employment, RoleGrant, RosterImport, RosterRow
from training.people.roster.approve import approve_import, waiting_outside
from training.people.roster.errors import OwnFile
from training.people.roster.limits import MOST_SENT
from training.people.selectors import access_of
from training.people.tokens import answered


@pytest.fixture(autouse=True)
def _midwives(world):
    RoleGroupFactory(code="MIDWIFE")


def post(ref: str = "00123", **more) -> dict:
    return {
        "employee_ref": ref,
        "first_name": "Sam",
        "last_name": "Example",
        "post_title": "Midwife",
        "role_group": "MIDWIFE",
        "team": "Community",
        "start_date": "2023-04-17",
        "fte": 0.8,
    } | more


def send(program, *posts, key="key-1", **more):
    return program.post("rosters", {"rows": list(posts)} | more, key=key)


def refs(agency) -> set[str]:
    return set(Employment.objects.within(agency).values_list("employee_ref", flat=True))


def many(count: int, **more) -> list[dict]:
    return [post(f"{number:03}", **more) for number in range(count)]


def test_a_roster_is_applied_and_says_what_became_of_each_row(hospital, world):
    answer = send(hospital, post("001"), post("002", last_name="Other"))
    assert (answer.status_code, answer.json()["state"]) == (200, "applied")
    assert answer.json()["counts"] == {"new": 2, "changed": 0, "left": 0, "unchanged": 0, "refused": 0, "unmapped": 0}
    assert [(row["row"], row["kind"], row["employee_ref"]) for row in answer.json()["rows"]] == [
        (1, "new", "001"),
        (2, "new", "002"),
    ]
    assert {"001", "002"} <= refs(world.agency)
    assert AuditEvent.objects.get(verb="roster applied").actor.startswith("token:")


def test_no_answer_says_a_name(hospital):
    send(hospital, post("001", last_name="Featherstone"))
    answer = send(hospital, post("001", last_name="Butterworth"), key="k2")
    assert answer.json()["rows"][0]["changes"] == ["last_name"]
    assert "Featherstone" not in answer.content.decode()
    assert "Butterworth" not in answer.content.decode()


def test_a_dry_run_writes_nothing_and_uses_no_key_up(hospital, world):
    before = state_of(world.agency)
    dry = send(hospital, post("001"), is_dry_run=True).json()
    assert (dry["state"], dry["roster"], dry["counts"]["new"]) == ("dry run", None, 1)
    assert state_of(world.agency) == before
    assert RosterImport.objects.count() == 0
    done = send(hospital, post("001")).json()
    assert (done["state"], done["rows"]) == ("applied", dry["rows"])


def test_the_same_request_again_does_nothing_twice(hospital):
    first = send(hospital, post("001"))
    again = send(hospital, post("001"))
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert RosterImport.objects.count() == 1


def test_the_same_request_twice_at_once_is_done_once(hospital, world, monkeypatch):
    """Both have looked for the key before either has kept it."""
    first = send(hospital, post("001"))
    looks = iter([lambda *asked: None])
    monkeypatch.setattr("training.people.roster.sent.answered", lambda *asked: next(looks, answered)(*asked))
    again = send(hospital, post("001"))
    assert again.json() == first.json()
    assert RosterImport.objects.count() == 1


def test_another_body_under_the_key_is_refused(hospital, world):
    send(hospital, post("001"))
    answer = send(hospital, post("002"))
    assert (answer.status_code, answer.json()["status"]) == (409, 409)
    assert "002" not in refs(world.agency)


def test_the_same_roster_under_another_key_changes_nothing(hospital, world):
    send(hospital, post("001"), post("002"))
    before = state_of(world.agency)
    answer = send(hospital, post("002"), post("001"), key="k2").json()
    assert (answer["state"], answer["counts"]["unchanged"], answer["rows"]) == ("applied", 2, [])
    assert state_of(world.agency) == before


def test_a_field_that_no_row_has_stays_as_it_is(hospital, world):
    send(hospital, post("001"))
    before = state_of(world.agency)
    short = {name: value for name, value in post("001").items() if name not in ("team", "fte")}
    assert send(hospital, short, key="k2").json()["counts"]["unchanged"] == 1
    assert state_of(world.agency) == before


def test_rows_with_different_fields_are_refused(hospital):
    answer = send(hospital, post("001"), {name: value for name, value in post("002").items() if name != "team"})
    said = "This row does not have the same fields as the first."
    assert (answer.status_code, answer.json()["problems"]) == (422, [{"row": 2, "what": said}])
    assert RosterImport.objects.count() == 0


def test_one_row_of_another_agency_refuses_the_whole(hospital, world):
    mine, theirs = post("001", agency_code=world.agency.code), post("002", agency_code=world.neighbour.code)
    answer = send(hospital, mine, theirs)
    what = f"agency_code '{world.neighbour.code}' is not this agency's"
    assert (answer.status_code, answer.json()["problems"]) == (404, [{"row": 2, "what": what}])
    assert "001" not in refs(world.agency)
    assert "002" not in refs(world.neighbour)


def test_the_neighbours_reference_makes_somebody_of_ones_own(hospital, neighbour, world):
    send(neighbour, post("001"))
    before = state_of(world.neighbour)
    assert send(hospital, post("001", last_name="Other")).json()["counts"]["new"] == 1
    assert state_of(world.neighbour) == before


def test_a_row_that_cannot_be_used_is_named_and_the_others_are_applied(hospital, world):
    ends = {"001": None, "002": "2020-01-01", "003": None}
    rows = [post(ref, end_date=ends[ref]) for ref in ("001", "002", "003")] + [
        post("003", last_name="Other", end_date=None)
    ]
    answer = send(hospital, *rows).json()
    assert (answer["counts"]["new"], answer["counts"]["refused"]) == (1, 3)
    refused = {row["row"]: row["reasons"] for row in answer["rows"] if row["kind"] == "refused"}
    assert refused[4] == ["the same employee and assignment reference stand in row 3"]
    assert sorted(refused) == [2, 3, 4]
    assert refs(world.agency) & {"001", "002", "003"} == {"001"}


def test_a_roster_of_which_nothing_can_be_used_is_refused(hospital):
    answer = send(hospital, post("001", end_date="2020-01-01"))
    assert (answer.status_code, answer.json()["detail"]) == (422, "No row of the file can be used.")
    assert [each["row"] for each in answer.json()["problems"]] == [1]
    assert RosterImport.objects.count() == 0
    assert send(hospital, post("001")).status_code == 200


def test_rows_without_a_role_or_a_title_are_refused(hospital):
    bare = {"employee_ref": "001", "last_name": "Example", "start_date": "2023-04-17"}
    answer = send(hospital, bare)
    assert (answer.status_code, answer.json()["detail"]) == (
        422,
        "The file has no column for: role_group or post_title.",
    )


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"date_of_birth": "1980-01-01"}, "rows.1.date_of_birth"),
        ({"start_date": "03/04/2024"}, "rows.1.start_date"),
        ({"employee_ref": " "}, "rows.1.employee_ref"),
        ({"team": "a\nb"}, "rows.1.team"),
        ({"fte": 3}, "rows.1.fte"),
    ],
)
def test_what_is_not_understood_is_named_and_not_said_back(hospital, change, where):
    answer = send(hospital, post("001"), post("002") | change)
    assert answer.status_code == 422
    assert [problem["where"] for problem in answer.json()["problems"]] == [f"body.sent.{where}"]
    assert "1980-01-01" not in answer.content.decode()
    assert RosterImport.objects.count() == 0


def test_what_looks_like_an_ni_number_is_not_kept(hospital):
    answer = send(hospital, post("001", team="AB123456C")).json()
    assert answer["blanked"] == 1
    assert not RosterRow.objects.everywhere(reason="test").filter(values__icontains="AB123456C").exists()


def test_what_hr_says_of_columns_of_its_files_is_not_said_of_a_programs(hospital, world, moment):
    world.agency.columns.create(header="team", field="", recorded_at=moment, recorded_by="system:test")
    send(hospital, post("001", team="Community"))
    assert "Community" in str(state_of(world.agency))


def test_more_rows_than_one_request_holds_are_refused(hospital):
    rows = [{"employee_ref": str(number), "last_name": "E", "start_date": None} for number in range(MOST_SENT + 1)]
    assert send(hospital, *rows).status_code == 422


@pytest.fixture
def unusual(hospital, bea):
    """Twenty posts, of which six would move; bea or her colleague may be the second person."""
    RoleGrantFactory(user__email="bob@svh.example", role_code="agency_hr", agency=bea.grants.get().agency)
    send(hospital, *many(20))
    mail.outbox.clear()
    moved = [one | ({"team": "Elsewhere"} if number < 6 else {}) for number, one in enumerate(many(20))]
    return lambda: send(hospital, *moved, key="unusual")


def test_an_unusual_roster_waits_for_a_second_person(unusual, hospital, world, bea):
    before = state_of(world.agency)
    answer = unusual()
    assert (answer.status_code, answer.json()["state"]) == (202, "waiting for approval")
    assert "6 of 2" in answer.json()["detail"]
    assert state_of(world.agency) == before
    assert [(each.to, each.subject) for each in mail.outbox] == [
        ([bea.email], "Learning: something waits for you"),
        (["bob@svh.example"], "Learning: something waits for you"),
    ]


def test_sending_it_again_neither_applies_it_nor_writes_again(unusual, world):
    before, first = state_of(world.agency), unusual().json()
    again = unusual()
    assert (again.status_code, again.json()) == (202, first)
    assert state_of(world.agency) == before
    assert len(mail.outbox) == 2


def test_who_runs_the_roster_alone_is_not_the_second_person_of_the_program(unusual, world, bea, client, day, moment):
    RoleGrant.objects.filter(user__email="bob@svh.example").delete()
    waits = RosterImport.objects.get(uid=unusual().json()["roster"])
    assert mail.outbox == []
    with pytest.raises(OwnFile):
        approve_import(waits, access=access_of(bea, on=day), on=day, at=moment, shown=waits.digest)
    client.force_login(bea)
    assert (
        "you are the only one who looks after the roster"
        in client.get(f"/agency/SVH/roster/{waits.uid}/").content.decode()
    )
    cora = RoleGrantFactory(role_code="partnership_coordinator", partnership=world.partnership).user
    assert waiting_outside(access_of(cora, on=day), on=day, at=moment) == [waits]
    assert (
        approve_import(waits, access=access_of(cora, on=day), on=day, at=moment, shown=waits.digest).approved_by
        == f"user:{cora.uid}"
    )


def test_who_made_the_token_is_not_the_second_person_of_the_program(unusual, bea, day, moment):
    AgencyToken.objects.update(recorded_by=f"user:{bea.uid}")
    waits = RosterImport.objects.get(uid=unusual().json()["roster"])
    assert [each.to for each in mail.outbox] == [["bob@svh.example"]]
    with pytest.raises(OwnFile):
        approve_import(waits, access=access_of(bea, on=day), on=day, at=moment, shown=waits.digest)
    bob = RoleGrant.objects.get(user__email="bob@svh.example").user
    assert (
        approve_import(waits, access=access_of(bob, on=day), on=day, at=moment, shown=waits.digest).approved_at
        == moment
    )


def test_no_word_of_the_programs_stands_for_the_second_person(unusual, hospital, world):
    before = state_of(world.agency)
    moved = [one | {"team": "Elsewhere"} for one in many(20)]
    answer = send(hospital, *moved, key="k9", leavers_are_right=True)
    assert (answer.status_code, answer.json()["state"]) == (202, "waiting for approval")
    assert state_of(world.agency) == before


def test_once_approved_and_applied_on_hrs_pages_the_program_is_told(unusual, hospital, client, bea, day, moment):
    uid = unusual().json()["roster"]
    waits = RosterImport.objects.get(uid=uid)
    approve_import(waits, access=access_of(bea, on=day), on=day, at=moment, shown=waits.digest)
    assert hospital.get(f"rosters/{uid}").json()["detail"] == "It is approved, and waits to be applied on HR's pages."
    client.force_login(bea)
    client.post(f"/agency/SVH/roster/{uid}/apply/", {"shown": waits.digest})
    assert hospital.get(f"rosters/{uid}").json()["state"] == "applied"
    assert unusual().status_code == 200


def test_the_neighbour_and_hrs_own_files_are_not_there(unusual, hospital, neighbour):
    uid = unusual().json()["roster"]
    assert neighbour.get(f"rosters/{uid}").status_code == 404
    RosterImport.objects.filter(uid=uid).update(staged_by="user:somebody")
    assert hospital.get(f"rosters/{uid}").status_code == 404


def test_a_small_agencys_leavers_are_confirmed_by_the_sender(neighbour, world):
    send(neighbour, *many(4))
    waits = send(neighbour, *many(2), key="k2", is_full=True)
    assert (waits.status_code, waits.json()["state"]) == (202, "waiting for confirmation")
    done = send(neighbour, *many(2), key="k3", is_full=True, leavers_are_right=True).json()
    assert done["state"] == "applied"
    gone = [row for row in done["rows"] if row["kind"] == "left"]
    assert {row["row"] for row in gone} == {None}
    assert {"002", "003"} <= {row["employee_ref"] for row in gone}


def test_a_request_without_a_key_is_refused(hospital):
    answer = send(hospital, post("001"), key=None)
    assert (answer.status_code, answer.json()["problems"][0]["where"]) == (422, "header.idempotency_key")


def test_a_failure_on_the_way_leaves_nothing_and_the_key_free(hospital, world, monkeypatch):
    before = state_of(world.agency)
    with monkeypatch.context() as patch:
        patch.setattr("training.people.roster.apply.audit.record", _fail)
        hospital.client.raise_request_exception = False
        assert send(hospital, post("001")).status_code == 500
    assert (state_of(world.agency), RosterImport.objects.count()) == (before, 0)
    assert send(hospital, post("001")).status_code == 200


def _fail(*args, **more):
    raise RuntimeError("the disk is full")


def test_somebody_from_outside_is_the_second_where_nobody_else_is(hospital, world, day, moment):
    """The coordinator, who sees counts alone."""
    cora = RoleGrantFactory(role_code="partnership_coordinator", partnership=world.partnership).user
    send(hospital, *many(20))
    uid = send(hospital, *[one | {"team": "Elsewhere"} for one in many(20)], key="k2").json()["roster"]
    assert [str(each.uid) for each in waiting_outside(access_of(cora, on=day), on=day, at=moment)] == [uid]
