"""Two windows that open one package at the same moment: one of them goes on, and neither fails.

On PostgreSQL alone, where each could hold its own launch and wait for the other's; SQLite has one writer at a time.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection

from courses.models import Attempt
from courses.packages.services import launch as launches
from tests.conftest import make_world
from tests.factories import PersonFactory
from tests.scratch import scratch_database
from training.access.actor import Actor

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """In place of the usual one, which is never committed to: a copy."""
    with django_db_blocker.unblock(), scratch_database("windows"):
        yield


@pytest.fixture
def world(db):
    """The world in that copy: the one made for a whole file is never committed."""
    return make_world()


def test_two_windows_opened_at_once_do_not_wait_for_each_other(db, course_of, moment, monkeypatch):
    course = course_of()
    begun = {"course": course, "edition": course.editions.get(), "started_at": moment}
    attempt = Attempt.objects.create(person=PersonFactory(), **begun)
    by, both, held = Actor("user", "u"), Barrier(2), launches.held
    tokens = [launches.open_launch(attempt, course.package, by=by, at=moment) for _ in range(2)]

    def held_by_both(token):
        found = held(token)
        with suppress(BrokenBarrierError):
            both.wait(timeout=0.5)
        return found

    def start(token):
        try:
            return launches.start_launch(token, at=moment).get("refused", "started")
        finally:
            connection.close()

    monkeypatch.setattr(launches, "held", held_by_both)
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(start, tokens)) == ["elsewhere", "started"]
