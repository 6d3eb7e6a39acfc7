"""Versions of a requirement: which serves a day, and which the editor refuses."""

from dataclasses import replace

import pytest

from tests.ledger.cases import attendance, day, fixed_date, from_old_end, version
from training.pathways.rules import Basis, Kind, problems, version_in_force

FIRST = version("2020-01-01", "2021-12-31", validity_months=36)
SECOND = version("2022-07-01", "2023-12-31", validity_months=24)
THIRD = version("2024-01-01", validity_months=12)
VERSIONS = (THIRD, FIRST, SECOND)


@pytest.mark.parametrize(
    ("on", "serves"),
    [
        ("2020-01-01", FIRST),
        ("2021-12-31", FIRST),
        ("2022-07-01", SECOND),
        ("2023-12-31", SECOND),
        ("2024-01-01", THIRD),
        ("2039-01-01", THIRD),
    ],
)
def test_the_version_that_runs_on_the_day_serves(on, serves):
    assert version_in_force(VERSIONS, day(on)) is serves


def test_in_a_gap_the_last_version_begun_before_serves():
    assert version_in_force(VERSIONS, day("2022-03-15")) is FIRST


def test_after_the_last_version_has_ended_it_still_serves():
    assert version_in_force((FIRST, SECOND), day("2025-01-01")) is SECOND


def test_before_every_version_the_first_ever_serves():
    assert version_in_force(VERSIONS, day("2012-01-01")) is FIRST


def test_of_versions_that_overlap_the_one_begun_last_serves():
    assert version_in_force((FIRST, version("2021-01-01", "2021-06-30")), day("2021-03-01")).starts_on == day(
        "2021-01-01"
    )
    assert version_in_force((FIRST, version("2021-01-01", "2021-06-30")), day("2021-07-01")) is FIRST


def test_a_version_is_in_force_from_its_first_day_to_its_last():
    assert [FIRST.is_in_force(day(on)) for on in ("2019-12-31", "2020-01-01", "2021-12-31", "2022-01-01")] == [
        False,
        True,
        True,
        False,
    ]


def test_equal_versions_hash_alike():
    assert hash(replace(FIRST)) == hash(FIRST)
    assert replace(FIRST) == FIRST
    assert replace(FIRST, grace_days=1) != FIRST


@pytest.mark.parametrize(
    "rule",
    [
        version(),
        version(kind=Kind.ONCE, validity_months=None, window_days=0),
        version(window_days=0),
        version(window_days=0, window_months=3),
        from_old_end(),
        fixed_date(3, 31),
        fixed_date(2, 29),
        attendance(),
        attendance(window_days=0),
    ],
)
def test_a_sound_version_may_be_saved(rule):
    assert problems(rule) == []


def test_a_rule_from_the_old_end_needs_a_window():
    assert problems(from_old_end(window_days=0)) == ["A rule that renews from the old end date needs a window."]


def test_a_fixed_date_rule_needs_a_minimum_life():
    assert problems(fixed_date(3, 31, minimum_life_months=0, window_days=0)) == [
        "A rule with the same date for everyone needs a minimum life, from 1 to 240 months."
    ]


@pytest.mark.parametrize(
    ("window", "life", "is_refused"),
    [
        ({"window_days": 60}, 2, True),
        ({"window_days": 59}, 2, False),
        ({"window_days": 0, "window_months": 3}, 2, True),
        ({"window_days": 0, "window_months": 3}, 3, False),
    ],
)
def test_the_minimum_life_is_at_least_as_long_as_the_window(window, life, is_refused):
    refusal = ["The minimum life must be at least as long as the window."]
    assert problems(fixed_date(3, 31, minimum_life_months=life, **window)) == (refusal if is_refused else [])


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (version(ends_on="2014-12-31"), "The last day comes before the first."),
        (version(induction_days=-1), "The induction deadline cannot be a negative number of days."),
        (version(grace_days=-1), "The days of grace cannot be a negative number."),
        (version(refreshers=("DA-B1",)), "A module cannot be its own refresher."),
        (version(window_months=2), "Give the window in days or in months, not both."),
        (version(window_days=-1), "The window cannot be negative."),
        (version(validity_months=None), "Say for how many months a completion is valid, from 1 to 240."),
        (version(validity_months=241), "Say for how many months a completion is valid, from 1 to 240."),
        (version(validity_months=2), "The window must be shorter than the validity."),
        (version(validity_months=3, window_days=0, window_months=3), "The window must be shorter than the validity."),
        (fixed_date(2, 30), "Say the day and month on which training ends for everyone each year."),
        (fixed_date(13, 1), "Say the day and month on which training ends for everyone each year."),
        (attendance(count=0), "Say on how many separate days somebody has to attend."),
        (attendance(months=0), "Say within how many months the attendances have to fall, from 1 to 240."),
        (attendance(months=1), "The window must be shorter than the months in which attendances count."),
        (version(kind=Kind.ONCE), "A module that is done once and for good has no validity in months."),
    ],
)
def test_a_version_that_makes_no_sense_is_refused_in_words(rule, said):
    assert problems(rule) == [said]


def test_every_problem_is_told_at_once():
    rule = version(basis=Basis.FROM_OLD_END, validity_months=None, window_days=0, induction_days=-1)
    assert problems(rule) == [
        "The induction deadline cannot be a negative number of days.",
        "Say for how many months a completion is valid, from 1 to 240.",
        "A rule that renews from the old end date needs a window.",
    ]
