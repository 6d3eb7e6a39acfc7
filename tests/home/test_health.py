"""What load balancers and alarms are told."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from home import health
from training.notices import services


@pytest.fixture
def beating(db):
    services.beat("worker", at=timezone.now())


def test_the_process_answers_without_a_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_the_site_is_ready_when_all_is_there(client, beating):
    response = client.get("/readyz")
    everything = {"database": True, "migrations": True, "worker": True, "storage": True}
    assert (response.status_code, response.json()) == (200, {"status": "ready", "checks": everything})


def test_without_a_worker_the_site_is_not_ready(client, db):
    services.beat("worker", at=timezone.now() - timedelta(minutes=2, seconds=5))
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"] == {"database": True, "migrations": True, "worker": False, "storage": True}


def test_with_a_migration_waiting_the_site_is_not_ready(client, beating, monkeypatch):
    health._no_migration_is_waiting.cache_clear()
    monkeypatch.setattr("django.db.migrations.executor.MigrationExecutor.migration_plan", lambda *_: ["one"])
    response = client.get("/readyz")
    assert (response.status_code, response.json()["checks"]["migrations"]) == (503, False)
    monkeypatch.undo()
    assert client.get("/readyz").status_code == 200


def test_without_storage_the_site_is_not_ready(client, beating, settings, tmp_path):
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    response = client.get("/readyz")
    assert (response.status_code, response.json()["checks"]["storage"]) == (503, False)


def test_without_a_database_the_site_says_so_and_no_more(client, beating, monkeypatch):
    class Down:
        def cursor(self):
            raise DatabaseError("could not connect to db.internal as trainer")

    monkeypatch.setattr(health, "connection", Down())
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"] == {"database": False, "migrations": False, "worker": False, "storage": True}
    assert b"internal" not in response.content


def test_answers_about_health_are_never_kept(client, beating):
    assert "no-store" in client.get("/readyz")["Cache-Control"]
