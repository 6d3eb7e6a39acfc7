"""Whoever says what records are of one person locks as decision 0014 has it: the table of it first, marks last of all."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.people.identity.conftest import AT, BY, record
from training.people.identity import claims
from training.people.identity.merge import join_records, merge_records, part_records
from training.people.identity.protect import protect_record
from training.people.identity.sharing import share
from training.people.models import Person, Sameness

JOINED = Sameness.Proof.ADDRESS


def written(work) -> list[str]:
    """The tables that are written, in order; without the audit's, to which rows are only added."""
    with CaptureQueriesContext(
        connection,
    ) as found:
        work()
    words = [query["sql"].replace('"', " ").split() for query in found]
    places = {"INSERT": 2, "UPDATE": 1, "DELETE": 2}
    tables = [each[places[each[0]]] for each in words if each[0] in places]
    return [table for table in tables if table != "audit_auditevent"]


@pytest.fixture
def nia(world) -> Person:
    """At the police, with a record at the hospital that she has joined and lets count."""
    own = record(world.neighbour, last_name="Now")
    join_records(own, record(world.agency, last_name="There"), proof=JOINED, by=BY, at=AT)
    own.refresh_from_db()
    share(own, world.agency, by=BY, at=AT)
    return own


@pytest.mark.parametrize("what", ["join", "merge", "part", "protect"])
def test_marks_come_last_and_once(world, nia, pair, what):
    hidden = record(world.agency, last_name="Hidden", role_group="MIDWIFE")
    protect_record(person=hidden, is_protected=True, by=BY, at=AT)
    hidden.refresh_from_db()
    said = Sameness.objects.everywhere(reason="test").get()
    work = {
        "join": lambda: join_records(nia, hidden, proof=JOINED, by=BY, at=AT),
        "merge": lambda: merge_records(world.agency, *pair, evidence=[], own=(), by=BY, at=AT),
        "part": lambda: part_records(said, by=BY, at=AT),
        "protect": lambda: protect_record(person=nia, is_protected=True, by=BY, at=AT),
    }
    tables = written(work[what])
    assert (tables[-1], tables.count("people_stalepost")) == ("people_stalepost", 1)
    assert "people_person" in tables


def test_the_table_is_locked_before_the_claimant(world, monkeypatch):
    order: list[str] = []
    monkeypatch.setattr(claims, "one_at_a_time", lambda: order.append("records"))
    monkeypatch.setattr(claims, "_count", lambda *_: order.append("claimant"))
    claims.join_signed_in(record(world.neighbour), record(world.agency), by=BY, at=AT)
    assert order == ["records", "claimant"]
