"""What HR and a line manager read: their own agency's people, by name, in a fixed number of queries."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories import (
    ModuleFactory,
    RequirementFactory,
    RequirementVersionFactory,
    RoleGroupFactory,
    TeamFactory,
    TermFactory,
    UserFactory,
    completion,
)
from training.access.access import Grant
from training.access.roles import LINE_MANAGER
from training.ledger.rebuild import rebuild_standings
from training.ledger.selectors import (
    Filters,
    agency_standings,
    agency_summary,
    filter_choices,
    team_standings,
)
from training.ledger.standing import State

ON = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


def staff(agency, name, group="MIDWIFE", **term):
    """A post at the agency, held by somebody of this name."""
    first, _, last = name.partition(" ")
    person = {"post__employment__person__first_name": first, "post__employment__person__last_name": last}
    return TermFactory(post__employment__agency=agency, role_group=RoleGroupFactory(code=group), **person, **term).post


def ask(module, group, **said):
    requirement = RequirementFactory(module=ModuleFactory(code=module), role_group=RoleGroupFactory(code=group))
    return RequirementVersionFactory(requirement=requirement, **said).requirement


@pytest.fixture
def ward(world, amira, amira_post):
    """Amira in date and Zoe overdue on a ward, Ben away, and a neighbour who could leak."""
    rule = ask("DA-A1", "MIDWIFE")
    team = TeamFactory(agency=world.agency, title="Delivery ward")
    staff(world.agency, "Zoe Young", team=team)
    staff(world.agency, "Ben Away", on_leave=True)
    staff(world.neighbour, "Canary Neighbour")
    completion(amira, rule.module, on=date(2026, 1, 5))
    rebuild_standings(at=AT)
    return team


@pytest.fixture
def listed(world, bea, access_for):
    """What Bea's list says: name, module, state."""

    def listed(agency=None, **more):
        page = agency_standings(access_for(bea), agency or world.agency, on=ON, **more)
        return [(row.name, row.module_code, row.state) for row in page.rows]

    return listed


AMIRA = ("Amira Learner", "DA-A1", State.IN_DATE)
BEN = ("Ben Away", "DA-A1", State.PAUSED)
ZOE = ("Zoe Young", "DA-A1", State.OVERDUE)


def test_hr_reads_her_own_agencys_people_by_name(ward, listed):
    assert listed() == [BEN, AMIRA, ZOE]


def test_nobody_reads_another_agencys(ward, world, listed, access_for, dot, amira, col):
    assert listed(agency=world.neighbour) == []
    for other in (dot, amira, col):
        assert agency_standings(access_for(other), world.agency, on=ON).total == 0


def test_a_line_says_team_role_dates_and_reason(ward, world, bea, access_for):
    filters = Filters(text="zoe")
    (row,) = agency_standings(access_for(bea), world.agency, on=ON, filters=filters).rows
    assert (row.team, row.role_group, row.reasons) == ("Delivery ward", "Midwife", ("Midwife",))
    assert (row.due_on, row.valid_until, row.is_valid, row.is_required) == (date(2024, 7, 27), None, False, True)


def test_the_list_can_be_narrowed(ward, listed, world):
    module = ask("DA-B1", "MIDWIFE").module
    rebuild_standings(at=AT)
    assert [row[:2] for row in listed(filters=Filters(module=module.pk))] == [
        ("Ben Away", "DA-B1"),
        ("Amira Learner", "DA-B1"),
        ("Zoe Young", "DA-B1"),
    ]
    first = Filters(module=ModuleFactory().pk)
    assert listed(filters=Filters(module=first.module, team=ward.pk)) == [ZOE]
    assert listed(filters=Filters(module=first.module, state="overdue")) == [ZOE]
    assert listed(filters=Filters(module=first.module, text="LEARN ami")) == [AMIRA]
    assert listed(filters=Filters(role_group=RoleGroupFactory(code="POLICE_RESPONSE").pk)) == []
    assert listed(filters=Filters(text="Canary")) == []
    assert listed(filters=Filters(text="a\0 %")) == []


def test_the_list_can_go_by_due_date(ward, listed):
    assert listed(order="due") == [ZOE, AMIRA, BEN]


def test_the_list_comes_in_pages_or_whole(ward, world, bea, access_for):
    pages = [agency_standings(access_for(bea), world.agency, on=ON, page=page, per_page=2) for page in (1, 2, 3)]
    assert [(page.total, page.pages, len(page.rows)) for page in pages] == [(3, 2, 2), (3, 2, 1), (3, 2, 0)]
    assert len(agency_standings(access_for(bea), world.agency, on=ON, per_page=None).rows) == 3


