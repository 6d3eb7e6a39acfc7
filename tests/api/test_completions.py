"""A program puts completions into the ledger: all of a request or none, once, and for its own staff alone."""

from datetime import date

import pytest

from tests.factories import MembershipFactory, ModuleFactory, PartnershipFactory, PathwayFactory
from tests.strategy.cases import asked, employee_ref, staff
from training.audit.models import AuditEvent
from training.ledger.models import Completion, Entry
from training.people.models import Term


@pytest.fixture
def module(world):
    return asked("DA-A1")


@pytest.fixture
def refs(world, module) -> list[str]:
    """Three of the hospital's employee references."""
    return [employee_ref(person) for person in staff(world.agency, 3)]


@pytest.fixture
def theirs(world, module) -> str:
    """One of the neighbour's."""
    return employee_ref(staff(world.neighbour, 1)[0])


def row(ref: str, **more) -> dict:
    return {"employee_ref": ref, "module": "DA-A1", "completed_on": "2026-10-05"} | more


def completions():
    return Completion.objects.everywhere(reason="test")


def test_completions_are_recorded_with_what_was_said(hospital, refs, world):
    answer = hospital.post("completions", [row(refs[0], evidence="Certificate seen", reference="LMS-1"), row(refs[1])])
    assert answer.status_code == 200
    assert [each["state"] for each in answer.json()["rows"]] == ["recorded", "recorded"]
    first = completions().get(uid=answer.json()["rows"][0]["completion"])
    assert (first.method, first.source, first.evidence, first.agency) == (
        "import",
        "LMS-1",
        "Certificate seen",
        world.agency,
    )
    assert employee_ref(first.person) == refs[0]
    assert first.recorded_by.startswith("token:")


def test_the_same_request_again_does_nothing_twice(hospital, refs):
    first = hospital.post("completions", [row(refs[0])])
    again = hospital.post("completions", [row(refs[0])])
    assert again.json() == first.json()
    assert completions().count() == 1


def test_another_body_under_the_key_is_refused(hospital, refs):
    hospital.post("completions", [row(refs[0])])
    answer = hospital.post("completions", [row(refs[1])])
    assert answer.status_code == 409
    assert answer.json()["detail"].startswith("This Idempotency-Key came before with another body.")
    assert completions().count() == 1


def test_a_reference_means_one_completion_whoever_sends_it_again(hospital, refs):
    hospital.post("completions", [row(refs[0], reference="LMS-1")], key="k1")
    answer = hospital.post("completions", [row(refs[0], reference="LMS-1"), row(refs[1])], key="k2").json()
    assert (answer["recorded"], [each["state"] for each in answer["rows"]]) == (1, ["already recorded", "recorded"])


def test_one_fact_is_recorded_once_under_whatever_references(hospital, refs):
    first = hospital.post("completions", [row(refs[0], reference="LMS-1")], key="k1").json()
    rows = [row(refs[0], reference="LMS-2"), row(refs[1], reference="LMS-3"), row(refs[1], reference="LMS-4")]
    answer = hospital.post("completions", rows, key="k2").json()
    states = [each["state"] for each in answer["rows"]]
    assert (answer["recorded"], states) == (1, ["already recorded", "recorded", "already recorded"])
    assert answer["rows"][0]["completion"] == first["rows"][0]["completion"]
    assert answer["rows"][1]["completion"] == answer["rows"][2]["completion"]
    assert completions().count() == 2


@pytest.mark.parametrize("other", [0, 1])
def test_a_reference_twice_in_one_request_refuses_the_whole(hospital, refs, other):
    answer = hospital.post(
        "completions", [row(refs[0], reference="LMS-1"), row(refs[2]), row(refs[other], reference="LMS-1")]
    )
    said = "Another row of this request has the same reference."
    assert (answer.status_code, answer.json()["problems"]) == (
        422,
        [{"row": 1, "what": said}, {"row": 3, "what": said}],
    )
    assert completions().count() == 0


def test_a_reference_for_another_completion_is_refused_whole(hospital, refs):
    hospital.post("completions", [row(refs[0], reference="LMS-1")], key="k1")
    answer = hospital.post("completions", [row(refs[2]), row(refs[1], reference="LMS-1")], key="k2")
    assert answer.status_code == 409
    assert completions().count() == 1


def test_one_row_of_somebody_elses_staff_refuses_the_whole(hospital, refs, theirs):
    answer = hospital.post("completions", [row(refs[0]), row(theirs)])
    assert (answer.status_code, answer.json()) == (
        404,
        {
            "type": "about:blank",
            "title": "Not Found",
            "status": 404,
            "detail": "Nothing was recorded.",
            "problems": [{"row": 2, "what": "Nobody on your roster has this employee reference."}],
        },
    )
    assert Entry.objects.everywhere(reason="test").count() == 0


