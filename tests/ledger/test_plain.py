"""Standings in columns and standings one by one: the same rows, for plain histories and in a crowd of awkward ones."""

import random
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import TermFactory, completion
from tests.ledger.test_coverage_facts import AT, BY, ask, crowd  # noqa: F401 - a fixture
from training.access.clock import add_months
from training.ledger import rebuild
from training.ledger import services as ledger
from training.ledger.columns import NEVER, day_of, months_on, number
from training.ledger.expiry import Fact
from training.ledger.history import History, Term
from training.ledger.models import StandingStep
from training.ledger.plain import STATES, Asked, Completions, steps
from training.ledger.rebuild import rebuild_standings
from training.ledger.steps import steps as one_by_one
from training.pathways import services as pathways
from training.pathways.rules import Basis, Kind, Rule, RuleVersion, version_in_force
from training.pathways.spans import joined, overlap, span
from training.people.models import Post

FIRST = date(2020, 1, 1)
days = st.integers(0, 2600).map(lambda n: FIRST + timedelta(days=n))


@st.composite
def rules(draw):
    """One to three versions that follow on from each other, of any plain kind and basis."""
    count = draw(st.integers(1, 3))
    starts = sorted(draw(st.lists(st.integers(-400, 1800), min_size=count, max_size=count, unique=True)))
    ends = [*(start - 1 for start in starts[1:]), draw(st.none() | st.integers(starts[-1], 2600))]
    return tuple(_version(draw, start, end) for start, end in zip(starts, ends, strict=True))


def _version(draw, start, end):
    window = draw(st.sampled_from([{}, {"window_days": 60}, {"window_months": 2}]))
    if draw(st.integers(0, 5)) == 0:
        said = {"kind": Kind.ONCE}
    else:
        basis = draw(st.sampled_from(list(Basis)))
        said = window | {"basis": basis}
        if basis is Basis.FIXED_DATE:
            month, day = draw(st.sampled_from([(3, 31), (2, 29), (12, 1), (8, 31)]))
            said |= {"fixed_month": month, "fixed_day": day, "minimum_life_months": draw(st.integers(3, 14))}
        else:
            said |= {"validity_months": draw(st.integers(3, 40))}
    return RuleVersion(
        requirement=7,
        module=1,
        starts_on=FIRST + timedelta(days=start),
        ends_on=None if end is None else FIRST + timedelta(days=end),
        induction_days=draw(st.sampled_from([0, 28, 400])),
        **said,
    )


@st.composite
def plain(draw):
    """A post held for a while, the rule that asks it, and the days on which its holder completed the module."""
    held_from = draw(days)
    held_until = draw(st.none() | days.filter(lambda day: day >= held_from))
    done = sorted(draw(st.sets(days, max_size=6)))
    return draw(rules()), held_from, held_until, done


def in_columns(versions, held_from, held_until, done):
    """The steps that columns make of it, as plain tuples in order."""
    asked = overlap(joined(span(each.starts_on, each.ends_on) for each in versions)[0], span(held_from, held_until))
    if asked is None:
        return []
    induction = version_in_force(versions, asked.first).induction_days
    one = lambda day: np.array([number(day)])  # noqa: E731
    about = Asked(one(held_from), one(asked.first), one(asked.last), one(asked.first) + induction)
    completions = Completions(
        np.array([number(day) for day in done], dtype=np.int64), np.array([0]), np.array([len(done)])
    )
    found = []
    for each in steps(versions, about, completions):
        for row in range(len(each.pair)):
            found.append(
                (
                    day_of(int(each.from_on[row])),
                    _day(each.until_on[row]),
                    STATES[int(each.state[row])],
                    bool(each.is_valid[row]),
                    bool(each.is_required[row]),
                    _day(each.due_on[row]),
                    _day(each.valid_until[row]),
                    _day(each.window[row]),
                    asked.first,
                )
            )
    return sorted(found)


def _day(day):
    return None if day >= NEVER or day < number(date.min) else day_of(int(day))


def by_the_rule(versions, held_from, held_until, done):
    """The same, as the pure rule says."""
    history = History(
        terms=(Term(starts_on=held_from, ends_on=held_until, role_group=1),),
        rules=(Rule(requirement=7, module=1, versions=versions, role_group=1),),
        facts=tuple(Fact(uid=place, module=1, completed_on=day) for place, day in enumerate(done)),
    )
    return [
        (
            step.from_on,
            step.until_on,
            step.standing.state,
            step.standing.is_valid,
            step.standing.is_required,
            step.standing.due_on,
            step.standing.valid_until,
            step.standing.window_opens_on,
            step.standing.began_on,
        )
        for step in one_by_one(history)
    ]


