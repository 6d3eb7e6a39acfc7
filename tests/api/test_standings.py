"""A program reads its own agency's standings, page by page, and nobody else's."""

import pytest

from tests.strategy.cases import asked, done, employee_ref, staff
from training.audit.models import AuditEvent
from training.ledger.rebuild import rebuild_standings


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
    assert (found["total"], found["limit"], found["offset"]) == (3, 100, 0)
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


def test_pages_follow_on_without_gap_or_overlap(hospital, at_work):
    pages = [hospital.get("standings", limit=2, offset=offset).json()["rows"] for offset in (0, 2, 4)]
    assert [len(page) for page in pages] == [2, 1, 0]
    assert len({row["employee_ref"] for page in pages for row in page}) == 3


@pytest.mark.parametrize(
    "query",
    [{"limit": 0}, {"limit": 501}, {"offset": -1}, {"offset": 10**30}, {"limit": "many"}],
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
    with django_assert_num_queries(5):
        hospital.get("standings", limit=1)
    staff(world.agency, 3)
    rebuild_standings(at=moment)
    with django_assert_num_queries(5):
        hospital.get("standings")
