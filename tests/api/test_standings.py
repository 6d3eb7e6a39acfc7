"""A program reads its own agency's standings, page by page, and nobody else's."""

import pytest

from tests.factories import TermFactory
from tests.strategy.cases import asked, done, employee_ref, staff
from training.audit.models import AuditEvent
from training.ledger.rebuild import rebuild_standings
from training.people.models import Employment


@pytest.fixture
def at_work(world, moment):
    module = asked("DA-A1")
    hospital, police = staff(world.agency, 3), staff(world.neighbour, 2)
    done(hospital[:1], module)
    rebuild_standings(at=moment)
    return hospital, police


def test_a_row_says_who_by_reference_and_never_by_name(hospital, at_work):
    found = hospital.get("standings").json()
    ref = employee_ref(at_work[0][0])
    assert (len(found["rows"]), found["next"]) == (3, None)
    assert found["rows"][0] == {
        "employee_ref": ref,
        "assignment_ref": ref,
        "module": "DA-A1",
        "state": "in_date",
        "is_valid": True,
        "due_on": "2029-03-02",
        "valid_until": "2029-03-02",
    }
    text = hospital.get("standings").content.decode()
    assert not any(person.last_name in text or person.first_name in text for person in at_work[0])


def test_the_neighbours_token_sees_nothing_of_it(neighbour, at_work):
    mine = {employee_ref(person) for person in at_work[0]}
    found = {row["employee_ref"] for row in neighbour.get("standings").json()["rows"]}
    assert found == {employee_ref(person) for person in at_work[1]}
    assert not found & mine


def pages_of(program, *, limit: int, between=lambda: None) -> list[list[str]]:
    """Every page's references, with something happening after each."""
    pages, cursor = [], ""
    while cursor is not None:
        found = program.get("standings", limit=limit, cursor=cursor).json()
        pages.append([row["employee_ref"] for row in found["rows"]])
        cursor = found["next"]
        between()
    return pages


def test_pages_follow_on_without_gap_or_overlap(hospital, at_work):
    refs = [employee_ref(person) for person in at_work[0]]
    assert pages_of(hospital, limit=2) == [refs[:2], refs[2:]]
    assert pages_of(hospital, limit=3) == [refs]


def test_pages_hold_while_posts_come_and_standings_are_worked_out_anew(hospital, at_work, world, moment):
    refs = [employee_ref(person) for person in at_work[0]]
    come = []

    def between():
        if len(come) < 2:
            come.extend(staff(world.agency, 1))
        rebuild_standings(at=moment)

    seen = [ref for page in pages_of(hospital, limit=1, between=between) for ref in page]
    assert seen == refs + [employee_ref(person) for person in come]


@pytest.mark.parametrize("bend", [lambda it: it + "x", lambda it: it[::-1], lambda _: "1", lambda _: "\x00"])
def test_a_cursor_that_was_bent_is_refused_in_words(hospital, at_work, bend):
    cursor = hospital.get("standings", limit=1).json()["next"]
    answer = hospital.get("standings", cursor=bend(cursor))
    said = "This cursor is not one that was given to you. Begin without one."
    assert (answer.status_code, answer.json()["detail"]) == (422, said)


def test_the_neighbours_cursor_is_refused(hospital, neighbour, at_work):
    cursor = neighbour.get("standings", limit=1).json()["next"]
    assert hospital.get("standings", cursor=cursor).status_code == 422
    assert neighbour.get("standings", cursor=cursor).status_code == 200


def test_one_person_is_found_by_reference(hospital, at_work):
    ref = employee_ref(at_work[0][0])
    found = hospital.get(f"standings/{ref}").json()
    assert (found["employee_ref"], [row["state"] for row in found["rows"]]) == (ref, ["in_date"])
    event = AuditEvent.objects.get(verb="standings read")
    assert (event.object_kind, event.detail) == ("employment", {"rows": 1})


def test_a_reference_may_hold_what_an_address_parts_by(hospital, world, at_work):
    mine = Employment.objects.within(world.agency).filter(person=at_work[0][0])
    mine.update(employee_ref="A/12 b")
    assert hospital.get("standings/A%2F12%20b").json()["employee_ref"] == "A/12 b"


def test_somebody_elses_staff_and_nobody_at_all_are_answered_alike(hospital, at_work):
    theirs = hospital.get(f"standings/{employee_ref(at_work[1][0])}")
    nobody = hospital.get("standings/no-such")
    assert (theirs.status_code, theirs.json()) == (nobody.status_code, nobody.json())
    assert theirs.status_code == 404


def test_a_person_of_two_agencies_shows_each_its_own_posts(hospital, neighbour, world, at_work, moment):
    second = TermFactory(
        post__employment__agency=world.neighbour,
        post__employment__person=at_work[0][0],
        role_group__code="OFFICE",
    ).post
    rebuild_standings(at=moment)
    refs = {
        row["assignment_ref"] for row in neighbour.get(f"standings/{second.employment.employee_ref}").json()["rows"]
    }
    assert refs == {second.assignment_ref}
    assert hospital.get(f"standings/{second.employment.employee_ref}").status_code == 404


def test_a_reference_that_no_roster_can_hold_is_refused(hospital, at_work):
    assert hospital.get("standings/a%00b").status_code == 422


@pytest.mark.parametrize(
    "query",
    [{"limit": 0}, {"limit": 501}, {"cursor": "x" * 301}, {"limit": "many"}],
)
def test_a_page_that_cannot_be_is_refused_in_words(hospital, at_work, query):
    answer = hospital.get("standings", **query)
    assert answer.status_code == 422
    assert answer.json()["detail"] == "This was not understood, and nothing was done."
    assert [problem["where"] for problem in answer.json()["problems"]] == [f"query.{next(iter(query))}"]


def test_reading_is_audited(hospital, at_work, world):
    hospital.get("standings")
    event = AuditEvent.objects.get(verb="standings read")
    assert (event.agency_code, event.detail, event.actor.split(":")[0]) == ("SVH", {"rows": 3}, "token")


def test_a_page_takes_the_same_queries_however_many_rows(hospital, at_work, world, moment, django_assert_num_queries):
    hospital.get("standings")
    with django_assert_num_queries(4):
        hospital.get("standings", limit=1)
    staff(world.agency, 3)
    rebuild_standings(at=moment)
    with django_assert_num_queries(4):
        hospital.get("standings")
