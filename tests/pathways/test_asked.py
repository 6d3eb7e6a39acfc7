"""What somebody asks for and waits to hear about: more time, and an agency that would ask less."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories import ModuleFactory, RequirementVersionFactory, RoleGroupFactory, TermFactory
from training.access.actor import Actor
from training.audit.models import AuditEvent
from training.pathways import services as pathways
from training.pathways.models import Exemption, Extension, ExtensionRequest, RuleProposal, Trigger
from training.people.models import Post, StalePost

BY = Actor.system("test")
AT = datetime(2026, 11, 2, 12, tzinfo=UTC)
LATER = AT + timedelta(days=3)
SAID = {"by": BY, "at": AT}
WISHED = date(2026, 12, 1)


@pytest.fixture
def rule(world):
    """Midwives do DA-A1 within 56 days; it is good for 36 months."""
    return RequirementVersionFactory(requirement__role_group=RoleGroupFactory(code="MIDWIFE")).requirement


@pytest.fixture
def asked(amira_post):
    """Amira asks for more time, and says that no time was released."""
    return pathways.ask_for_time(
        post=amira_post, module=ModuleFactory(), wished_on=WISHED, reason_code="no_time", **SAID
    )


def requests():
    return list(
        ExtensionRequest.objects.everywhere(reason="test").values_list("state", "reason_code", "wished_on", "due_on")
    )


def extensions():
    return list(Extension.objects.everywhere(reason="test").values_list("due_on", flat=True))


def test_a_request_waits_with_its_reason_and_moves_nothing(asked):
    assert requests() == [("waiting", "no_time", WISHED, None)]
    assert extensions() == []


def test_a_second_request_waits_for_the_first(asked):
    with pytest.raises(pathways.PathwayError, match="waiting already"):
        pathways.ask_for_time(post=asked.post, module=asked.module, wished_on=WISHED, **SAID)
    assert len(requests()) == 1


def test_an_agreed_request_moves_the_date_and_forgets_the_reason(asked):
    pathways.agree_request(request=asked, due_on=date(2026, 11, 20), by=BY, at=LATER)
    assert requests() == [("agreed", "", WISHED, date(2026, 11, 20))]
    assert extensions() == [date(2026, 11, 20)]


@pytest.mark.parametrize(
    ("decide", "state"), [(pathways.decline_request, "declined"), (pathways.withdraw_request, "withdrawn")]
)
def test_a_request_that_is_not_agreed_forgets_the_reason_too(asked, decide, state):
    decide(request=asked, by=BY, at=LATER)
    assert requests() == [(state, "", WISHED, None)]
    assert extensions() == []


def test_a_request_is_decided_once(asked):
    pathways.decline_request(request=asked, by=BY, at=LATER)
    with pytest.raises(pathways.PathwayError, match="decided since"):
        pathways.agree_request(request=asked, due_on=WISHED, by=BY, at=LATER)
    assert extensions() == []


def test_a_request_that_cannot_be_agreed_goes_on_waiting(asked):
    with pytest.raises(pathways.PathwayError, match="future"):
        pathways.agree_request(request=asked, due_on=date(2026, 11, 1), by=BY, at=LATER)
    assert requests() == [("waiting", "no_time", WISHED, None)]


def test_the_audit_never_learns_the_reason(asked):
    pathways.agree_request(request=asked, due_on=WISHED, by=BY, at=LATER)
    events = AuditEvent.objects.order_by("pk")
    assert [event.verb for event in events] == [
        "more time asked for",
        "request for more time agreed",
        "due date moved",
    ]
    assert all("no_time" not in str(event.detail) for event in events)


@pytest.mark.parametrize("wished_on", [AT.date(), date(2027, 11, 3)])
def test_the_wished_day_lies_within_a_year(amira_post, wished_on):
    with pytest.raises(pathways.PathwayError):
        pathways.ask_for_time(post=amira_post, module=ModuleFactory(), wished_on=wished_on, **SAID)
    assert requests() == []


def propose(rule, world, **said):
    return pathways.propose(requirement=rule, agency=world.agency, on=date(2026, 12, 1), **SAID, **said)


def own_versions(rule, world):
    rows = rule.module.requirements.filter(agency=world.agency)
    return [
        (row.starts_on, row.ends_on, row.validity_months, row.induction_days)
        for requirement in rows
        for row in requirement.versions.known_now()
    ]


def test_a_proposal_changes_nothing_until_it_is_allowed(rule, world):
    propose(rule, world, validity_months=48)
    assert own_versions(rule, world) == []
    assert RuleProposal.objects.waiting().count() == 1


def test_an_allowed_proposal_becomes_the_agencys_rule(rule, world):
    pathways.decide_proposal(
        proposal=propose(rule, world, validity_months=48, ends_on=date(2027, 11, 30)), is_allowed=True, by=BY, at=LATER
    )
    assert own_versions(rule, world) == [(date(2026, 12, 1), date(2027, 11, 30), 48, 56)]


def test_a_proposal_allowed_late_begins_on_the_day_of_the_decision(rule, world):
    late = datetime(2026, 12, 20, 12, tzinfo=UTC)
    pathways.decide_proposal(proposal=propose(rule, world, validity_months=48), is_allowed=True, by=BY, at=late)
    assert [row[0] for row in own_versions(rule, world)] == [date(2026, 12, 20)]


def test_a_declined_proposal_changes_nothing_and_is_decided_once(rule, world):
    proposal = propose(rule, world, validity_months=48)
    pathways.decide_proposal(proposal=proposal, is_allowed=False, by=BY, at=LATER)
    with pytest.raises(pathways.PathwayError, match="decided since"):
        pathways.decide_proposal(proposal=proposal, is_allowed=True, by=BY, at=LATER)
    assert own_versions(rule, world) == []


def test_one_proposal_waits_for_a_rule(rule, world):
    propose(rule, world, validity_months=48)
    with pytest.raises(pathways.PathwayError, match="waiting already"):
        propose(rule, world, validity_months=60)


def test_a_proposal_that_does_not_hang_together_is_refused(rule, world):
    with pytest.raises(pathways.RuleRefused):
        propose(rule, world, validity_months=None)


def versions(rule):
    return list(rule.versions.known_now().order_by("starts_on").values_list("starts_on", "ends_on"))


def test_an_ended_rule_keeps_what_it_said(rule, amira_post):
    pathways.end_requirement(requirement=rule, last_on=date(2026, 12, 31), **SAID)
    assert versions(rule) == [(date(2020, 1, 1), date(2026, 12, 31))]
    assert set(StalePost.objects.everywhere(reason="test").values_list("post_id", flat=True)) == {amira_post.pk}


def test_ending_a_rule_drops_what_was_planned(rule):
    pathways.change_requirement(requirement=rule, on=date(2027, 3, 1), validity_months=12, **SAID)
    pathways.end_requirement(requirement=rule, last_on=date(2026, 12, 31), by=BY, at=LATER)
    assert versions(rule) == [(date(2020, 1, 1), date(2026, 12, 31))]


def test_a_rule_that_has_ended_cannot_be_ended_later(rule):
    pathways.end_requirement(requirement=rule, last_on=date(2026, 12, 31), **SAID)
    with pytest.raises(pathways.RuleRefused):
        pathways.end_requirement(requirement=rule, last_on=date(2027, 1, 31), by=BY, at=LATER)


def test_a_rule_limited_to_before_the_partnerships_change_is_held_against_what_runs_then(rule, world):
    """From 2027 the partnership asks for more; an agency's own rule that ends before is no looser for that."""
    pathways.change_requirement(requirement=rule, on=date(2027, 1, 1), validity_months=12, **SAID)
    own = {"module": rule.module, "role_group": rule.role_group, "agency": world.agency, "validity_months": 24}
    row = pathways.begin_requirement(on=date(2026, 12, 1), ends_on=date(2026, 12, 31), **own, **SAID)
    assert row.validity_months == 24
    with pytest.raises(pathways.RuleLoosened):
        pathways.begin_requirement(on=date(2026, 12, 1), by=BY, at=LATER, **own)


