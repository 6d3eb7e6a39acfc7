"""What a change would do is worked out by the pure rule, and tells no more than its reader may know."""

from datetime import date, timedelta

import pytest

from tests.factories import DutyFactory, RequirementVersionFactory, RoleGroupFactory, completion
from tests.live import standings_of
from training.access.actor import Actor
from training.pathways import services as pathways
from training.pathways.models import Requirement
from training.pathways.reach import who_is_hit
from training.rules.posts import posts_asked_by
from training.rules.preview import preview_change, preview_end
from training.rules.would_be import cut

BY = Actor.system("test")


def change(rule, access, on, **said):
    first = said.pop("from_on", on)
    return preview_change(rule, pathways.proposed(rule, on=first, **said), access=access, on=on)


def counts(preview):
    return {group.title: group.count for group in preview.groups}


NOTHING = {"Newly asked": 0, "No longer asked": 0, "Due sooner": 0, "Due later": 0}


def test_what_was_done_before_keeps_its_validity(rule, amira, access_for, bea, day):
    """Validity follows the version in force on the day of completion."""
    completion(amira, rule.module, on=date(2026, 3, 2))
    seen = change(rule, access_for(bea), day, validity_months=12)
    assert counts(seen) == NOTHING
    assert seen.does_nothing


def test_a_backdated_tightening_moves_dates_and_standings(rule, amira, access_for, bea, day):
    completion(amira, rule.module, on=date(2025, 3, 2))
    seen = change(rule, access_for(bea), day, from_on=date(2025, 1, 1), validity_months=12)
    assert counts(seen) == NOTHING | {"Due sooner": 1}
    line = seen.groups[2].lines[0]
    assert (line.name, line.was_on, line.will_on) == ("Amira Learner", date(2028, 3, 2), date(2026, 3, 2))
    assert seen.states == (("in_date", "overdue", "1"),)


def test_a_new_rule_names_whom_it_asks(world, b1, amira, access_for, bea, day):
    fresh = Requirement(module=b1, role_group=RoleGroupFactory(code="MIDWIFE"))
    seen = change(fresh, access_for(bea), day, kind="once", induction_days=28)
    assert counts(seen) == NOTHING | {"Newly asked": 1}
    assert seen.groups[0].lines[0].will_on == day + timedelta(days=28)
    assert seen.states == (("", "not_started", "1"),)


def test_a_new_rule_for_a_duty_asks_those_who_hold_it(world, b1, amira_post, access_for, bea, day, midwives):
    duty = DutyFactory(post=amira_post)
    midwives(world.agency, 2)
    fresh = Requirement(module=b1, designation=duty.designation)
    assert counts(change(fresh, access_for(bea), day, kind="once"))["Newly asked"] == 1


def test_an_ended_rule_asks_nobody(rule, amira, access_for, bea, day):
    seen = preview_end(rule, day - timedelta(days=1), access=access_for(bea), on=day)
    assert counts(seen) == NOTHING | {"No longer asked": 1}
    assert seen.states == (("overdue", "", "1"),)


def test_who_is_asked_by_another_rule_as_well_is_asked_still(rule, amira_post, access_for, bea, day):
    duty = DutyFactory(post=amira_post)
    RequirementVersionFactory(
        requirement__module=rule.module, requirement__role_group=None, requirement__designation=duty.designation
    )
    seen = preview_end(rule, day - timedelta(days=1), access=access_for(bea), on=day)
    assert counts(seen)["No longer asked"] == 0


def test_an_agencys_own_rule_touches_its_own_people_alone(rule, world, midwives, access_for, bea, day):
    midwives(world.agency, 2, starts_on=day)
    midwives(world.neighbour, 7, starts_on=day)
    own = Requirement(module=rule.module, role_group=rule.role_group, agency=world.agency)
    seen = change(own, access_for(bea), day, induction_days=14)
    assert counts(seen) == NOTHING | {"Due sooner": 2}
    assert [line.name for line in seen.groups[2].lines] == ["Midwife0 SVH", "Midwife1 SVH"]


@pytest.mark.parametrize(("there", "shown"), [(4, None), (5, 7), (0, 2)])
def test_fewer_than_five_elsewhere_are_not_counted_out(rule, world, midwives, access_for, bea, day, there, shown):
    midwives(world.agency, 2)
    midwives(world.neighbour, there)
    seen = preview_end(rule, day, access=access_for(bea), on=day)
    assert counts(seen)["No longer asked"] == shown
    assert seen.groups[1].figure == ("not shown" if shown is None else str(shown))
    assert {line.name for line in seen.groups[1].lines} == {"Midwife0 SVH", "Midwife1 SVH"}


