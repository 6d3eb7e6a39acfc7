"""Changing what is asked: nothing overwritten, nothing loosened behind the partnership's back, all of it on record."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories import (
    AgencyFactory,
    DesignationFactory,
    DutyFactory,
    ModuleFactory,
    PathwayFactory,
    RequirementFactory,
    RequirementVersionFactory,
    RoleGroupFactory,
    TermFactory,
)
from training.access.actor import Actor
from training.audit.models import AuditEvent
from training.pathways import services as pathways
from training.pathways.models import Exemption, PathwayVersion, SignUp
from training.pathways.reach import who_is_hit
from training.pathways.rules import Kind, RuleVersion
from training.pathways.tightening import loosened
from training.people.models import StalePost

BY = Actor.system("test")
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = AT + timedelta(days=10)
ON = date(2026, 4, 1)
SAID = {"by": BY, "at": AT}


@pytest.fixture
def rule(world):
    """Midwives do DA-A1 within 56 days; it is good for 36 months from completion; the window is 60 days."""
    group = RoleGroupFactory(code="MIDWIFE")
    return RequirementVersionFactory(requirement__role_group=group).requirement


def said(requirement, known_at=None):
    rows = requirement.versions.known_at(known_at) if known_at else requirement.versions.known_now()
    return list(rows.order_by("starts_on").values_list("starts_on", "ends_on", "validity_months", "induction_days"))


def stale():
    return set(StalePost.objects.everywhere(reason="test").values_list("post_id", flat=True))


FIRST = date(2020, 1, 1)


def test_a_change_ends_the_running_version_the_day_before(rule):
    pathways.change_requirement(requirement=rule, on=ON, validity_months=24, **SAID)
    assert said(rule) == [(FIRST, date(2026, 3, 31), 36, 56), (ON, None, 24, 56)]


def test_what_is_not_named_stays(rule):
    row = pathways.change_requirement(requirement=rule, on=ON, induction_days=28, **SAID)
    assert (row.validity_months, row.window_days, row.basis) == (36, 60, "from_completion")


def test_a_change_on_the_first_day_takes_the_versions_place(rule):
    pathways.change_requirement(requirement=rule, on=FIRST, validity_months=24, **SAID)
    assert said(rule) == [(FIRST, None, 24, 56)]


def test_a_version_planned_for_later_gives_way_to_one_before_it(rule):
    pathways.change_requirement(requirement=rule, on=date(2027, 1, 1), validity_months=12, **SAID)
    pathways.change_requirement(requirement=rule, on=ON, validity_months=24, by=BY, at=LATER)
    assert said(rule) == [(FIRST, date(2026, 3, 31), 36, 56), (ON, None, 24, 56)]


def test_as_known_before_the_change_the_rule_is_what_it_was(rule):
    pathways.change_requirement(requirement=rule, on=ON, validity_months=24, **SAID)
    assert said(rule, known_at=AT - timedelta(seconds=1)) == [(FIRST, None, 36, 56)]


def test_a_rule_that_does_not_hang_together_is_refused_and_nothing_is_written(rule):
    with pytest.raises(pathways.RuleRefused) as refused:
        pathways.change_requirement(requirement=rule, on=ON, validity_months=None, **SAID)
    assert refused.value.reasons == ["Say for how many months a completion is valid, from 1 to 240."]
    assert said(rule) == [(FIRST, None, 36, 56)]
    assert not AuditEvent.objects.exists()


def test_a_rule_has_no_other_fields(rule):
    with pytest.raises(TypeError, match="a rule has no module, validity"):
        pathways.change_requirement(requirement=rule, on=ON, validity=3, module=4, **SAID)


def test_a_change_is_on_record(rule):
    pathways.change_requirement(requirement=rule, on=ON, validity_months=24, **SAID)
    event = AuditEvent.objects.get()
    assert (event.verb, event.object_uid, event.partnership_code) == (
        "requirement changed",
        str(rule.uid),
        "severnshire",
    )
    assert event.detail == {"module": "DA-A1", "starts_on": "2026-04-01"}


def test_a_change_marks_the_posts_it_falls_on_and_no_others(rule, world, amira_post):
    TermFactory(post__employment__agency=world.agency, role_group=RoleGroupFactory(code="OFFICE"))
    TermFactory(role_group=rule.role_group)  # in no partnership
    pathways.change_requirement(requirement=rule, on=ON, validity_months=24, **SAID)
    assert stale() == {amira_post.pk}


def test_a_changed_rule_for_a_duty_marks_those_who_hold_it(world, amira_post):
    duty = DutyFactory(post=amira_post)
    TermFactory(post__employment__agency=world.agency)
    pathways.begin_requirement(module=ModuleFactory(), designation=duty.designation, on=ON, validity_months=12, **SAID)
    assert stale() == {amira_post.pk}


def own(rule, world, **more):
    """The hospital's own rule beside the partnership's."""
    return pathways.begin_requirement(
        module=rule.module, role_group=rule.role_group, agency=world.agency, on=ON, **SAID, **more
    )


def test_an_agency_may_ask_more_and_what_it_does_not_say_stays(rule, world):
    row = own(rule, world, induction_days=28)
    assert (row.requirement.agency, row.induction_days, row.validity_months) == (world.agency, 28, 36)
    assert said(rule) == [(FIRST, None, 36, 56)]


def test_an_agency_may_add_a_rule_of_its_own(rule, world):
    module = ModuleFactory(code="DA-B1")
    row = pathways.begin_requirement(
        module=module, role_group=rule.role_group, agency=world.agency, on=ON, validity_months=60, **SAID
    )
    assert row.validity_months == 60


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"validity_months": 48}, "Training would be valid for 48 months, not 36."),
        ({"induction_days": 90}, "New staff would have 90 days, not 56."),
        ({"grace_days": 10}, "A refresher would do for 10 days after the end, not 0."),
        ({"basis": "from_old_end"}, "The end would be counted from another day than the partnership counts from."),
        (
            {"kind": "once", "validity_months": None},
            "It would be met in another way than the partnership asks for.",
        ),
    ],
)
def test_an_agency_may_not_ask_less(rule, world, more, reason):
    with pytest.raises(pathways.RuleLoosened) as refused:
        own(rule, world, **more)
    assert refused.value.reasons == [reason]
    assert own(rule, world, by_partnership=True, **more).pk


def test_asking_only_after_events_is_less_than_asking_once():
    asked = {"requirement": 1, "module": 1, "starts_on": ON}
    once, after_events = RuleVersion(**asked, kind=Kind.ONCE), RuleVersion(**asked, kind=Kind.TRIGGERED)
    assert loosened(after_events, once) == ["It would be met in another way than the partnership asks for."]


def test_asking_less_is_refused_though_the_partnerships_rule_is_only_planned(rule, world):
    pathways.change_requirement(requirement=rule, on=date(2027, 1, 1), validity_months=12, **SAID)
    with pytest.raises(pathways.RuleLoosened):
        own(rule, world, validity_months=24)


def test_an_exemption_is_recorded_and_ended_without_overwriting(amira_post, rule):
    row = pathways.exempt(post=amira_post, module=rule.module, starts_on=ON, **SAID)
    pathways.end_exemption(exemption=row, ends_on=date(2026, 5, 1), by=BY, at=LATER)
    rows = Exemption.objects.everywhere(reason="test")
    assert list(rows.known_now().values_list("starts_on", "ends_on")) == [(ON, date(2026, 5, 1))]
    assert list(rows.known_at(AT).values_list("starts_on", "ends_on")) == [(ON, None)]
    assert stale() == {amira_post.pk}
    with pytest.raises(pathways.PathwayError, match="has been changed since"):
        pathways.end_exemption(exemption=row, ends_on=date(2026, 6, 1), by=BY, at=LATER)


def test_an_exemption_ends_no_sooner_than_it_begins(amira_post, rule):
    with pytest.raises(pathways.PathwayError, match="The last day comes before the first."):
        pathways.exempt(post=amira_post, module=rule.module, starts_on=ON, ends_on=date(2026, 3, 31), **SAID)


def test_a_due_date_moves_to_a_later_day_only(amira_post, rule):
    row = pathways.extend(post=amira_post, module=rule.module, due_on=date(2026, 3, 3), **SAID)
    assert (row.due_on, stale()) == (date(2026, 3, 3), {amira_post.pk})
    event = AuditEvent.objects.get()
    assert (event.agency_code, event.detail) == ("SVH", {"module": "DA-A1", "due_on": "2026-03-03"})
    with pytest.raises(pathways.PathwayError, match="must lie in the future"):
        pathways.extend(post=amira_post, module=rule.module, due_on=date(2026, 3, 2), **SAID)


@pytest.fixture
def version(world):
    return PathwayVersion.objects.create(pathway=PathwayFactory(), number=1, status="live")


def sign(agency, version, at=AT, **more):
    said = {"signed_on": date(2026, 1, 15), "signatory_post": "Chief nurse"} | more
    return pathways.sign_up(agency=agency, version=version, by=BY, at=at, **said)


def test_signing_up_twice_in_the_same_words_is_one_sign_up(world, version):
    assert sign(world.agency, version) == sign(world.agency, version, at=LATER)
    assert SignUp.objects.count() == AuditEvent.objects.count() == 1


def test_a_changed_sign_up_keeps_what_was_known(world, version):
    sign(world.agency, version, state=SignUp.State.PENDING)
    sign(world.agency, version, at=LATER)
    assert [row.state for row in SignUp.objects.known_now()] == ["confirmed"]
    assert [row.state for row in SignUp.objects.known_at(AT)] == ["pending"]


def test_only_a_member_signs_up_and_says_in_which_post(world, version):
    with pytest.raises(pathways.PathwayError, match="was not in Severnshire on 15 January 2026"):
        sign(AgencyFactory(), version)
    with pytest.raises(pathways.PathwayError, match="in which post"):
        sign(world.agency, version, signatory_post=" ")


def test_an_editor_sees_whom_a_rule_hits_by_name_in_her_own_agency_alone(rule, world, amira, day):
    for _ in range(6):
        TermFactory(post__employment__agency=world.neighbour, role_group=rule.role_group)
    assert who_is_hit(rule, world.agency, on=day) == ("Amira Learner",)


def test_a_rule_for_a_duty_hits_those_who_hold_it_that_day(amira_post, world, day):
    duty = DutyFactory(post=amira_post, ends_on=day, designation=DesignationFactory())
    requirement = RequirementFactory(role_group=None, designation=duty.designation)
    assert who_is_hit(requirement, world.agency, on=day) == ("Amira Learner",)
    assert who_is_hit(requirement, world.agency, on=day + timedelta(days=1)) == ()
