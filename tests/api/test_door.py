"""The API lets in tokens that hold, speaks plainly to others, and publishes what it is."""

from datetime import timedelta

import pytest
from django.conf import settings

from training.access.actor import Actor
from training.people.models import AgencyToken
from training.people.tokens import end_token

WORDS = "Send your agency's token as 'Authorization: Bearer tp_...'. It may have ended: ask for a new one."
DOORS = [("get", "coverage"), ("get", "standings"), ("post", "completions")]


@pytest.mark.parametrize(("method", "path"), DOORS)
@pytest.mark.parametrize("header", [None, "Bearer nonsense", "Bearer tp_nonsense", "Basic dXNlcjpwYXNz", "Bearer"])
def test_without_a_token_every_route_answers_401_in_words(client, world, method, path, header):
    headers = {"authorization": header} if header else {}
    answer = getattr(client, method)(f"/api/v1/{path}", headers=headers)
    assert (answer.status_code, answer.json()) == (401, {"detail": WORDS})
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
    assert hospital.get("staff/").status_code == 404


def test_too_many_requests_are_put_off(hospital):
    for _ in range(120):
        hospital.get("standings", limit=0)
    answer = hospital.get("standings")
    assert (answer.status_code, answer.json()) == (429, {"detail": "Too many requests. Wait a minute, then go on."})
    assert answer["Retry-After"] == "60"


def test_one_agencys_haste_does_not_hold_up_another(hospital, neighbour):
    for _ in range(121):
        hospital.get("standings", limit=0)
    assert neighbour.get("standings").status_code == 200


def test_the_day_a_token_was_used_is_kept(hospital, day):
    hospital.get("coverage")
    assert AgencyToken.objects.get().last_used_on == day


def test_anyone_may_read_what_the_api_is(client, db):
    document = client.get("/api/v1/openapi.json").json()
    assert sorted(document["paths"]) == ["/api/v1/completions", "/api/v1/coverage", "/api/v1/standings"]
    assert document["components"]["securitySchemes"] == {"AgencyBearer": {"type": "http", "scheme": "bearer"}}
    assert document["info"]["title"] == "Training Pathway"


def test_the_page_to_try_it_is_there_in_the_demo_alone(client, db):
    assert settings.IS_DEMO
    assert client.get("/api/v1/docs").status_code == 200
