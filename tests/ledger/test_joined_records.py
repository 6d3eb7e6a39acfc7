"""Two records of one person where the earlier one's training counts for the other, by every way in which a standing is worked out."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from tests.factories import ModuleFactory, RequirementFactory, RequirementVersionFactory, TermFactory, completion
from tests.live import standings_of
from training.access.actor import Actor
from training.ledger.coverage_facts import coverage_facts
from training.ledger.models import StandingStep
from training.ledger.rebuild import rebuild_standings
from training.ledger.services import NewCompletion, OtherContent, record_completion
from training.people.identity.merge import join_records, merge_records, part_records
from training.people.models import Sameness

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
ON = AT.date()


def test_training_of_one_record_counts_for_a_post_of_the_other(world, amira, amira_post):
    rule = RequirementFactory(role_group=amira_post.terms.everywhere(reason="test").get().role_group)
    RequirementVersionFactory(requirement=rule)
    earlier = TermFactory(post__employment__agency=world.neighbour, role_group=rule.role_group).post
    completion(earlier.employment.person, rule.module, on=date(2025, 9, 1))
    join_records(amira, earlier.employment.person, proof=Sameness.Proof.ADDRESS, by=Actor.system("test"), at=AT)
    (found,) = standings_of(amira_post, on=ON)
    assert found.standing.is_valid
    rebuild_standings(at=AT)
    steps = StandingStep.objects.everywhere(reason="test").current_on(ON)
    assert {step.post_id: step.is_valid for step in steps} == {amira_post.pk: True, earlier.pk: True}
    facts = coverage_facts(world.partnership, on=ON)
    assert facts.is_valid.tolist() == [True, True]
    assert len(set(facts.person_id.tolist())) == 1, "counted once in the partnership"


def test_a_fact_sent_again_after_a_merge_is_the_same_fact(world):
    first, second, third = (TermFactory(post__employment__agency=world.agency).post.employment.person for _ in range(3))
    by = Actor.system("test")

    def send(person, key):
        return record_completion(sent(person=person, idempotency_key=key), by=by, at=AT)

    sent = partial(NewCompletion, module=ModuleFactory(), completed_on=ON, method="import")
    before = send(second, "LMS-1")
    said = merge_records(world.agency, first, second, evidence=["Same name"], own=(), by=by, at=AT)
    assert send(first, "LMS-1") == before
    later = send(first, "LMS-2")
    part_records(said, by=by, at=AT + timedelta(hours=1))
    assert send(second, "LMS-2") == later
    with pytest.raises(OtherContent):
        send(third, "LMS-2")
