"""A database that is really committed to, kept as safely as in production."""

import pytest
from django.db import connection

from tests.scratch import scratch_database
from training.settings.database import database


@pytest.fixture
def db(django_db_setup, django_db_blocker, monkeypatch, tmp_path):
    """In place of the usual one, which is never committed to: a copy."""
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connection.settings_dict, "OPTIONS", database("", tmp_path)["OPTIONS"])
    with django_db_blocker.unblock(), scratch_database("faults"):
        yield
