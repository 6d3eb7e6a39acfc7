"""What cannot be right is listed for those who can mend it, and refused where it can be."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from tests.factories import DutyFactory, ModuleFactory, RequirementVersionFactory, TermFactory, completion
from tests.rules.test_pages import text
from training.access.actor import Actor
from training.ledger.models import StandingStep
from training.ledger.rebuild import refresh_standings
from training.pathways import services as pathways
from training.pathways.models import Exemption, Extension, PathwayVersion
from training.people.models import Term
from training.rules.exceptions import agency_exceptions, partnership_exceptions

BY = Actor.system("test")
EARLY = datetime(2020, 1, 1, tzinfo=UTC)


def whats(agency, day):
    return [(each.what, each.about) for each in agency_exceptions(agency, on=day)]


@pytest.fixture
def calm(world, rule, amira_post, day):
    """An agency where nothing is odd."""
    refresh_standings([amira_post.pk], at=EARLY)
    assert whats(world.agency, day) == []
    return world.agency


def test_a_completion_in_the_future(calm, rule, amira, day):
    completion(amira, rule.module, on=date(2027, 3, 1), at=datetime(2027, 3, 1, 12, tzinfo=UTC))
    assert whats(calm, day) == [("A completion in the future", "Amira Learner")]


def test_a_completion_of_long_ago(calm, rule, amira, day):
    completion(amira, rule.module, on=date(1996, 3, 1), at=datetime(2026, 3, 1, 12, tzinfo=UTC), method="import")
    assert whats(calm, day) == [("A completion of over twenty years ago", "Amira Learner")]


def test_done_online_before_the_pathway_began(calm, rule, amira, day):
    PathwayVersion.objects.create(pathway=rule.module.pathway, number=1, status="live", live_from=date(2026, 6, 1))
    completion(amira, rule.module, on=date(2026, 3, 1), method="online")
    completion(amira, ModuleFactory(code="DA-B1"), on=date(2026, 3, 1), method="import")
    assert whats(calm, day) == [("Done online before the pathway began", "Amira Learner")]


def test_due_before_it_was_asked(calm, amira_post, day):
    StandingStep.objects.within(calm).current_on(day).update(due_on=date(2024, 5, 1))
    assert whats(calm, day) == [("Due before it was asked", "Amira Learner")]


def test_due_more_than_twenty_years_ahead(calm, amira_post, day):
    StandingStep.objects.within(calm).current_on(day).update(due_on=date(2206, 5, 1))
    assert whats(calm, day) == [("Due more than twenty years ahead", "Amira Learner")]


@pytest.mark.parametrize("starts_on", [date(1899, 12, 30), date(2062, 1, 1)])
def test_a_post_with_days_that_cannot_be(calm, amira_post, day, starts_on):
    Term.objects.within(calm).update(starts_on=starts_on)
    refresh_standings([amira_post.pk], at=EARLY)
    assert ("A post with days that cannot be", "Amira Learner") in whats(calm, day)


def test_a_duty_that_begins_before_its_post(calm, amira_post, day):
    DutyFactory(post=amira_post, starts_on=date(2023, 1, 1))
    assert whats(calm, day) == [("A duty that begins before its post", "Amira Learner")]


def test_agreements_for_a_century(calm, rule, amira_post, day):
    said = {"post": amira_post, "module": rule.module, "recorded_at": EARLY, "recorded_by": "system:test"}
    Exemption.objects.create(starts_on=day, ends_on=date(2126, 1, 1), reason_code="agreed", **said)
    Extension.objects.create(due_on=date(2126, 1, 1), **said)
    assert [what for what, _ in whats(calm, day)] == [
        "Excused for over twenty years",
        "A due date of over twenty years ahead",
    ]


@pytest.mark.parametrize(
    "said",
    [
        {"basis": "fixed_date", "fixed_month": 3, "fixed_day": 31, "window_days": 60, "minimum_life_months": 0},
        {"basis": "fixed_date", "fixed_month": 2, "fixed_day": 30, "window_days": 0, "minimum_life_months": 3},
        {"validity_months": 900},
    ],
)
def test_a_rule_that_cannot_work(world, rule, said):
    assert partnership_exceptions(world.partnership) == []
    RequirementVersionFactory(requirement__module=ModuleFactory(code="DA-B1"), **said)
    assert [each.what for each in partnership_exceptions(world.partnership)] == ["A rule that cannot work"]


def test_an_event_that_starts_nothing(world, rule, moment):
    pathways.record_trigger(
        requirement=rule, event="panel", happened_on=date(2026, 11, 1), days_to_complete=30, by=BY, at=moment
    )
    assert [each.what for each in partnership_exceptions(world.partnership)] == ["An event that starts nothing"]


def test_the_doors_refuse_what_lies_too_far(rule, amira_post, moment):
    said = {"post": amira_post, "module": rule.module, "by": BY, "at": moment}
    with pytest.raises(pathways.PathwayError, match="twenty years"):
        pathways.extend(due_on=date(2206, 1, 1), **said)
    with pytest.raises(pathways.PathwayError, match="twenty years"):
        pathways.exempt(starts_on=date(2026, 1, 1), ends_on=date(2206, 1, 1), **said)
    with pytest.raises(pathways.PathwayError, match="twelve months"):
        event = {"event": "panel", "happened_on": date(2206, 1, 1), "days_to_complete": 9}
        pathways.record_trigger(requirement=rule, by=BY, at=moment, **event)


def test_a_neighbours_oddities_are_theirs(calm, world, rule, day):
    TermFactory(post__employment__agency=world.neighbour, starts_on=date(2062, 1, 1))
    assert whats(calm, day) == []
    assert len(whats(world.neighbour, day)) == 1


def test_the_pages_say_what_to_do(world, rule, amira_post, bea, kim, as_):
    assert "Nothing to put right." in text(as_(kim).get(reverse("rule-dates", args=["severnshire"])))
    Term.objects.within(world.agency).update(starts_on=date.today() + timedelta(days=3000))
    seen = text(as_(bea).get(reverse("agency-dates", args=["SVH"])))
    assert "Put it right in your staff records and load the roster again" in seen