@settings(max_examples=1500, deadline=None)
@given(plain())
def test_columns_say_what_the_rule_says(history):
    assert in_columns(*history) == by_the_rule(*history)


@pytest.mark.parametrize("months", [-13, -2, -1, 0, 1, 2, 12, 24, 36, 48, 1200])
def test_months_in_columns_are_months(months):
    every_day = [date(1996, 1, 1) + timedelta(days=day) for day in range(1500)]
    found = months_on(np.array([number(day) for day in every_day]), months)
    assert [day_of(int(day)) for day in found] == [add_months(day, months) for day in every_day]


def table():
    fields = [f.attname for f in StandingStep._meta.concrete_fields if f.name not in ("id", "worked_out_at")]
    return list(
        StandingStep.objects.everywhere(reason="test").order_by("post_id", "module_id", "from_on").values(*fields)
    )


@pytest.fixture
def mixed(crowd, world):  # noqa: F811
    """The awkward crowd, and sixty whose histories are plain but for a few."""
    dice = random.Random(7)  # noqa: S311
    asked = [
        ask("GP-P1", "GP", validity_months=24, starts_on=date(2023, 1, 1)),
        ask("GP-P2", "GP", basis="from_old_end", validity_months=12, ends_on=date(2027, 1, 1)),
        ask("GP-P3", "GP", kind="once", validity_months=None, window_days=0),
        ask(
            "GP-P4", "GP", basis="fixed_date", validity_months=None, fixed_month=2, fixed_day=29, minimum_life_months=6
        ),
    ]
    pathways.change_requirement(requirement=asked[0], on=date(2025, 1, 1), by=BY, at=AT, validity_months=12)
    for turn in range(60):
        starts_on = date(2022, 1, 1) + timedelta(days=dice.randint(0, 1400))
        moved_on = starts_on + timedelta(days=90)
        term = {"post__employment__agency": world.agency, "role_group__code": "GP"}
        post = TermFactory(**term, starts_on=starts_on, ends_on=moved_on - timedelta(days=1)).post
        if turn % 4:
            TermFactory(post=post, role_group__code="GP", starts_on=moved_on, on_leave=turn % 15 == 1)
        if turn == 5:
            pathways.exempt(post=post, module=asked[0].module, starts_on=date(2025, 1, 1), by=BY, at=AT)
        for _ in range(dice.randint(0, 8)):
            day = date(2022, 1, 1) + timedelta(days=dice.randint(0, 1500))
            done = completion(post.employment.person, dice.choice(asked).module, on=day)
            if turn % 20 == 3:
                ledger.void_completion(done, reason="Typed wrongly", by=BY, at=AT)
    return crowd


def test_a_crowd_in_columns_is_the_crowd_one_by_one(mixed, monkeypatch):
    went_the_long_way = []
    one_by_one = rebuild._refresh_one_by_one
    monkeypatch.setattr(rebuild, "MANY", 10**9)
    rebuild_standings(at=AT)
    expected = table()
    StandingStep.objects.everywhere(reason="test").delete()
    monkeypatch.setattr(rebuild, "MANY", 1)
    monkeypatch.setattr(
        rebuild, "_refresh_one_by_one", lambda ids, *more: went_the_long_way.extend(ids) or one_by_one(ids, *more)
    )
    rebuild_standings(at=AT)
    assert table() == expected
    everybody = Post.objects.everywhere(reason="test").count()
    assert 60 < len(went_the_long_way) < everybody - 40
    assert rebuild.refresh_standings(Post.objects.everywhere(reason="test").values_list("pk", flat=True), at=AT) == 0


def test_what_no_fact_stands_behind_is_put_right_in_columns(mixed, monkeypatch):
    monkeypatch.setattr(rebuild, "MANY", 1)
    rebuild_standings(at=AT)
    expected = table()
    rows = StandingStep.objects.everywhere(reason="test")
    rows.filter(pk__in=list(rows.values_list("pk", flat=True)[::3])).update(state="exempt", due_on=None)
    rows.filter(pk__in=list(rows.values_list("pk", flat=True)[1::5])).delete()
    rebuild_standings(at=AT)
    assert table() == expected
