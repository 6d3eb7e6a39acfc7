"""Coverage facts: whoever is asked on a day, and what they hold; fast, and the same as the standings say."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories import (
    DesignationFactory,
    DutyFactory,
    LocalityFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    RequirementFactory,
    RequirementVersionFactory,
    RoleGroupFactory,
    TermFactory,
    completion,
)
from training.access.actor import Actor
from training.ledger import services as ledger
from training.ledger.coverage_facts import Exclusion, coverage_facts, exclusion_of
from training.ledger.selectors import histories
from training.ledger.standing import LEFT_OUT, Standing, State, standing
from training.pathways import services as pathways
from training.pathways.models import Equivalence, Module, Satisfies
from training.people.models import Agency, Membership, Post, Term

BY = Actor.system("test")
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
ON = AT.date()


def ask(module, group=None, designation=None, agency_kind="", **said):
    requirement = RequirementFactory(
        module=ModuleFactory(code=module),
        role_group=group and RoleGroupFactory(code=group),
        designation=designation,
        agency_kind=agency_kind,
    )
    return RequirementVersionFactory(requirement=requirement, **said).requirement


def rows(partnership, on=ON, known_at=None):
    """The facts as rows: post, module, whether valid, why not counted."""
    facts = coverage_facts(partnership, on=on, known_at=known_at)
    columns = (facts.post_id, facts.module_id, facts.is_valid, facts.exclusion)
    return sorted(zip(*(column.tolist() for column in columns), strict=True))


def by_standings(partnership, on=ON, known_at=None):
    """The same, one standing after another."""
    posts = Post.objects.everywhere(reason="test").values_list("pk", flat=True)
    modules = set(Module.objects.filter(pathway__partnership=partnership).values_list("pk", flat=True))
    found = []
    for each in histories(posts, known_at=known_at, attempts={}):
        now = standing(each.history, on)
        if each.module in modules and now is not None and now.is_required:
            found.append((each.post, each.module, now.is_valid, int(exclusion_of(now))))
    return sorted(found)


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


@pytest.fixture
def crowd(world):
    """Sixty people with every awkward thing that can be: the same ones each time."""
    dice = random.Random(2026)
    modules = crowd_rules(world)
    day = lambda first, last: date(2022, 1, 1) + timedelta(days=dice.randint(first, last))  # noqa: E731
    agencies = list(Agency.objects.order_by("pk"))
    people = [PersonFactory() for _ in range(50)]
    for number in range(60):
        post = crowd_post(dice, day, agencies, people[number % 50])
        if dice.random() < 0.2:
            DutyFactory(post=post, starts_on=day(700, 1500), designation=DesignationFactory(code="MARAC_REP"))
        if dice.random() < 0.2:
            pathways.exempt(
                post=post, module=dice.choice(modules), starts_on=day(900, 1500), ends_on=day(1501, 1700), by=BY, at=AT
            )
        if dice.random() < 0.2:
            pathways.extend(post=post, module=dice.choice(modules), due_on=date(2026, 7, 1), by=BY, at=AT)
    crowd_ledger(dice, day, people, modules)
    return world.partnership


def crowd_rules(world):
    """Every kind and basis, a refresher, a lender, an agency's own rule, a rule for a kind of agency, a change."""
    first = ask("DA-A1", "MIDWIFE", validity_months=24)
    second = ask("DA-B1", "MIDWIFE", basis="from_old_end", validity_months=12, grace_days=30)
    ask("DA-A1", "OFFICE", validity_months=12, agency_kind="police", starts_on=date(2023, 5, 1))
    ask("DA-A1", "OFFICE", starts_on=date(2024, 5, 1), ends_on=date(2026, 1, 1))
    ask("DA-B1", designation=DesignationFactory(code="MARAC_REP"), validity_months=12, induction_days=20)
    ask("DA-H2", "OFFICE", kind="attendance", attendance_count=2, attendance_months=12, validity_months=None)
    ask("DA-L1", "MIDWIFE", kind="once", validity_months=None, window_days=0)
    ask("DA-C1", "OFFICE", basis="from_old_end", validity_months=12, starts_on=date(2021, 1, 1))
    march = {"fixed_month": 3, "fixed_day": 31, "minimum_life_months": 3, "validity_months": None}
    ask("DA-S1", "MIDWIFE", basis="fixed_date", **march)
    ModuleFactory(code="DA-B2", refreshes=second.module)
    lender = ModuleFactory(code="DA-D0")
    link = {"starts_on": date(2022, 1, 1), "recorded_at": AT, "recorded_by": "system:test"}
    Satisfies.objects.create(lender=lender, borrower=first.module, months=18, **link)
    Equivalence.objects.create(
        module=first.module, external_title="Outside", accepted_by="Group", maximum_age_months=6, **link
    )
    pathways.change_requirement(requirement=second, on=date(2025, 1, 1), by=BY, at=AT, validity_months=24)
    pathways.begin_requirement(
        module=first.module,
        role_group=first.role_group,
        agency=world.agency,
        validity_months=12,
        on=date(2025, 6, 1),
        by=BY,
        at=AT,
    )
    late = MembershipFactory(partnership=world.partnership, starts_on=date(2025, 9, 1), agency__kind="police")
    assert late.agency_id
    return list(Module.objects.exclude(pk=lender.pk)) + [lender]


