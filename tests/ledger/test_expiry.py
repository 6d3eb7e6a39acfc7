"""How long completions last: the settled points of renewal, one by one."""

import pytest

from tests.ledger.cases import (
    MODULE,
    REFRESHER,
    attendance,
    day,
    fact,
    facts,
    fixed_date,
    from_old_end,
    version,
)
from training.ledger.expiry import Fact, Period, furthest, periods
from training.pathways.rules import Kind, RuleVersion


def shown(done: tuple[Fact, ...], *versions: RuleVersion, began_on: str | None = None) -> list[str]:
    """The periods as 'first day to last day'."""
    found = periods(done, versions, began_on and day(began_on))
    return [f"{each.starts_on} to {each.ends_on or 'for good'}" for each in found]


def only(done: tuple[Fact, ...], *versions: RuleVersion) -> Period:
    """The one period that there is."""
    (period,) = periods(done, versions)
    return period


def test_nothing_done_makes_no_period():
    assert periods((), (version(),)) == ()


def test_twenty_four_months_from_1_march_2026_end_on_1_march_2028_and_that_day_is_in_date():
    period = only(facts("2026-03-01"), version())
    assert period == Period(
        day("2026-03-01"), day("2028-03-01"), day("2028-01-01"), ("2026-03-01",), False, day("2028-03-01")
    )
    assert [period.is_valid(day(on)) for on in ("2026-02-28", "2026-03-01", "2028-03-01", "2028-03-02")] == [
        False,
        True,
        True,
        False,
    ]


def test_a_completion_on_29_february_ends_on_the_28th_of_a_year_without_one():
    assert shown(facts("2024-02-29"), version(validity_months=12)) == ["2024-02-29 to 2025-02-28"]
    assert shown(facts("2024-02-29"), version(validity_months=48)) == ["2024-02-29 to 2028-02-29"]


def test_a_module_done_once_is_valid_for_good_and_has_no_window():
    period = only(facts("2026-03-01"), version(kind=Kind.ONCE, validity_months=None))
    assert (period.ends_on, period.window_opens_on) == (None, None)
    assert period.is_valid(day("2099-01-01"))


# Which version a completion follows


CHANGED = (version("2020-01-01", "2024-12-31", validity_months=36), version("2025-01-01", validity_months=12))


def test_validity_follows_the_version_in_force_on_the_day_of_completion():
    assert shown(facts("2024-12-31"), *CHANGED) == ["2024-12-31 to 2027-12-31"]
    assert shown(facts("2025-01-01"), *CHANGED) == ["2025-01-01 to 2026-01-01"]


def test_a_completion_older_than_every_version_follows_the_first_ever():
    assert shown(facts("2012-05-05"), *CHANGED) == ["2012-05-05 to 2015-05-05"]


def test_a_completion_in_a_gap_follows_the_last_version_begun_before_it():
    gap = (version("2020-01-01", "2021-12-31", validity_months=36), version("2025-01-01", validity_months=12))
    assert shown(facts("2023-06-01"), *gap) == ["2023-06-01 to 2026-06-01"]


def test_the_window_belongs_to_the_period_it_closes_and_not_to_the_renewals_version():
    old = from_old_end(ends_on="2025-10-31", validity_months=24, window_days=0, window_months=1)
    new = from_old_end(starts_on="2025-11-01", validity_months=24, window_days=0, window_months=6)
    # By the renewal's six months 1 December would lie in the window; by the period's one month it does not.
    assert shown(facts("2024-03-10", "2025-12-01"), old, new) == [
        "2024-03-10 to 2026-03-10",
        "2025-12-01 to 2026-03-10",
    ]
    assert shown(facts("2024-03-10", "2026-02-10"), old, new)[1] == "2026-02-10 to 2028-03-10"


def test_a_window_in_months_is_clamped_at_the_month_end():
    assert only(facts("2024-05-31"), version(window_days=0, window_months=3)).window_opens_on == day("2026-02-28")


# From the old end


@pytest.mark.parametrize(
    ("renewed_on", "ends_on"),
    [
        ("2027-12-31", "2028-03-01"),  # the day before the window: the old end is kept
        ("2028-01-01", "2030-03-01"),  # the day it opens
        ("2028-03-01", "2030-03-01"),  # the last day
        ("2028-03-02", "2030-03-02"),  # a day late: from completion
    ],
)
def test_from_the_old_end_turns_on_where_in_the_old_period_somebody_renews(renewed_on, ends_on):
    assert shown(facts("2026-03-01", renewed_on), from_old_end())[1] == f"{renewed_on} to {ends_on}"


