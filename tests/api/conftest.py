"""A program of the hospital, and one of the neighbour."""

import json
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from training.access.actor import Actor
from training.people.models import Agency
from training.people.tokens import make_token


@dataclass
class Program:
    """Calls the API with an agency's token."""

    client: Client
    token: str

    def get(self, path: str, **query):
        return self.client.get(f"/api/v1/{path}", query, headers={"authorization": f"Bearer {self.token}"})

    def post(self, path: str, body, *, key: str | None = "key-1"):
        headers = {"authorization": f"Bearer {self.token}"} | ({"idempotency-key": key} if key else {})
        sent = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.client.post(f"/api/v1/{path}", sent, content_type="application/json", headers=headers)


@pytest.fixture(autouse=True)
def clock(monkeypatch, moment, day):
    """It is the moment of the tests, and nobody has called yet."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    monkeypatch.setattr("training.people.api.today", lambda: day)
    cache.clear()


@pytest.fixture
def program_of(client, day, moment):
    def program(agency: Agency, *, ends_on: date | None = None) -> Program:
        chosen = {"label": "HR system", "ends_on": ends_on or day + timedelta(days=30)}
        raw = make_token(agency, on=day - timedelta(days=60), by=Actor.system("test"), at=moment, **chosen)
        return Program(client, raw)

    return program


@pytest.fixture
def hospital(world, program_of) -> Program:
    return program_of(world.agency)


@pytest.fixture
def neighbour(world, program_of) -> Program:
    return program_of(world.neighbour)