def crowd_post(dice, day, agencies, person):
    """A post with up to three terms, some on leave, some with a gap between them."""
    starts_on = day(0, 1400)
    first = TermFactory(
        post__employment__person=person,
        post__employment__agency=dice.choice(agencies),
        role_group__code=dice.choice(["MIDWIFE", "OFFICE"]),
        starts_on=starts_on,
    )
    last = first
    for _ in range(dice.randint(0, 2)):
        last.ends_on = last.starts_on + timedelta(days=dice.randint(20, 400))
        last.save()
        last = TermFactory(
            post=first.post,
            role_group__code=dice.choice(["MIDWIFE", "OFFICE"]),
            starts_on=last.ends_on + timedelta(days=dice.choice([1, 1, 1, 30])),
            on_leave=dice.random() < 0.3,
        )
    return first.post


def crowd_ledger(dice, day, people, modules):
    register = Equivalence.objects.get()
    for _ in range(400):
        on = day(0, 1520)
        module = dice.choice(modules)
        at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC) + timedelta(days=dice.choice([0, 0, 40]))
        more = {}
        if dice.random() < 0.1:
            more = {"method": "equivalence", "source": f"equivalence:{register.pk}"}
        done = completion(dice.choice(people), module, on=on, at=at, **more)
        if dice.random() < 0.1:
            ledger.void_completion(done, reason="Typed wrongly", by=BY, at=at + timedelta(days=50))
        elif dice.random() < 0.1:
            later = on + timedelta(days=dice.randint(1, 300))
            ledger.revoke_completion(done, effective_on=later, reason="Withdrawn", by=BY, at=at + timedelta(days=60))


@pytest.mark.parametrize("on", [date(2022, 6, 1), date(2024, 2, 29), date(2025, 3, 31), ON, date(2026, 12, 31)])
def test_the_fast_way_and_the_long_way_agree(crowd, on):
    expected = by_standings(crowd, on)
    assert expected
    assert rows(crowd, on) == expected
    then = datetime(2025, 4, 4, tzinfo=UTC)
    assert rows(crowd, on, known_at=then) == by_standings(crowd, on, known_at=then)


def test_the_crowd_is_awkward_enough(crowd):
    """Every exclusion occurs, with both answers where both can be."""
    found = {(valid, Exclusion(why)) for _, _, valid, why in rows(crowd)}
    assert found >= {
        (True, Exclusion.COUNTED),
        (False, Exclusion.COUNTED),
        (False, Exclusion.PAUSED),
        (True, Exclusion.PAUSED),
        (False, Exclusion.EXEMPT),
        (False, Exclusion.INDUCTION),
    }
    assert rows(crowd) != rows(crowd, known_at=datetime(2025, 4, 4, tzinfo=UTC))


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
