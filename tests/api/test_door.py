"""The API lets in tokens that hold, speaks plainly to others, and publishes what it is."""

from datetime import timedelta

import pytest
from django.conf import settings

from training.access.actor import Actor
from training.ledger.api import Answer, PersonsStandings, SentCompletion, Standings
from training.people.api import Problem
from training.people.models import AgencyToken
from training.people.problems import MEDIA_TYPE
from training.people.roster.api import Roster, SentPost, SentPosts
from training.people.tokens import end_token
from training.strategy.api import Coverage

WORDS = "Send your agency's token as 'Authorization: Bearer tp_...'. It may have ended: ask for a new one."
DOORS = [
    ("get", "coverage"),
    ("get", "standings"),
    ("get", "standings/00123"),
    ("get", "rosters/00000000-0000-0000-0000-000000000000"),
    ("post", "rosters"),
    ("post", "completions"),
]


@pytest.mark.parametrize(("method", "path"), DOORS)
@pytest.mark.parametrize("header", [None, "Bearer nonsense", "Bearer tp_nonsense", "Basic dXNlcjpwYXNz", "Bearer"])
def test_without_a_token_every_route_answers_401_in_words(client, world, method, path, header):
    headers = {"authorization": header} if header else {}
    answer = getattr(client, method)(f"/api/v1/{path}", headers=headers)
    said = {"type": "about:blank", "title": "Unauthorized", "status": 401, "detail": WORDS}
    assert (answer.status_code, answer["Content-Type"], answer.json()) == (401, MEDIA_TYPE, said)
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_token_past_its_last_day_is_refused(program_of, world, day):
    assert program_of(world.agency, ends_on=day).get("coverage").status_code == 200
    assert program_of(world.agency, ends_on=day - timedelta(days=1)).get("coverage").status_code == 401


def test_a_token_that_was_taken_back_is_refused_at_once(hospital, moment):
    assert hospital.get("coverage").status_code == 200
    end_token(AgencyToken.objects.get(), by=Actor.system("test"), at=moment)
    assert hospital.get("coverage").status_code == 401


def test_a_browsers_session_opens_nothing(client, bea):
    client.force_login(bea)
    assert client.get("/api/v1/standings").status_code == 401


def test_answers_are_kept_by_nobody(hospital):
    assert hospital.get("coverage")["Cache-Control"] == "no-store"


def test_an_address_that_is_none_is_not_there(hospital):
    answer = hospital.get("staff/")
    assert (answer.status_code, answer["Content-Type"], answer.json()["title"]) == (404, MEDIA_TYPE, "Not Found")
    assert "Content-Length" not in answer or int(answer["Content-Length"]) == len(answer.content)


def test_a_method_that_a_route_has_not_is_refused_as_a_problem(hospital):
    answer = hospital.post("coverage", {})
    assert (answer.status_code, answer["Content-Type"], answer["Allow"]) == (405, MEDIA_TYPE, "GET")
    assert answer.json()["detail"] == "This address does not answer to this method."


def test_a_body_that_is_no_json_is_a_problem(hospital):
    answer = hospital.post("completions", "{")
    assert (answer.status_code, answer["Content-Type"], answer.json()["status"]) == (400, MEDIA_TYPE, 400)


def test_a_body_larger_than_one_may_be_is_a_problem(hospital, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = hospital.post("completions", [{"employee_ref": "x" * 200}])
    assert (answer.status_code, answer["Content-Type"]) == (answer.json()["status"], MEDIA_TYPE)
    assert "8 MB" in answer.json()["detail"]


def test_a_fault_of_ours_is_a_problem_that_tells_nothing(hospital, monkeypatch):
    def fail(*args, **more):
        raise RuntimeError("a table is gone")

    monkeypatch.setattr("training.strategy.api.own_coverage", fail)
    hospital.client.raise_request_exception = False
    answer = hospital.get("coverage")
    assert (answer.status_code, answer["Content-Type"], answer.json()["status"]) == (500, MEDIA_TYPE, 500)
    assert "gone" not in answer.content.decode()


def test_pages_for_people_keep_their_own_errors(client, db):
    assert client.get("/no-such-page/")["Content-Type"].startswith("text/html")


def test_too_many_requests_are_put_off(hospital):
    for _ in range(120):
        hospital.get("standings", limit=0)
    answer = hospital.get("standings")
    assert (answer.status_code, answer["Content-Type"]) == (429, MEDIA_TYPE)
    assert answer.json()["detail"] == "Too many requests. Wait a minute, then go on."
    assert 0 < int(answer["Retry-After"]) <= 60


def test_one_agencys_haste_does_not_hold_up_another(hospital, neighbour):
    for _ in range(121):
        hospital.get("standings", limit=0)
    assert neighbour.get("standings").status_code == 200


def test_the_day_a_token_was_used_is_kept(hospital, day):
    hospital.get("coverage")
    assert AgencyToken.objects.get().last_used_on == day


def test_anyone_may_read_what_the_api_is(client, db):
    document = client.get("/api/v1/openapi.json").json()
    assert sorted(document["paths"]) == [
        "/api/v1/completions",
        "/api/v1/coverage",
        "/api/v1/rosters",
        "/api/v1/rosters/{uid}",
        "/api/v1/standings",
        "/api/v1/standings/{employee_ref}",
    ]
    assert document["components"]["securitySchemes"] == {"AgencyBearer": {"type": "http", "scheme": "bearer"}}
    assert document["info"]["title"] == "Training Pathway"


def test_the_document_says_of_every_error_what_it_looks_like(client, db):
    document = client.get("/api/v1/openapi.json").json()
    for path in document["paths"].values():
        for operation in path.values():
            errors = {status: said for status, said in operation["responses"].items() if int(status) >= 400}
            assert {"401", "422", "429"} <= errors.keys()
            assert {kind for said in errors.values() for kind in said["content"]} == {MEDIA_TYPE}


@pytest.mark.parametrize(
    "schema", [Problem, Standings, PersonsStandings, SentCompletion, SentPost, SentPosts, Roster, Coverage, Answer]
)
def test_the_examples_are_what_the_api_takes_and_gives(schema):
    example = schema.model_config["json_schema_extra"]["example"]
    assert schema.model_validate(example).model_dump(mode="json", exclude_unset=True) == example


def test_the_page_to_try_it_is_there_in_the_demo_alone(client, db):
    assert settings.IS_DEMO
    assert client.get("/api/v1/docs").status_code == 200