def test_the_first_period_from_the_old_end_runs_from_completion():
    assert shown(facts("2026-05-20"), from_old_end()) == ["2026-05-20 to 2028-05-20"]


def test_a_first_completion_and_five_renewals_leave_six_periods():
    done = facts("2016-03-01", "2018-02-01", "2020-01-15", "2021-12-30", "2024-02-29", "2026-03-05")
    assert shown(done, from_old_end()) == [
        "2016-03-01 to 2018-03-01",
        "2018-02-01 to 2020-03-01",
        "2020-01-15 to 2022-03-01",
        "2021-12-30 to 2022-03-01",
        "2024-02-29 to 2026-02-28",
        "2026-03-05 to 2028-03-05",
    ]


def test_clamping_does_not_come_back():
    done = facts("2024-02-29", "2025-02-01", "2026-02-01", "2027-02-01")
    assert shown(done, from_old_end(validity_months=12)) == [
        "2024-02-29 to 2025-02-28",
        "2025-02-01 to 2026-02-28",
        "2026-02-01 to 2027-02-28",
        "2027-02-01 to 2028-02-28",
    ]


def test_where_two_old_periods_reach_as_far_the_window_of_the_first_is_the_one():
    old = from_old_end(ends_on="2025-05-31", window_days=0, window_months=1)
    new = from_old_end(starts_on="2025-06-01", window_days=0, window_months=6)
    assert shown(facts("2024-03-10", "2025-06-01", "2025-12-01"), old, new) == [
        "2024-03-10 to 2026-03-10",
        "2025-06-01 to 2026-03-10",
        "2025-12-01 to 2026-03-10",
    ]


def test_an_old_period_without_a_window_has_no_old_end_to_count_from():
    old = version(ends_on="2025-12-31", window_days=0)
    assert (
        shown(facts("2025-01-01", "2026-06-01"), old, from_old_end(starts_on="2026-01-01"))[1]
        == "2026-06-01 to 2028-06-01"
    )


def test_completions_in_any_order_make_the_same_periods():
    done = facts("2016-03-01", "2018-02-01", "2020-01-15")
    assert shown(done[::-1], from_old_end()) == shown(done, from_old_end())


# The same date for everyone


@pytest.mark.parametrize(
    ("completed_on", "ends_on"),
    [
        ("2025-09-01", "2026-03-31"),
        ("2025-12-31", "2026-03-31"),  # exactly the minimum life of three months
        ("2026-01-01", "2027-03-31"),  # a day less: the next year's
        ("2026-03-30", "2027-03-31"),
        ("2026-03-31", "2027-03-31"),  # the day itself
        ("2026-04-01", "2027-03-31"),
    ],
)
def test_a_fixed_date_is_the_first_that_leaves_the_minimum_life(completed_on, ends_on):
    assert shown(facts(completed_on), fixed_date(3, 31)) == [f"{completed_on} to {ends_on}"]


def test_finishing_on_the_fixed_day_itself_runs_to_the_next_years():
    assert shown(facts("2026-03-31"), fixed_date(3, 31, minimum_life_months=0)) == ["2026-03-31 to 2027-03-31"]


def test_a_fixed_29_february_falls_on_the_28th_in_other_years():
    done = facts("2026-06-01", "2027-06-01")
    assert shown(done, fixed_date(2, 29)) == ["2026-06-01 to 2027-02-28", "2027-06-01 to 2028-02-29"]


# Several completions


def test_two_completions_on_one_day_make_one_period():
    done = (fact("2026-03-01", uid="a"), fact("2026-03-01", uid="b"))
    assert only(done, from_old_end()).facts == ("a", "b")


def test_of_overlapping_periods_the_one_that_reaches_furthest_stands():
    long_then_short = (version(ends_on="2024-12-31", validity_months=36), version("2025-01-01", validity_months=12))
    found = periods(facts("2024-06-01", "2025-06-01"), long_then_short)
    assert furthest(found, day("2025-07-01")).ends_on == day("2027-06-01")


def test_of_periods_that_reach_as_far_the_one_that_began_first_stands():
    found = periods(facts("2026-03-01", "2027-01-01"), (from_old_end(),))
    assert [each.ends_on for each in found] == [day("2028-03-01")] * 2
    assert furthest(found, day("2027-02-01")).starts_on == day("2026-03-01")


def test_a_period_that_has_not_begun_does_not_stand():
    assert furthest(periods(facts("2026-03-01"), (version(),)), day("2026-02-28")) is None


# Refreshers


