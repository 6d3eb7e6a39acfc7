"""Standings worked out from what the tables hold: every kind of fact counts, as known then or as known now."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories import (
    AgencyFactory,
    DesignationFactory,
    DutyFactory,
    MembershipFactory,
    ModuleFactory,
    RequirementFactory,
    RequirementVersionFactory,
    RoleGroupFactory,
    TermFactory,
    completion,
)
from tests.live import my_standings, standings_of
from training.access.actor import Actor
from training.ledger import services as ledger
from training.ledger.selectors import histories
from training.ledger.standing import State
from training.pathways import services as pathways
from training.pathways.models import Equivalence, Satisfies
from training.pathways.rulebook import rulebook_now
from training.people.models import Membership, Post, Term

BY = Actor.system("test")
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = AT + timedelta(days=40)


def group(code):
    return RoleGroupFactory(code=code)


@pytest.fixture
def asked(amira):
    """Midwives must do DA-A1: within 56 days, good for 36 months."""
    return RequirementVersionFactory(requirement__role_group=group("MIDWIFE")).requirement


def states(person, on, **more):
    """State and due date by module code."""
    return {it.module.code: (it.state, it.due_on) for it in my_standings(person, on=on, **more)}


def test_an_untrained_midwife_is_overdue_after_her_induction(amira, asked):
    assert states(amira, date(2024, 7, 27)) == {"DA-A1": (State.NOT_STARTED, date(2024, 7, 27))}
    assert states(amira, date(2024, 7, 28)) == {"DA-A1": (State.OVERDUE, date(2024, 7, 27))}


def test_a_completion_makes_her_in_date(amira, asked):
    completion(amira, asked.module, on=date(2026, 3, 2))
    (mine,) = my_standings(amira, on=date(2026, 3, 2))
    assert (mine.state, mine.is_valid, mine.valid_until) == (State.IN_DATE, True, date(2029, 3, 2))
    assert (mine.minutes, mine.reasons) == (45, ("because your role is Midwife",))
    assert mine.window_opens_on == date(2029, 1, 1)


def test_a_voided_completion_never_happened(amira, asked, day):
    done = completion(amira, asked.module)
    ledger.void_completion(done, reason="Somebody else's", by=BY, at=LATER)
    assert states(amira, day)["DA-A1"][0] == State.OVERDUE
    assert states(amira, date(2026, 3, 3), known_at=LATER - timedelta(seconds=1))["DA-A1"][0] == State.IN_DATE


def test_a_revocation_ends_validity_the_day_before(amira, asked):
    done = completion(amira, asked.module)
    ledger.revoke_completion(done, effective_on=date(2026, 5, 1), reason="Course withdrawn", by=BY, at=LATER)
    assert my_standings(amira, on=date(2026, 4, 30))[0].is_valid
    assert not my_standings(amira, on=date(2026, 5, 1))[0].is_valid


def test_a_completion_elsewhere_counts_in_every_post(amira, asked, world):
    TermFactory(
        post__employment__person=amira, post__employment__agency=world.neighbour, role_group=group("POLICE_RESPONSE")
    )
    RequirementVersionFactory(requirement__role_group=group("POLICE_RESPONSE"), induction_days=28)
    completion(amira, asked.module)
    found = standings_of(amira, on=date(2026, 3, 2))
    assert [(each.module, each.standing.state) for each in found] == [(asked.module_id, State.IN_DATE)] * 2
    (mine,) = my_standings(amira, on=date(2026, 3, 2))
    assert len(mine.reasons) == 2


def test_a_duty_gives_its_own_reason(amira, amira_post, asked):
    duty = DutyFactory(post=amira_post, designation=DesignationFactory(code="CHAMPION"), starts_on=date(2026, 1, 1))
    duty.designation.reason = "you are a champion"
    duty.designation.save()
    RequirementVersionFactory(requirement__role_group=None, requirement__designation=duty.designation)
    (mine,) = my_standings(amira, on=date(2026, 1, 2))
    assert mine.reasons == ("because your role is Midwife", "because you are a champion")


def test_a_post_is_asked_only_while_its_agency_is_in_the_partnership(amira, asked, world):
    Membership.objects.filter(agency=world.agency).update(ends_on=date(2025, 12, 31))
    assert "DA-A1" in states(amira, date(2025, 12, 31))
    assert states(amira, date(2026, 1, 1)) == {}


def test_a_rule_of_another_partnership_asks_nothing(amira, asked, world):
    Membership.objects.filter(agency=world.agency).delete()
    MembershipFactory(agency=world.agency)
    assert states(amira, date(2026, 1, 1)) == {}


def test_a_rule_for_a_kind_of_agency_asks_that_kind_alone(amira, asked):
    asked.agency_kind = "police"
    asked.save()
    assert states(amira, date(2026, 1, 1)) == {}
    asked.agency_kind = "nhs_acute"
    asked.save()
    assert "DA-A1" in states(amira, date(2026, 1, 1))


def test_an_agencys_own_rule_shortens_validity_for_its_own_posts_alone(amira, asked, world):
    other = TermFactory(post__employment__agency=world.neighbour, role_group=group("MIDWIFE")).post
    pathways.begin_requirement(
        module=asked.module,
        role_group=asked.role_group,
        agency=world.agency,
        validity_months=12,
        on=date(2026, 1, 1),
        by=BY,
        at=AT,
    )
    for person in (amira, other.employment.person):
        completion(person, asked.module, on=date(2026, 3, 2), at=LATER)
    ends = [my_standings(each, on=LATER.date())[0].valid_until for each in (amira, other.employment.person)]
    assert ends == [date(2027, 3, 2), date(2029, 3, 2)]


def test_an_accreditation_lends_what_it_satisfies(amira, asked, day):
    lender = ModuleFactory(code="DA-D0")
    Satisfies.objects.create(
        lender=lender, borrower=asked.module, starts_on=AT.date(), recorded_at=AT, recorded_by="system:test"
    )
    completion(amira, lender, on=date(2025, 1, 1), at=AT)
    (mine,) = my_standings(amira, on=day)
    assert (mine.state, mine.valid_until) == (State.IN_DATE, None)


def test_an_outside_course_too_old_when_the_post_began_does_not_count(amira, asked):
    register = Equivalence.objects.create(
        module=asked.module,
        external_title="An outside course",
        accepted_by="Workforce group",
        maximum_age_months=12,
        starts_on=date(2020, 1, 1),
        recorded_at=AT,
        recorded_by="system:test",
    )
    more = {"at": AT, "method": "equivalence", "source": f"equivalence:{register.pk}"}
    completion(amira, asked.module, on=date(2023, 5, 31), **more)
    assert states(amira, date(2024, 6, 1))["DA-A1"][0] == State.NOT_STARTED
    completion(amira, asked.module, on=date(2023, 6, 1), **more)
    assert states(amira, date(2024, 6, 1))["DA-A1"][0] == State.IN_DATE


def test_exempt_and_extended_posts_show_it(amira, amira_post, asked):
    pathways.extend(post=amira_post, module=asked.module, due_on=date(2026, 4, 30), by=BY, at=AT)
    assert states(amira, AT.date())["DA-A1"] == (State.NOT_STARTED, date(2026, 4, 30))
    pathways.exempt(post=amira_post, module=asked.module, starts_on=AT.date(), by=BY, at=AT)
    assert states(amira, AT.date())["DA-A1"] == (State.EXEMPT, None)


def test_leave_pauses(world, asked, day):
    post = TermFactory(on_leave=True, post__employment__agency=world.agency, role_group=group("MIDWIFE")).post
    assert [each.standing.state for each in standings_of(post, on=day)] == [State.PAUSED]


def test_an_open_attempt_is_in_progress(amira, asked):
    attempts = {(amira.pk, asked.module_id): (date(2024, 6, 10), None)}
    assert states(amira, date(2024, 6, 10), attempts=attempts)["DA-A1"][0] == State.IN_PROGRESS
    assert states(amira, date(2024, 6, 9), attempts=attempts)["DA-A1"][0] == State.NOT_STARTED


def test_a_report_as_known_then_stays_the_same_whatever_is_learnt_later(amira, amira_post, asked):
    """As at 31 March, as known on 4 April."""
    as_at, then = date(2026, 3, 31), datetime(2026, 4, 4, 9, tzinfo=UTC)
    report = standings_of(amira, on=as_at, known_at=then)
    assert report[0].standing.state == State.OVERDUE

    later = datetime(2026, 4, 20, 9, tzinfo=UTC)
    completion(amira, asked.module, on=date(2026, 3, 30), at=later)
    pathways.change_requirement(requirement=asked, on=date(2026, 1, 1), by=BY, at=later, validity_months=12)
    pathways.exempt(post=amira_post, module=asked.module, starts_on=date(2026, 3, 1), by=BY, at=later)
    DutyFactory(post=amira_post, recorded_at=later)
    RequirementVersionFactory(
        requirement__role_group=None, requirement__designation=DesignationFactory(), recorded_at=later
    )
    Term.objects.everywhere(reason="test").filter(post=amira_post).update(replaced_at=later)
    TermFactory(post=amira_post, role_group=group("OFFICE"), recorded_at=later)

    assert standings_of(amira, on=as_at, known_at=then) == report
    assert standings_of(amira, on=as_at, known_at=later) != report


@pytest.mark.parametrize("people", [1, 3])
def test_any_number_of_posts_takes_the_same_queries(world, asked, people, django_assert_num_queries):
    for _ in range(people):
        post = TermFactory(post__employment__agency=world.agency, role_group=group("MIDWIFE")).post
        completion(post.employment.person, asked.module)
    ids = list(Post.objects.everywhere(reason="test").values_list("pk", flat=True))
    rulebook_now()
    with django_assert_num_queries(7):
        found = list(histories(ids, attempts={}))
    assert len(found) == people + 1


@pytest.mark.parametrize("modules", [1, 3])
def test_a_learners_list_takes_the_same_queries_however_long(amira, modules, django_assert_num_queries):
    for number in range(modules):
        requirement = RequirementFactory(module=ModuleFactory(code=f"DA-B{number}"), role_group=group("MIDWIFE"))
        RequirementVersionFactory(requirement=requirement)
    rulebook_now()
    with django_assert_num_queries(10):
        assert len(my_standings(amira, on=AT.date(), attempts={})) == modules


def test_an_agency_in_two_partnerships_is_asked_by_both(amira, asked, world):
    other = MembershipFactory(agency=world.agency).partnership
    theirs = ModuleFactory(code="DA-A9", pathway__partnership=other)
    RequirementVersionFactory(requirement__module=theirs, requirement__role_group=group("MIDWIFE"))
    TermFactory(post__employment__agency=AgencyFactory(), role_group=group("MIDWIFE"))
    assert sorted(states(amira, AT.date())) == ["DA-A1", "DA-A9"]
