"""Standings in columns and standings one by one: the same rows for plain histories (in a crowd: test_crowd.py)."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.access.clock import add_months
from training.ledger.columns import NEVER, day_of, months_on, number
from training.ledger.expiry import Fact
from training.ledger.history import History, Term
from training.ledger.plain import STATES, Asked, Completions, steps
from training.ledger.steps import steps as one_by_one
from training.pathways.rules import Basis, Kind, Rule, RuleVersion, version_in_force
from training.pathways.spans import joined, overlap, span

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