def test_a_refresher_renews_what_is_in_date():
    done = (fact("2026-03-01"), fact("2028-02-01", module=REFRESHER))
    assert shown(done, version()) == ["2026-03-01 to 2028-03-01", "2028-02-01 to 2030-02-01"]
    assert shown(done, from_old_end()) == ["2026-03-01 to 2028-03-01", "2028-02-01 to 2030-03-01"]


def test_in_the_days_of_grace_the_refresher_still_renews_from_completion():
    grace = from_old_end(grace_days=30)
    assert shown((fact("2026-03-01"), fact("2028-03-31", module=REFRESHER)), grace)[1:] == ["2028-03-31 to 2030-03-31"]


def test_after_the_grace_has_run_out_a_refresher_renews_nothing():
    grace = from_old_end(grace_days=30)
    assert shown((fact("2026-03-01"), fact("2028-04-01", module=REFRESHER)), grace)[1:] == []


def test_a_refresher_before_there_is_anything_to_refresh_renews_nothing():
    assert shown((fact("2026-02-01", module=REFRESHER),), version()) == []
    done = (fact("2026-02-01", module=REFRESHER), fact("2026-03-01"))
    assert shown(done, version()) == ["2026-03-01 to 2028-03-01"]


def test_a_refresher_on_the_day_of_the_module_itself_adds_nothing():
    done = (fact("2026-03-01", uid="short", module=REFRESHER), fact("2026-03-01", uid="full"))
    assert only(done, from_old_end()).facts == ("full",)


def test_a_refresher_can_refresh_a_refresher():
    done = (fact("2026-03-01"), fact("2028-02-01", module=REFRESHER), fact("2030-01-20", module=REFRESHER))
    assert shown(done, from_old_end())[2] == "2030-01-20 to 2032-03-01"


def test_a_module_that_the_version_does_not_name_as_refresher_renews_nothing():
    done = (fact("2026-03-01"), fact("2028-02-01", module="DA-C1"))
    assert shown(done, version()) == ["2026-03-01 to 2028-03-01"]
    assert shown((fact("2026-03-01"), fact("2028-02-01", module=REFRESHER)), version(refreshers=()))[1:] == []


# Training done elsewhere


@pytest.mark.parametrize(
    ("began_on", "counts"), [("2026-03-01", True), ("2026-03-02", False), ("2024-01-01", True), (None, True)]
)
def test_training_elsewhere_counts_if_not_too_old_when_the_obligation_began(began_on, counts):
    done = (fact("2025-03-01", maximum_age_months=12),)
    assert shown(done, version(), began_on=began_on) == (["2025-03-01 to 2027-03-01"] if counts else [])


def test_training_elsewhere_done_after_the_obligation_began_is_new():
    assert shown((fact("2026-03-01", maximum_age_months=0),), version(), began_on="2020-01-01") == [
        "2026-03-01 to 2028-03-01"
    ]


def test_training_elsewhere_that_is_too_old_cannot_be_refreshed():
    done = (fact("2024-03-01", maximum_age_months=12), fact("2026-02-01", module=REFRESHER))
    assert shown(done, version(), began_on="2026-01-01") == []


# What another module lends


def test_a_lent_validity_lasts_for_the_links_months_whatever_the_lenders_own_rule():
    lent = fact("2026-03-01", is_lent=True, lent_months=36)
    period = only((lent,), version(validity_months=24))
    assert (period.ends_on, period.is_lent) == (day("2029-03-01"), True)


def test_a_lent_validity_lasts_for_good_where_the_link_names_no_months():
    assert shown((fact("2026-03-01", is_lent=True),), version()) == ["2026-03-01 to for good"]


def test_what_is_lent_makes_no_period_that_could_be_refreshed_or_renewed_from():
    lent = fact("2026-03-01", is_lent=True, lent_months=24)
    assert shown((lent, fact("2028-02-01", module=REFRESHER)), from_old_end()) == ["2026-03-01 to 2028-03-01"]
    assert shown((lent, fact("2028-02-01")), from_old_end())[1] == "2028-02-01 to 2030-02-01"


# Attendance


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (["2026-01-10"], []),
        (["2026-01-10", "2026-01-10"], []),  # one day
        (["2026-01-10", "2026-09-20"], ["2026-09-20 to 2027-01-10"]),
        (["2026-01-10", "2027-01-10"], ["2027-01-10 to 2027-01-10"]),  # just within twelve months
        (["2026-01-10", "2027-01-11"], []),
        (["2026-01-10", "2026-05-01", "2026-09-20"], ["2026-05-01 to 2027-01-10", "2026-09-20 to 2027-05-01"]),
    ],
)
def test_two_of_four_meetings_in_any_twelve_months(days, found):
    done = tuple(fact(on, uid=f"{number}") for number, on in enumerate(days))
    assert shown(done, attendance(2, 12)) == found