def test_who_is_protected_is_counted_but_neither_named_nor_found(ward, listed, amira):
    amira.is_protected = True
    amira.save()
    assert listed()[-1] == ("Name withheld", "DA-A1", State.IN_DATE)
    assert listed(filters=Filters(text="amira")) == []


def test_yesterdays_team_is_not_todays(ward, world, listed, bea, access_for):
    post = staff(world.agency, "Moved On", team=ward, ends_on=date(2026, 2, 28))
    other = TeamFactory(agency=world.agency, title="Clinic")
    TermFactory(post=post, role_group__code="MIDWIFE", team=other, starts_on=date(2026, 3, 1))
    rebuild_standings(at=AT)
    assert listed(filters=Filters(team=ward.pk)) == [ZOE]
    assert [row[0] for row in listed(filters=Filters(team=other.pk))] == ["Moved On"]


def test_the_summary_counts_by_module_and_by_team(ward, world):
    found = agency_summary(world.agency, on=ON)
    assert (found.posts, found.people) == (3, 3)
    (first,) = found.by_module
    assert first.tally.states == {State.IN_DATE: 1, State.OVERDUE: 1, State.PAUSED: 1}
    assert (first.tally.counted, first.tally.valid) == (2, 1)
    assert [(each.team and each.team.title, each.tally.counted, each.tally.valid) for each in found.by_team] == [
        ("Delivery ward", 1, 0),
        (None, 1, 1),
    ]
    assert found.overall == first.tally


def test_the_summary_leaves_out_who_is_inside_induction_as_coverage_does(ward, world):
    staff(world.agency, "Nel New", starts_on=ON - timedelta(days=3))
    rebuild_standings(at=AT)
    tally = agency_summary(world.agency, on=ON).overall
    assert tally.of("not_started") == 1
    assert (tally.counted, tally.valid) == (2, 1)


def test_the_choices_are_what_occurs(ward, world):
    TeamFactory(agency=world.agency, title="Empty")
    found = filter_choices(world.agency, on=ON)
    assert [team.title for team in found.teams] == ["Delivery ward"]
    assert [module.code for module in found.modules] == ["DA-A1"]
    assert [group.code for group in found.role_groups] == ["MIDWIFE"]


def test_a_manager_reads_the_posts_that_answer_to_hers_and_no_other(ward, world, access_for):
    manager = staff(world.agency, "Mo Manager", group="LINE_MANAGER")
    manager.employment.person.user = UserFactory()
    manager.employment.person.save()
    staff(world.agency, "Ann Answers", manager=manager)
    staff(world.neighbour, "Seconded Elsewhere", manager=manager)
    staff(world.agency, "Left Long-ago", manager=manager, ends_on=date(2025, 1, 1))
    rebuild_standings(at=AT)
    rows = team_standings(access_for(manager.employment.person), on=ON)
    assert [(row.name, row.state) for row in rows] == [("Ann Answers", State.OVERDUE)]


def test_a_manager_who_has_left_reads_nothing(ward, world, access_for):
    manager = staff(world.agency, "Mo Manager", group="LINE_MANAGER", ends_on=date(2026, 1, 31))
    manager.employment.person.user = UserFactory()
    manager.employment.person.save()
    staff(world.agency, "Ann Answers", manager=manager)
    rebuild_standings(at=AT)
    hers = access_for(manager.employment.person)
    assert [grant.role.code for grant in hers.grants] == ["past_learner"]
    still = replace(hers, grants=(*hers.grants, Grant(LINE_MANAGER)))
    assert team_standings(still, on=ON) == ()


def test_who_manages_nobody_reads_nothing(ward, access_for, amira, bea):
    assert team_standings(access_for(amira), on=ON) == ()
    assert team_standings(access_for(bea), on=ON) == ()


@pytest.mark.parametrize("people", [1, 3])
def test_every_list_takes_the_same_queries_however_long(world, people, bea, access_for, django_assert_num_queries):
    ask("DA-A1", "MIDWIFE")
    manager = staff(world.agency, "Mo Manager", group="LINE_MANAGER")
    manager.employment.person.user = UserFactory()
    manager.employment.person.save()
    for number in range(people):
        staff(world.agency, f"Person {number}", manager=manager, team=TeamFactory(agency=world.agency))
    rebuild_standings(at=AT)
    hers, managers = access_for(bea), access_for(manager.employment.person)
    with django_assert_num_queries(3):
        assert len(agency_standings(hers, world.agency, on=ON).rows) == people
    with django_assert_num_queries(2):
        assert len(team_standings(managers, on=ON)) == people
    with django_assert_num_queries(4):
        assert len(agency_summary(world.agency, on=ON).by_team) == people
    with django_assert_num_queries(6):  # counted and kept
        assert len(filter_choices(world.agency, on=ON).teams) == people
    with django_assert_num_queries(4):
        assert len(filter_choices(world.agency, on=ON).teams) == people
