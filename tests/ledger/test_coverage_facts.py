"""Coverage facts: whoever is asked on a day, and what they hold; fast, and the same as the standings say."""

from datetime import date, timedelta

import pytest

from tests.factories import (
    LocalityFactory,
    ModuleFactory,
    TermFactory,
    completion,
)
from tests.ledger.crowd import AT, BY, ask
from training.ledger.coverage_facts import Exclusion, coverage_facts, exclusion_of
from training.ledger.standing import LEFT_OUT, Standing, State
from training.pathways import services as pathways
from training.people.models import Membership, Term

ON = AT.date()


def rows(partnership, on=ON, known_at=None):
    """The facts as rows: post, module, whether valid, why not counted."""
    facts = coverage_facts(partnership, on=on, known_at=known_at)
    columns = (facts.post_id, facts.module_id, facts.is_valid, facts.exclusion)
    return sorted(zip(*(column.tolist() for column in columns), strict=True))


def test_a_row_says_who_where_and_what(world, amira, amira_post):
    rule = ask("DA-A1", "MIDWIFE")
    place = LocalityFactory(partnership=world.partnership)
    Term.objects.everywhere(reason="test").update(locality=place)
    completion(amira, rule.module, on=ON)
    facts = coverage_facts(world.partnership, on=ON)
    assert len(facts) == 1
    names = ("post_id", "person_id", "agency_id", "role_group_id", "locality_id", "module_id", "tier_id", "is_valid")
    assert [getattr(facts, name).tolist() for name in names] == [
        [amira_post.pk],
        [amira.pk],
        [world.agency.pk],
        [rule.role_group_id],
        [place.pk],
        [rule.module_id],
        [rule.module.tier_id],
        [True],
    ]
    assert facts.exclusion.tolist() == [Exclusion.COUNTED]


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ({"starts_on": ON - timedelta(days=56)}, Exclusion.INDUCTION),
        ({"starts_on": ON - timedelta(days=57)}, Exclusion.COUNTED),
        ({"on_leave": True}, Exclusion.PAUSED),
    ],
)
def test_who_is_on_leave_or_not_yet_due_is_not_counted(world, term, expected):
    ask("DA-A1", "MIDWIFE")
    post = TermFactory(post__employment__agency=world.agency, role_group__code="MIDWIFE", **term).post
    assert rows(world.partnership) == [(post.pk, ModuleFactory().pk, False, expected)]


def test_who_is_exempt_is_not_counted(world, amira_post):
    rule = ask("DA-A1", "MIDWIFE")
    pathways.exempt(post=amira_post, module=rule.module, starts_on=ON, by=BY, at=AT)
    assert rows(world.partnership) == [(amira_post.pk, rule.module_id, False, Exclusion.EXEMPT)]


def test_who_finished_before_it_was_due_is_counted(world):
    rule = ask("DA-A1", "MIDWIFE")
    post = TermFactory(post__employment__agency=world.agency, role_group__code="MIDWIFE", starts_on=ON).post
    completion(post.employment.person, rule.module, on=ON)
    assert rows(world.partnership) == [(post.pk, rule.module_id, True, Exclusion.COUNTED)]


def test_lapsed_training_with_more_time_is_counted_as_not_valid(world, amira, amira_post):
    rule = ask("DA-A1", "MIDWIFE", validity_months=12)
    completion(amira, rule.module, on=date(2025, 2, 1))
    pathways.extend(post=amira_post, module=rule.module, due_on=date(2026, 6, 1), by=BY, at=AT)
    assert rows(world.partnership) == [(amira_post.pk, rule.module_id, False, Exclusion.COUNTED)]


def test_agencies_that_have_left_are_not_there(world, amira):
    ask("DA-A1", "MIDWIFE")
    Membership.objects.filter(agency=world.agency).update(ends_on=ON - timedelta(days=1))
    assert rows(world.partnership) == []


def test_an_empty_partnership_has_no_rows(world):
    facts = coverage_facts(world.partnership, on=ON)
    assert (len(facts), facts.exclusion.tolist(), facts.tier_id.tolist()) == (0, [], [])


def test_any_number_of_posts_takes_the_same_queries(world, amira, django_assert_max_num_queries):
    rule = ask("DA-A1", "MIDWIFE")
    completion(amira, rule.module)
    with django_assert_max_num_queries(16):
        assert len(rows(world.partnership)) == 1
    for _ in range(3):
        post = TermFactory(post__employment__agency=world.agency, role_group__code="MIDWIFE").post
        completion(post.employment.person, rule.module)
    with django_assert_max_num_queries(16):
        assert len(rows(world.partnership)) == 4


def test_posts_worked_out_in_shares_come_out_the_same(world, amira_post, monkeypatch):
    rule, second = ask("DA-A1", "MIDWIFE"), ask("DA-B1", "MIDWIFE")
    job = {"post__employment__agency": world.agency, "role_group__code": "MIDWIFE"}
    posts = [TermFactory(**job, on_leave=number == 3).post for number in range(6)]
    for post in posts[::2]:
        completion(post.employment.person, rule.module)
    pathways.extend(post=posts[1], module=second.module, due_on=date(2026, 6, 1), by=BY, at=AT)
    together = rows(world.partnership)
    monkeypatch.setattr("training.ledger.coverage_facts.SHARE", 2)
    assert len(together) == 14
    assert rows(world.partnership) == together


@pytest.mark.parametrize("state", [state for state in State if state is not State.NOT_YET_REQUIRED])
def test_counts_of_standings_and_of_facts_leave_out_the_same(state):
    now = Standing(
        state=state,
        is_valid=False,
        is_required=True,
        due_on=None,
        valid_until=None,
        window_opens_on=None,
        began_on=ON,
        reasons=(),
    )
    assert (exclusion_of(now) is not Exclusion.COUNTED) == (state in LEFT_OUT)