def test_a_period_of_attendance_names_the_meetings_it_rests_on():
    found = periods(facts("2026-01-10", "2026-05-01", "2026-09-20"), (attendance(2, 12),))
    assert [each.facts for each in found] == [("2026-01-10", "2026-05-01"), ("2026-05-01", "2026-09-20")]


def test_a_revoked_attendance_stops_counting_on_the_day():
    done = (fact("2026-01-10"), fact("2026-05-01", revoked_on="2026-08-01"), fact("2026-09-20"))
    assert shown(done, attendance(2, 12)) == ["2026-05-01 to 2026-07-31", "2026-09-20 to 2027-01-10"]


# Revocation


def test_a_revocation_ends_validity_on_the_day_before_and_leaves_the_past():
    period = only((fact("2026-03-01", revoked_on="2027-06-01"),), version())
    assert [period.is_valid(day(on)) for on in ("2026-03-01", "2027-05-31", "2027-06-01")] == [True, True, False]


def test_asked_about_an_earlier_day_a_revoked_period_has_the_cut_end_and_the_original_window():
    period = only((fact("2026-03-01", revoked_on="2027-06-01"),), version())
    assert (period.ends_on, period.window_opens_on) == (day("2027-05-31"), day("2028-01-01"))


def test_a_revocation_after_the_end_takes_nothing_away():
    assert shown((fact("2026-03-01", revoked_on="2029-01-01"),), version()) == ["2026-03-01 to 2028-03-01"]


def test_a_completion_revoked_from_its_own_day_was_never_valid():
    assert shown((fact("2026-03-01", revoked_on="2026-03-01"),), version()) == []


@pytest.mark.parametrize("refreshed_on", ["2027-06-01", "2027-06-20", "2028-02-01"])
def test_a_revoked_period_cannot_be_refreshed(refreshed_on):
    done = (fact("2026-03-01", revoked_on="2027-06-01"), fact(refreshed_on, module=REFRESHER))
    assert shown(done, version(grace_days=90)) == ["2026-03-01 to 2027-05-31"]


def test_a_refresher_done_before_the_revocation_took_effect_stands():
    done = (fact("2026-03-01", revoked_on="2028-02-20"), fact("2028-02-01", module=REFRESHER))
    assert shown(done, from_old_end()) == ["2026-03-01 to 2028-02-19", "2028-02-01 to 2030-03-01"]


def test_a_full_renewal_after_a_revocation_runs_from_completion():
    done = (fact("2026-03-01", revoked_on="2027-06-01"), fact("2028-02-01"))
    assert shown(done, from_old_end())[1] == "2028-02-01 to 2030-02-01"


def test_a_renewal_before_a_revocation_stands_as_it_was():
    done = (fact("2026-03-01", revoked_on="2028-06-01"), fact("2028-02-01"))
    assert shown(done, from_old_end()) == ["2026-03-01 to 2028-03-01", "2028-02-01 to 2030-03-01"]


def test_a_renewal_counts_from_the_end_that_was_promised_on_its_day():
    versions = (
        version(ends_on="2024-12-31", validity_months=36),
        version("2025-01-01", "2025-05-31", validity_months=12),
        from_old_end(starts_on="2025-06-01"),
    )
    done = (fact("2024-06-01", revoked_on="2026-01-01"), fact("2025-03-01"), fact("2025-06-01"))
    assert shown(done, *versions) == [
        "2024-06-01 to 2025-12-31",
        "2025-03-01 to 2026-03-01",
        "2025-06-01 to 2027-06-01",
    ]


def test_a_day_of_completions_is_revoked_only_when_all_of_them_are():
    twice = (fact("2026-03-01", uid="a", revoked_on="2027-06-01"), fact("2026-03-01", uid="b"))
    assert shown(twice, version()) == ["2026-03-01 to 2028-03-01"]
    both = (twice[0], fact("2026-03-01", uid="b", revoked_on="2027-09-01"))
    assert shown(both, version()) == ["2026-03-01 to 2027-08-31"]


def test_what_is_lent_can_be_revoked():
    assert shown((fact("2026-03-01", is_lent=True, revoked_on="2027-01-01"),), version()) == [
        "2026-03-01 to 2026-12-31"
    ]


def test_a_module_is_named_by_number_or_by_code():
    assert shown((fact("2026-03-01", module=7),), version(module=7)) == ["2026-03-01 to 2028-03-01"]
    assert shown((fact("2026-03-01", module=7),), version(module=MODULE)) == []