def trigger(rule, **more):
    said = {"event": "briefing", "happened_on": date(2026, 11, 1), "days_to_complete": 30, **SAID, **more}
    return pathways.record_trigger(requirement=rule, **said)


def test_an_event_marks_the_posts_it_concerns(rule, amira_post):
    TermFactory(post__employment__agency=amira_post.employment.agency)
    trigger(rule)
    assert set(StalePost.objects.everywhere(reason="test").values_list("post_id", flat=True)) == {amira_post.pk}


def test_an_event_is_on_record_once_a_day_for_all_and_once_for_a_post(rule, amira_post):
    trigger(rule)
    trigger(rule, post=amira_post)
    with pytest.raises(pathways.PathwayError, match="on record"):
        trigger(rule)


def test_an_event_taken_back_leaves_its_trace(rule):
    row = trigger(rule)
    pathways.take_back_trigger(trigger=row, by=BY, at=LATER)
    rows = Trigger.objects.everywhere(reason="test")
    assert (rows.known_now().count(), rows.known_at(AT).count()) == (0, 1)
    with pytest.raises(pathways.PathwayError):
        pathways.take_back_trigger(trigger=row, by=BY, at=LATER)


def test_two_posts_are_excused_at_once_and_whoever_is_already_is_left(world, amira_post):
    other = TermFactory(post__employment__agency=world.agency).post
    module = ModuleFactory()
    pathways.exempt(post=other, module=module, starts_on=date(2026, 1, 1), reason_code="not_in_role", **SAID)
    done = pathways.exempt_posts(
        agency=world.agency,
        uids={amira_post.uid, other.uid},
        module=module,
        starts_on=AT.date(),
        ends_on=date(2027, 1, 1),
        reason_code="agreed",
        by=BY,
        at=LATER,
    )
    assert done == 1
    assert Exemption.objects.everywhere(reason="test").count() == 2


def test_one_post_of_another_agency_refuses_the_whole(world, amira_post):
    strange = TermFactory(post__employment__agency=world.neighbour).post
    with pytest.raises(pathways.OutOfScope):
        pathways.extend_posts(
            agency=world.agency,
            uids={amira_post.uid, strange.uid},
            module=ModuleFactory(),
            due_on=WISHED,
            **SAID,
        )
    assert extensions() == []


def test_two_posts_are_given_more_time_at_once(world, amira_post):
    other = TermFactory(post__employment__agency=world.agency).post
    done = pathways.extend_posts(
        agency=world.agency, uids=[amira_post.uid, other.uid], module=ModuleFactory(), due_on=WISHED, **SAID
    )
    assert done == 2
    assert extensions() == [WISHED, WISHED]
    assert Post.objects.within(world.agency).count() == 2
