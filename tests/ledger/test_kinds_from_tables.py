"""Hours and events as the tables hold them: the same meaning in standings and in coverage."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories import RequirementFactory, RequirementVersionFactory, TermFactory, completion
from tests.live import standings_of
from training.ledger.coverage_facts import coverage_facts, exclusion_of
from training.ledger.models import StandingStep
from training.ledger.rebuild import rebuild_standings
from training.ledger.verify import verify
from training.pathways.models import Trigger

ON = date(2026, 3, 2)
THEN = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def rule(amira_post):
    """Asked of Amira's role group, without a version."""
    return RequirementFactory(role_group=amira_post.terms.everywhere(reason="test").get().role_group)


def of(post, on=ON, known_at=None):
    """The post's one standing; None where there is none."""
    found = standings_of(post, on=on, known_at=known_at, attempts={})
    assert len(found) <= 1
    return found[0].standing if found else None


def as_counted(partnership, on=ON, known_at=None):
    """What coverage makes of the same facts: whether valid, why not counted."""
    facts = coverage_facts(partnership, on=on, known_at=known_at)
    return list(zip(facts.is_valid.tolist(), facts.exclusion.tolist(), strict=True))


def event(rule, happened_on, post=None, recorded_at=THEN):
    return Trigger.objects.create(
        requirement=rule,
        post=post,
        happened_on=happened_on,
        days_to_complete=28,
        recorded_at=recorded_at,
        recorded_by="system:test",
    )


def test_hours_come_from_the_modules_minutes_and_from_what_was_recorded(world, amira, amira_post, rule):
    said = {"kind": "rolling_hours", "rolling_hours": 3, "rolling_months": 12, "validity_months": None}
    RequirementVersionFactory(requirement=rule, **said)
    rule.module.minutes = 60
    rule.module.save()
    for number in range(2):
        completion(amira, rule.module, on=ON - timedelta(days=20 + number))
    assert not of(amira_post).is_valid
    completion(amira, rule.module, on=ON - timedelta(days=10))
    assert of(amira_post).is_valid
    assert as_counted(world.partnership) == [(True, exclusion_of(of(amira_post)))]
    assert of(amira_post).valid_until == date(2027, 2, 9)
    rule.module.minutes = 10
    rule.module.save()
    assert of(amira_post).is_valid, "how long the module takes now changes nothing that was recorded"


def test_recorded_hours_count_in_the_place_of_the_modules(world, amira, amira_post, rule):
    said = {"kind": "rolling_hours", "rolling_hours": 3, "rolling_months": 12, "validity_months": None}
    RequirementVersionFactory(requirement=rule, **said)
    completion(amira, rule.module, on=ON, minutes=180)
    assert of(amira_post).is_valid
    assert verify(world.partnership).is_intact


def test_an_event_asks_everybody_or_one_post_from_when_it_is_known(world, amira_post, rule):
    RequirementVersionFactory(requirement=rule, kind="triggered", validity_months=None)
    neighbour = TermFactory(post__employment__agency=world.agency, role_group=rule.role_group).post
    assert of(amira_post) is None
    event(rule, ON - timedelta(days=40), post=amira_post)
    assert [of(amira_post).state, of(neighbour)] == ["overdue", None]
    event(rule, ON - timedelta(days=10), recorded_at=THEN + timedelta(days=50))
    assert [of(amira_post).state, of(neighbour).state] == ["overdue", "not_started"]
    assert of(neighbour, known_at=THEN) is None
    counted = as_counted(world.partnership)
    assert sorted(counted) == sorted((False, exclusion_of(of(post))) for post in (amira_post, neighbour))


def test_an_event_is_met_by_training_since(world, amira, amira_post, rule):
    RequirementVersionFactory(requirement=rule, kind="triggered", validity_months=None)
    completion(amira, rule.module, on=ON - timedelta(days=41))
    event(rule, ON - timedelta(days=40))
    assert of(amira_post).state == "overdue"
    completion(amira, rule.module, on=ON)
    assert of(amira_post).state == "in_date"
    assert as_counted(world.partnership) == [(True, 0)]


@pytest.mark.parametrize("kind", ["rolling_hours", "triggered", "attendance"])
def test_the_read_table_tells_these_kinds_alike(world, amira, amira_post, rule, kind):
    numbers = {"rolling_hours": 3, "rolling_months": 12, "attendance_count": 2, "attendance_months": 12}
    said = {name: number for name, number in numbers.items() if name.startswith(kind.split("_")[0])}
    RequirementVersionFactory(requirement=rule, kind=kind, validity_months=None, **said)
    if kind == "triggered":
        event(rule, ON - timedelta(days=300))
    for days in (200, 100):
        completion(amira, rule.module, on=ON - timedelta(days=days), minutes=120)
    rebuild_standings(at=datetime(2026, 3, 2, 12, tzinfo=UTC))
    seen = set()
    for on in (ON - timedelta(days=number) for number in (320, 299, 270, 200, 150, 100, 0, -120, -200, -300)):
        step = StandingStep.objects.everywhere(reason="test").current_on(on).first()
        now = of(amira_post, on=on)
        assert (step and (step.state, step.is_valid, step.due_on)) == (now and (now.state, now.is_valid, now.due_on)), (
            on
        )
        seen.add(now and now.state)
    assert len(seen) > 2