def test_the_coordinator_sees_no_names(rule, world, midwives, access_for, kim, day):
    midwives(world.agency, 6)
    seen = preview_end(rule, day, access=access_for(kim), on=day)
    assert counts(seen)["No longer asked"] == 5, "to the nearest five"
    assert [group.lines for group in seen.groups] == [(), (), (), ()]


def test_small_numbers_of_changed_standings_are_hidden_too(rule, world, midwives, access_for, kim, day):
    midwives(world.agency, 3)
    seen = preview_end(rule, day - timedelta(days=1), access=access_for(kim), on=day)
    assert seen.states == (("overdue", "", "not shown"),)


def test_a_hidden_number_does_not_come_out_by_subtraction(rule, world, midwives, access_for, kim, day, b1):
    """Eleven newly asked, of whom three have done it before: 8 beside 11 would tell of the three."""
    midwives(world.agency, 8)
    for post in midwives(world.neighbour, 3):
        completion(post.employment.person, b1, on=day - timedelta(days=30))
    fresh = Requirement(module=b1, role_group=rule.role_group)
    seen = change(fresh, access_for(kim), day, kind="once", induction_days=28)
    assert counts(seen)["Newly asked"] == 10
    assert len(seen.states) == 2
    assert {count for _, _, count in seen.states} == {"not shown"}


def test_a_protected_name_is_apart_from_the_alphabet(rule, world, midwives, access_for, bea, day):
    first, *_ = midwives(world.agency, 3)
    person = first.employment.person
    person.is_protected = True
    person.save()
    seen = preview_end(rule, day, access=access_for(bea), on=day)
    assert [line.name for line in seen.groups[1].lines] == ["Midwife1 SVH", "Midwife2 SVH", "Name withheld"]
    names = [name for _, name in posts_asked_by(world.agency, rule, on=day)]
    assert names == ["Midwife1 SVH", "Midwife2 SVH", "Name withheld"]
    assert who_is_hit(rule, world.agency, on=day) == ("Midwife1 SVH", "Midwife2 SVH", "Name withheld")


def test_names_stand_in_order(rule, world, midwives, access_for, bea, day):
    for post, last_name in zip(midwives(world.agency, 3), ("Zimmer", "Adair", "Moss"), strict=True):
        person = post.employment.person
        person.last_name = last_name
        person.save()
    seen = preview_end(rule, day, access=access_for(bea), on=day)
    assert [line.name for line in seen.groups[1].lines] == ["Midwife1 Adair", "Midwife2 Moss", "Midwife0 Zimmer"]


def test_who_is_protected_is_not_named(rule, amira, access_for, bea, day):
    amira.is_protected = True
    amira.save()
    seen = preview_end(rule, day, access=access_for(bea), on=day)
    assert [line.name for line in seen.groups[1].lines] == ["Name withheld"]


def test_what_was_foretold_comes_true(rule, world, amira, midwives, access_for, bea, day, moment):
    """The preview and the saved rule are one reckoning."""
    midwives(world.agency, 3, starts_on=day - timedelta(days=10))
    completion(amira, rule.module, on=date(2025, 3, 2))
    said = {"validity_months": 12, "induction_days": 5}
    seen = change(rule, access_for(bea), day, from_on=date(2025, 1, 1), **said)
    foretold = {line.name: line.will_on for group in seen.groups for line in group.lines}
    pathways.change_requirement(requirement=rule, on=date(2025, 1, 1), by=BY, at=moment, **said)
    assert {it.standing.due_on for it in standings_of(amira, on=day)} == {foretold["Amira Learner"]}
    assert counts(seen)["Due sooner"] == 4


def test_cutting_versions_leaves_what_came_before(rule):
    now = pathways.proposed(rule, on=date(2026, 1, 1))
    later = pathways.proposed(rule, on=date(2027, 1, 1))
    left = cut((now, later), date(2026, 7, 1))
    assert [(version.starts_on, version.ends_on) for version in left] == [(date(2026, 1, 1), date(2026, 6, 30))]
    assert cut((now,), date(2026, 1, 1)) == ()