def test_somebody_elses_staff_and_nobody_at_all_are_answered_alike(hospital, refs, theirs):
    one = hospital.post("completions", [row(theirs)], key="k1")
    none = hospital.post("completions", [row("no-such")], key="k2")
    assert (one.status_code, one.json()) == (none.status_code, none.json())


@pytest.mark.parametrize("on", ["2026-09-30", "2026-11-01"])
def test_a_day_on_which_they_had_no_post_refuses_the_whole(hospital, refs, on):
    """Before they came, and after they left."""
    mine = Term.objects.everywhere(reason="test").filter(post__employment__employee_ref=refs[1])
    mine.update(starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 31))
    answer = hospital.post("completions", [row(refs[0]), row(refs[1], completed_on=on)])
    assert (answer.status_code, answer.json()["problems"]) == (
        404,
        [{"row": 2, "what": "They had no post with you on the day of completion, by your roster."}],
    )
    assert completions().count() == 0
    assert hospital.post("completions", [row(refs[1], completed_on="2026-10-31")], key="k2").status_code == 200


def test_a_refused_request_can_be_sent_again_mended(hospital, refs, theirs):
    hospital.post("completions", [row(theirs)])
    assert hospital.post("completions", [row(refs[0])]).status_code == 200


def test_a_module_of_another_partnership_is_none_of_theirs(hospital, refs):
    other = PathwayFactory(partnership=PartnershipFactory(code="elsewhere"))
    ModuleFactory(pathway=other, code="DA-Z1")
    answer = hospital.post("completions", [row(refs[0], module="DA-Z1")])
    assert (answer.status_code, answer.json()["problems"]) == (
        422,
        [{"row": 1, "what": "There is no such module in your pathway."}],
    )


def test_a_code_that_two_partnerships_use_is_not_guessed(hospital, refs, world):
    other = PathwayFactory(partnership=PartnershipFactory(code="elsewhere"))
    ModuleFactory(pathway=other, code="DA-A1")
    MembershipFactory(partnership=other.partnership, agency=world.agency)
    answer = hospital.post("completions", [row(refs[0])])
    assert answer.json()["problems"] == [{"row": 1, "what": "Two of your partnerships have a module with this code."}]


def test_a_day_to_come_is_refused(hospital, refs):
    answer = hospital.post("completions", [row(refs[0], completed_on="2026-11-03")])
    assert answer.status_code == 422
    assert answer.json()["detail"].endswith("Nothing was recorded.")


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"completed_on": "soon"}, "completed_on"),
        ({"completed_on": "1066-10-14"}, "completed_on"),
        ({"employee_ref": ""}, "employee_ref"),
        ({"employee_ref": "a\x00b"}, "employee_ref"),
        ({"evidence": "x" * 301}, "evidence"),
        ({"module": None}, "module"),
    ],
)
def test_a_row_that_is_not_understood_is_named(hospital, refs, change, where):
    answer = hospital.post("completions", [row(refs[0]), row(refs[1]) | change])
    assert answer.status_code == 422
    assert [problem["where"] for problem in answer.json()["problems"]] == [f"body.rows.1.{where}"]
    assert completions().count() == 0


@pytest.mark.parametrize("body", ["", "{", "[]", "{}", "null", "[1]", b"\xff\xfe", "[" * 2000])
def test_a_body_that_is_no_list_of_rows_is_refused(hospital, refs, body):
    assert hospital.post("completions", body).status_code in (400, 422)
    assert completions().count() == 0


def test_a_request_without_a_key_is_refused(hospital, refs):
    answer = hospital.post("completions", [row(refs[0])], key=None)
    assert (answer.status_code, answer.json()["problems"][0]["where"]) == (422, "header.idempotency_key")


def test_more_rows_than_one_request_holds_are_refused(hospital, refs):
    assert hospital.post("completions", [row(refs[0])] * 501).status_code == 422


def test_sending_is_audited_with_the_facts(hospital, refs):
    hospital.post("completions", [row(refs[0])])
    event = AuditEvent.objects.get(verb="completions sent")
    assert (event.agency_code, event.detail) == ("SVH", {"rows": 1})


def test_many_rows_take_no_more_queries_than_few(hospital, refs, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        hospital.post("completions", [row(ref) for ref in refs])


def test_a_field_that_nobody_knows_is_refused_and_nothing_recorded(hospital, refs):
    answer = hospital.post("completions", [row(refs[0]) | {"score": 90}])
    assert (answer.status_code, completions().count()) == (422, 0)
    assert "score" in answer.content.decode()
