"""Many completions in one batch: chained, found again by their keys, marked, and told of by the worker."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from tests.factories import ModuleFactory, PersonFactory, TermFactory, completion
from training.access.actor import Actor
from training.audit.models import AuditEvent
from training.ledger import services as ledger
from training.ledger.models import Announcement, ChainHead, Entry
from training.ledger.signals import completion_recorded
from training.ledger.verify import verify
from training.people.models import StalePost

BY = Actor.system("test")
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
MANY = 25


@pytest.fixture
def batch(world):
    """More completions than are told of at once, of people with a post and without one."""
    terms = [TermFactory(post__employment__agency=world.agency, role_group__code="MIDWIFE") for _ in range(5)]
    people = [term.post.employment.person for term in terms] + [PersonFactory()]
    module = ModuleFactory()
    return [
        ledger.NewCompletion(
            person=people[number % 6],
            module=module,
            completed_on=date(2025, 6, 1 + number % 28),
            method="import",
            idempotency_key=f"batch:{number}",
            agency=world.agency if number % 2 else None,
        )
        for number in range(MANY)
    ]


@pytest.fixture
def heard():
    """Every completion that other rooms are told of."""
    found = []

    def listen(sender, completion, **kwargs):
        found.append(completion.pk)

    completion_recorded.connect(listen)
    yield found
    completion_recorded.disconnect(listen)


def test_a_batch_is_chained_and_its_head_moved_once(batch, world):
    written = ledger.record_completions(batch, by=BY, at=AT)
    assert [each.number for each in written] == list(range(1, MANY + 1))
    verdict = verify(world.partnership)
    assert verdict.is_intact
    assert (verdict.entries, ChainHead.objects.get().number) == (MANY, MANY)
    assert AuditEvent.objects.filter(verb="completions recorded").count() == 1


def test_what_is_answered_is_what_stands_in_the_table(batch):
    for answer in ledger.record_completions(batch, by=BY, at=AT):
        row = Entry.objects.everywhere(reason="test").get(pk=answer.pk)
        assert {f.attname: getattr(row, f.attname) for f in Entry._meta.concrete_fields} == {
            f.attname: getattr(answer, f.attname) for f in Entry._meta.concrete_fields
        }


def test_a_batch_says_what_people_were_on_the_day(batch, world):
    rows = ledger.record_completions(batch, by=BY, at=AT)
    with_post, without = rows[0], rows[5]
    assert (with_post.agency_id, with_post.role_group_code) == (world.agency.pk, "MIDWIFE")
    assert (without.agency_title, without.role_group_code) == (world.agency.title, "")


def test_the_same_batch_again_writes_nothing(batch):
    first = ledger.record_completions(batch, by=BY, at=AT)
    again = ledger.record_completions([*batch, batch[0]], by=BY, at=AT)
    assert [each.pk for each in again] == [*(each.pk for each in first), first[0].pk]
    assert Entry.objects.everywhere(reason="test").count() == MANY


def test_a_key_with_another_content_refuses_the_whole_batch(batch):
    twice = [batch[1], ledger.NewCompletion(batch[2].person, batch[1].module, AT.date(), "import", "batch:1")]
    with pytest.raises(ledger.OtherContent):
        ledger.record_completions(twice, by=BY, at=AT)
    assert Entry.objects.everywhere(reason="test").count() == 0


def test_everybody_in_a_batch_is_marked_stale(batch):
    StalePost.objects.everywhere(reason="test").delete()
    ledger.record_completions(batch, by=BY, at=AT)
    assert StalePost.objects.everywhere(reason="test").filter(marked_at=AT).count() == 5


def test_what_was_learnt_online_is_told_before_a_file_of_thousands(batch, heard, amira):
    rows = ledger.record_completions(batch, by=BY, at=AT)
    online = completion(amira)
    ledger.announce()
    assert heard == [online.pk, *(row.pk for row in rows)]


def test_a_batch_is_told_of_by_the_worker(batch, heard):
    rows = ledger.record_completions(batch, by=BY, at=AT)
    assert heard == []
    assert ledger.announce() == len(rows)
    assert heard == [row.pk for row in rows]
    assert not Announcement.objects.exists()


def test_others_can_write_between_two_commits(batch, heard, monkeypatch):
    pauses = []
    monkeypatch.setattr(ledger, "HELD_SECONDS", -1)
    monkeypatch.setattr(ledger, "sleep", pauses.append)
    rows = ledger.record_completions(batch, by=BY, at=AT)
    assert ledger.announce() == len(rows)
    assert len(pauses) == (len(rows) - 1 if connection.vendor == "sqlite" else 0)
