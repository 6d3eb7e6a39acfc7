"""Standing as a step function of the day."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.cases import MODULE, attempt, day, exempt, fact, from_old_end, history, rule, term, version
from tests.ledger.random_histories import ANY_DAY, FIRST, HISTORIES, SPAN
from training.ledger.expiry import Fact, periods
from training.ledger.history import History
from training.ledger.standing import Standing, standing
from training.ledger.steps import Step, steps

EVERY_DAY = [FIRST + timedelta(days=number) for number in range(-30, SPAN + 500)]


def written(known: History) -> list[str]:
    """The steps as 'from to until: state'."""
    return [f"{each.from_on} to {each.until_on}: {each.standing.state.value}" for each in steps(known)]


def looked_up(found: tuple[Step, ...], on: date) -> Standing | None:
    """The standing of the step in which the day lies, as a page looks it up."""
    lying = [each for each in found if each.from_on <= on and (each.until_on is None or on <= each.until_on)]
    assert len(lying) <= 1
    return lying[0].standing if lying else None


def test_a_renewal_reads_as_a_story_in_steps():
    known = history("2024-02-01", "2026-02-05", rules=(rule(from_old_end()),))
    assert written(known) == [
        "2024-01-01 to 2024-01-31: not_started",
        "2024-02-01 to 2025-12-02: in_date",
        "2025-12-03 to 2026-02-01: due_soon",
        "2026-02-02 to 2026-02-04: overdue",
        "2026-02-05 to 2027-12-06: in_date",
        "2027-12-07 to 2028-02-05: due_soon",
        "2028-02-06 to None: overdue",
    ]


def test_a_post_that_has_ended_has_no_further_step():
    assert written(history(terms=(term("2024-01-01", "2024-03-31"),))) == [
        "2024-01-01 to 2024-02-26: not_started",
        "2024-02-27 to 2024-03-31: overdue",
    ]


def test_a_new_term_in_the_same_job_makes_no_new_step():
    assert written(history(terms=(term("2024-01-01", "2024-01-31"), term("2024-02-01")))) == [
        "2024-01-01 to 2024-02-26: not_started",
        "2024-02-27 to None: overdue",
    ]


def test_the_days_before_a_rule_begins_are_a_step_of_their_own():
    assert written(history(rules=(rule(version("2024-03-01")),))) == [
        "2024-01-01 to 2024-02-29: not_yet_required",
        "2024-03-01 to 2024-04-26: not_started",
        "2024-04-27 to None: overdue",
    ]


def test_an_exemption_and_an_attempt_are_steps():
    known = history(exemptions=(exempt("2024-02-01", "2024-02-29"),), attempts=(attempt("2024-03-10", "2024-03-20"),))
    assert written(known) == [
        "2024-01-01 to 2024-01-31: not_started",
        "2024-02-01 to 2024-02-29: exempt",
        "2024-03-01 to 2024-03-09: not_started",
        "2024-03-10 to 2024-03-19: in_progress",
        "2024-03-20 to 2024-04-26: not_started",
        "2024-04-27 to None: overdue",
    ]


def test_what_is_due_on_the_first_day_is_overdue_on_the_second():
    assert written(history(rules=(rule(version(induction_days=0)),))) == [
        "2024-01-01 to 2024-01-01: not_started",
        "2024-01-02 to None: overdue",
    ]


def test_days_on_which_the_post_was_not_held_lie_between_steps():
    known = history(terms=(term("2024-01-01", "2024-01-31"), term("2024-03-01")), rules=(rule(version("2024-06-01")),))
    assert written(known)[:2] == [
        "2024-01-01 to 2024-01-31: not_yet_required",
        "2024-03-01 to 2024-05-31: not_yet_required",
    ]


def test_nobody_asked_has_no_steps():
    assert steps(History(terms=(term("2024-01-01"),), rules=())) == ()
    assert steps(History(terms=(), rules=(rule(version()),))) == ()


def test_what_is_done_for_good_is_one_step_without_an_end():
    known = history(fact("2024-01-01", is_lent=True))
    assert written(known) == ["2024-01-01 to None: in_date"]


@settings(max_examples=25, deadline=None)
@given(HISTORIES)
def test_on_every_day_the_step_looked_up_is_the_standing(known):
    found = steps(known)
    for on in EVERY_DAY:
        assert looked_up(found, on) == standing(known, on=on), on


@settings(max_examples=100, deadline=None)
@given(HISTORIES)
def test_steps_follow_one_another_and_each_is_as_long_as_it_can_be(known):
    found = steps(known)
    for before, after in zip(found, found[1:], strict=False):
        assert before.until_on is not None and before.until_on < after.from_on
        assert before.standing != after.standing or before.until_on + timedelta(days=1) < after.from_on


@settings(max_examples=100, deadline=None)
@given(HISTORIES, st.randoms(use_true_random=False))
def test_the_order_in_which_rows_come_makes_no_difference(known, random):
    def shuffled(rows):
        return tuple(random.sample(rows, len(rows)))

    mixed = replace(known, terms=shuffled(known.terms), rules=shuffled(known.rules), facts=shuffled(known.facts))
    assert steps(mixed) == steps(known)


@settings(max_examples=100, deadline=None)
@given(st.lists(ANY_DAY, min_size=1, max_size=6, unique=True), ANY_DAY)
def test_from_completion_a_further_completion_never_makes_anything_invalid(days, on):
    def is_valid(done):
        found = periods([Fact(uid=0, module=MODULE, completed_on=each) for each in done], (version(validity_months=6),))
        return any(each.is_valid(on) for each in found)

    assert is_valid(days) >= is_valid(days[1:])


@settings(max_examples=100, deadline=None)
@given(HISTORIES)
def test_what_is_done_after_a_day_never_changes_what_stood_on_it(known):
    on = day("2025-06-15")
    before = replace(known, facts=tuple(fact for fact in known.facts if fact.completed_on <= on))
    assert standing(before, on=on) == standing(known, on=on)
