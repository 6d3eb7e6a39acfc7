"""The ledger and the audit only ever grow; the chain names what was changed underneath it."""

import json
from datetime import date, datetime

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from tests.factories import ModuleFactory, completion
from training.access.actor import Actor
from training.access.clock import LONDON
from training.audit.append_only import close, open_again
from training.audit.models import AuditEvent
from training.ledger import services as ledger
from training.ledger.models import Completion, Entry
from training.ledger.verify import verify

ALL = Entry.objects.everywhere(reason="test")


@pytest.fixture
def three(amira):
    """Three completions of amira's."""
    return [completion(amira, ModuleFactory(code=code)) for code in ("DA-A1", "DA-B1", "DA-S3")]


@pytest.mark.parametrize("table", ["ledger_entry", "audit_auditevent"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_refuses_to_change_or_delete(three, table, sql):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table))


def tamper(sql, *values):
    """Change the table underneath the ledger, as somebody with the database's keys could."""
    open_again(connection, "ledger_entry")
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    close(connection, "ledger_entry")


def test_an_untouched_ledger_is_intact(three, world):
    verdict = verify(world.partnership)
    assert (verdict.is_intact, verdict.entries) == (True, 3)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("completed_on", "2026-03-03"),
        ("method", "event"),
        ("evidence", "x"),
        ("module_title", "Another"),
        ("role_group_code", "GP"),
        ("recorded_by", "user:x"),
        ("idempotency_key", "x"),
    ],
)
def test_an_altered_entry_is_named(three, world, column, value):
    tamper(f"UPDATE ledger_entry SET {column} = %s WHERE number = 2", value)
    verdict = verify(world.partnership)
    assert [(found.number, found.what) for found in verdict.breaks] == [(2, "its content is not what was recorded")]


def test_a_dropped_entry_is_named(three, world):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_announcement")
    tamper("DELETE FROM ledger_entry WHERE number = 2")
    assert [found.what for found in verify(world.partnership).breaks] == ["entry 2 is missing before this one"]


def test_a_cut_tail_is_noticed(three, world):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_announcement")
    tamper("DELETE FROM ledger_entry WHERE number = 3")
    assert [found.what for found in verify(world.partnership).breaks] == ["the chain should end at entry 3"]


def test_swapped_people_are_noticed(three, world, bea):
    from tests.factories import PersonFactory

    tamper("UPDATE ledger_entry SET person_id = %s WHERE number = 1", PersonFactory().pk)
    assert [found.number for found in verify(world.partnership).breaks] == [1]


def test_the_command_exits_one_and_names_the_entry(three, world, capsys):
    tamper("UPDATE ledger_entry SET evidence = 'x' WHERE number = 3")
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_ledger", "--json")
    assert stopped.value.code == 1
    (verdict,) = json.loads(capsys.readouterr().out)
    assert verdict["breaks"][0]["entry_uid"] == str(ALL.get(number=3).uid)


def test_the_same_key_writes_once(amira):
    first = completion(amira, key="attempt:1")
    assert completion(amira, key="attempt:1") == first
    assert ALL.count() == 1


def test_the_same_key_with_another_content_is_refused(amira):
    completion(amira, key="attempt:1")
    with pytest.raises(ledger.OtherContent):
        completion(amira, key="attempt:1", on=date(2026, 3, 3))
    assert ALL.count() == 1


def test_a_completion_keeps_where_and_what_one_was_then(amira, world):
    entry = completion(amira)
    assert (entry.agency, entry.agency_title) == (world.agency, "Severn Vale Hospitals")
    assert (entry.role_group_code, entry.role_group_title) == ("MIDWIFE", "Midwife")


def test_a_void_takes_a_completion_out_from_then_on(amira, moment):
    entry = completion(amira)
    ledger.void_completion(entry, reason="Recorded for the wrong person", by=Actor.system("test"), at=moment)
    everyone = Completion.objects.everywhere(reason="test")
    assert list(everyone.standing()) == []
    assert list(everyone.known_at(entry.recorded_at)) == [entry]


def test_a_completion_is_voided_once(amira, moment):
    entry = completion(amira)
    by = Actor.system("test")
    ledger.void_completion(entry, reason="Mistake", by=by, at=moment)
    with pytest.raises(ledger.AlreadyVoided):
        ledger.void_completion(entry, reason="Mistake", by=by, at=moment)


def test_a_completion_is_revoked_from_a_day_once(amira, moment):
    entry = completion(amira)
    revoke = {"effective_on": date(2026, 5, 1), "reason": "Withdrawn", "by": Actor.system("test"), "at": moment}
    ledger.revoke_completion(entry, **revoke)
    with pytest.raises(ledger.AlreadyRevoked):
        ledger.revoke_completion(entry, **revoke)


def test_what_never_happened_cannot_be_revoked(amira, moment):
    entry, by = completion(amira), Actor.system("test")
    ledger.void_completion(entry, reason="Mistake", by=by, at=moment)
    with pytest.raises(ledger.AlreadyVoided):
        ledger.revoke_completion(entry, effective_on=date(2026, 5, 1), reason="Withdrawn", by=by, at=moment)


def test_only_a_completion_can_be_voided_or_revoked(amira, moment):
    entry, by = completion(amira), Actor.system("test")
    revocation = ledger.revoke_completion(entry, effective_on=date(2026, 5, 1), reason="Withdrawn", by=by, at=moment)
    with pytest.raises(ledger.LedgerError, match="Only a completion"):
        ledger.void_completion(revocation, reason="Mistake", by=by, at=moment)
    assert ALL.count() == 2


def test_the_chain_holds_whatever_zone_the_moment_was_told_in(amira, world):
    completion(amira, at=datetime(2026, 7, 2, 9, 30, tzinfo=LONDON))
    assert verify(world.partnership).is_intact


def test_a_void_needs_a_reason(amira, moment):
    entry = completion(amira)
    with pytest.raises(ledger.LedgerError):
        ledger.void_completion(entry, reason="  ", by=Actor.system("test"), at=moment)


def test_a_completion_in_the_future_is_refused(amira, moment):
    with pytest.raises(ledger.LedgerError, match="yet to come"):
        completion(amira, on=date(2026, 11, 3), at=moment)


def test_recording_is_audited_in_the_same_transaction(amira):
    completion(amira)
    assert [event.verb for event in AuditEvent.objects.all()] == ["completions recorded"]


def test_news_that_a_room_cannot_take_holds_up_no_other(amira):
    from training.ledger.models import Announcement
    from training.ledger.signals import completion_recorded

    refused, told = completion(amira, ModuleFactory(code="DA-A1")), completion(amira, ModuleFactory(code="DA-B1"))
    heard = []

    def listen(sender, completion, **kwargs):
        if completion.pk == refused.pk:
            raise RuntimeError("cannot take it")
        heard.append(completion.pk)

    completion_recorded.connect(listen)
    try:
        ledger.announce()
    finally:
        completion_recorded.disconnect(listen)
    assert heard == [told.pk]
    assert [row.entry_id for row in Announcement.objects.all()] == [refused.pk]


def test_news_is_told_once_and_then_forgotten(amira):
    from training.ledger.models import Announcement

    completion(amira)
    assert Announcement.objects.count() == 1
    assert ledger.announce() == 1
    assert not Announcement.objects.exists()
    assert ledger.announce() == 0
