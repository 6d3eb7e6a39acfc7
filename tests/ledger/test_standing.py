"""How a post stands with a module: the settled points, one by one."""

import pytest

from tests.ledger.cases import (
    LENDER,
    attempt,
    attendance,
    away,
    day,
    duty,
    exempt,
    extended,
    fact,
    from_old_end,
    history,
    rule,
    term,
    version,
)
from training.ledger.history import History
from training.ledger.standing import Standing, State, standing
from training.pathways.rules import Kind, Rule


def at(known: History, on: str) -> Standing:
    """The standing on a day on which there is one."""
    found = standing(known, on=day(on))
    assert found is not None
    return found


def states(known: History, *days: str) -> list[str]:
    """The state on each of these days."""
    return [at(known, on).state.value for on in days]


def due(known: History, on: str) -> str:
    """The due date on a day, as text."""
    return str(at(known, on).due_on)


# Who is asked


def test_nobody_is_asked_outside_the_post():
    known = history(terms=(term("2024-01-01", "2025-12-31"),))
    assert [standing(known, on=day(on)) for on in ("2023-12-31", "2026-01-01")] == [None, None]
    assert states(known, "2024-01-01", "2025-12-31") == ["not_started", "overdue"]


def test_a_rule_for_a_role_group_asks_that_role_group_alone():
    known = history(
        terms=(term("2024-01-01", "2024-06-30", role_group="OFFICE"), term("2024-07-01", role_group="GP")),
        rules=(rule(version(), role_group="GP"),),
    )
    assert at(known, "2024-07-01").began_on == day("2024-07-01")
    assert states(known, "2024-06-30", "2024-07-01") == ["not_yet_required", "not_started"]


def test_a_rule_for_a_designation_asks_while_it_is_held():
    known = history(
        rules=(rule(version(), designation="MARAC_REP"),), duties=(duty("MARAC_REP", "2024-03-01", "2024-08-31"),)
    )
    assert states(known, "2024-02-29", "2024-03-01", "2024-08-31") == ["not_yet_required", "not_started", "overdue"]
    assert standing(known, on=day("2024-09-01")) is None


def test_a_rule_of_an_agency_or_a_kind_of_agency_asks_there_alone():
    own = rule(version(requirement="own"), agency="A1")
    kind = rule(version(requirement="kind"), agency_kind="police")
    known = history(terms=(term("2024-01-01", agency="A1", agency_kind="police"),), rules=(own, kind))
    assert at(known, "2024-01-01").reasons == ("kind", "own")
    elsewhere = history(terms=(term("2024-01-01", agency="A2", agency_kind="fire"),), rules=(own, kind))
    assert standing(elsewhere, on=day("2024-01-01")) is None


def test_with_no_rule_there_is_no_standing():
    assert standing(History(terms=(term("2024-01-01"),), rules=()), on=day("2024-06-01")) is None


def test_a_history_is_about_one_module():
    other = Rule(requirement="R2", module="DA-A1", versions=(version(module="DA-A1"),))
    with pytest.raises(ValueError, match="one module"):
        history(rules=(rule(version()), other))


def test_a_rule_that_has_yet_to_begin_is_not_yet_required():
    known = history(rules=(rule(version("2026-04-01")),))
    found = at(known, "2026-03-31")
    assert (found.state, found.is_required, found.is_counted) == (State.NOT_YET_REQUIRED, False, False)
    assert (found.began_on, found.due_on) == (day("2026-04-01"), day("2026-05-27"))
    assert states(known, "2026-04-01") == ["not_started"]


def test_a_gap_in_the_rule_begins_a_new_obligation_and_a_new_version_does_not():
    followed_on = history(rules=(rule(version(ends_on="2024-05-31"), version("2024-06-01")),))
    assert at(followed_on, "2024-06-15").began_on == day("2024-01-01")
    gap = history(rules=(rule(version(ends_on="2024-05-30"), version("2024-06-01")),))
    assert at(gap, "2024-06-15").began_on == day("2024-06-01")


# Induction


def test_before_the_first_completion_there_is_only_the_deadline():
    known = history()
    assert due(known, "2024-01-01") == "2024-02-26"
    assert states(known, "2024-01-01", "2024-02-26", "2024-02-27") == ["not_started", "not_started", "overdue"]


def test_the_induction_deadline_follows_the_version_in_force_when_the_obligation_began():
    versions = (version(ends_on="2024-01-31", induction_days=90), version("2024-02-01", induction_days=10))
    assert due(history(rules=(rule(*versions),)), "2024-02-15") == "2024-03-31"


def test_someone_who_joins_holding_valid_training_is_due_on_the_later_of_its_end_and_the_deadline():
    assert due(history("2023-03-01"), "2024-01-01") == "2025-03-01"
    ends_soon = history("2022-01-20")
    assert due(ends_soon, "2024-01-01") == "2024-02-26"
    assert states(ends_soon, "2024-01-20", "2024-01-21", "2024-02-26", "2024-02-27") == [
        "due_soon",
        "not_started",
        "not_started",
        "overdue",
    ]


def test_someone_who_joins_with_lapsed_training_is_not_started_until_the_deadline_with_the_old_end_shown():
    known = history("2020-05-01")
    found = at(known, "2024-02-26")
    assert (found.state, found.valid_until, found.is_valid) == (State.NOT_STARTED, day("2022-05-01"), False)
    assert states(known, "2024-02-27") == ["overdue"]


def test_training_that_lapses_during_induction_is_due_at_the_deadline():
    known = history("2024-01-05", rules=(rule(version(validity_months=1, window_days=7)),))
    assert due(known, "2024-02-10") == "2024-02-26"
    assert states(known, "2024-02-05", "2024-02-06", "2024-02-27") == ["due_soon", "not_started", "overdue"]


# In date, due soon, overdue


def test_due_soon_begins_when_the_window_opens_and_overdue_the_day_after_the_end():
    known = history("2024-02-01")
    found = at(known, "2025-12-02")
    assert (found.due_on, found.valid_until, found.window_opens_on) == (
        day("2026-02-01"),
        day("2026-02-01"),
        day("2025-12-03"),
    )
    assert states(known, "2024-02-01", "2025-12-02", "2025-12-03", "2026-02-01", "2026-02-02") == [
        "in_date",
        "in_date",
        "due_soon",
        "due_soon",
        "overdue",
    ]


def test_without_a_window_nothing_is_due_soon():
    assert states(history("2024-02-01", rules=(rule(version(window_days=0)),)), "2026-02-01", "2026-02-02") == [
        "in_date",
        "overdue",
    ]


def test_what_is_done_for_good_is_never_due():
    known = history("2024-02-01", rules=(rule(version(kind=Kind.ONCE, validity_months=None)),))
    found = at(known, "2090-01-01")
    assert (found.state, found.is_valid, found.due_on, found.valid_until) == (State.IN_DATE, True, None, None)


def test_a_lapsed_module_shows_as_due_again():
    found = at(history("2024-02-01"), "2026-02-02")
    assert (found.state, found.is_valid, found.is_counted, found.due_on) == (
        State.OVERDUE,
        False,
        True,
        day("2026-02-01"),
    )


def test_a_completion_after_the_day_asked_about_does_not_count_yet():
    assert states(history("2024-03-10"), "2024-03-09", "2024-03-10") == ["overdue", "in_date"]


def test_grace_does_not_put_off_overdue():
    known = history("2024-02-01", rules=(rule(version(grace_days=90)),))
    assert states(known, "2026-02-01", "2026-02-02") == ["due_soon", "overdue"]


def test_a_revoked_completion_is_due_from_the_day_before_and_its_window_stays():
    known = history(fact("2024-02-01", revoked_on="2025-06-01"))
    assert states(known, "2025-05-31", "2025-06-01") == ["in_date", "overdue"]
    found = at(known, "2025-05-31")
    assert (found.valid_until, found.window_opens_on) == (day("2025-05-31"), day("2025-12-03"))


def test_what_another_module_lends_counts_until_the_link_ends():
    lent = fact("2024-01-10", uid=LENDER, is_lent=True, lent_months=12)
    known = history(lent)
    assert states(known, "2024-01-09", "2024-01-10", "2025-01-10", "2025-01-11") == [
        "not_started",
        "in_date",
        "due_soon",
        "overdue",
    ]


def test_a_champion_who_attends_two_meetings_in_twelve_months_is_in_date():
    known = history("2024-01-15", "2024-04-15", rules=(rule(attendance(2, 12)),))
    assert states(known, "2024-02-26", "2024-02-27", "2024-04-15", "2025-01-15", "2025-01-16") == [
        "not_started",
        "overdue",
        "in_date",
        "due_soon",
        "overdue",
    ]


# Training done elsewhere


def test_outside_training_counts_by_its_age_on_the_day_the_obligation_began():
    outside = fact("2023-01-01", maximum_age_months=12)
    assert at(history(outside), "2024-01-01").is_valid is True
    assert at(history(outside, terms=(term("2024-01-02"),)), "2024-01-02").is_valid is False


def test_the_end_of_an_exemption_makes_no_outside_course_too_old():
    outside = fact("2023-06-01", maximum_age_months=12)
    known = history(outside, exemptions=(exempt("2024-02-01", "2024-12-31"),))
    assert at(known, "2025-01-01").is_valid is True


# Several rules


def test_of_two_rules_the_earliest_due_date_stands_with_both_reasons():
    lax = rule(version(requirement="lax", validity_months=36))
    strict = rule(version(requirement="strict", validity_months=12))
    found = at(history("2024-02-01", rules=(lax, strict)), "2025-02-02")
    assert (found.state, found.due_on, found.reasons) == (State.OVERDUE, day("2025-02-01"), ("strict", "lax"))


def test_the_order_of_the_rules_makes_no_difference():
    rules = (rule(version(requirement="a")), rule(version(requirement="b")))
    assert at(history(rules=rules), "2024-01-01") == at(history(rules=rules[::-1]), "2024-01-01")


def test_a_move_to_a_stricter_rule_gives_its_induction_and_no_immediate_overdue():
    lax = rule(version(requirement="lax", validity_months=36), role_group="OFFICE")
    strict = rule(version(requirement="strict", validity_months=12, induction_days=28), role_group="GP")
    known = history(
        "2024-02-01",
        terms=(term("2024-01-01", "2025-06-30", role_group="OFFICE"), term("2025-07-01", role_group="GP")),
        rules=(lax, strict),
    )
    assert states(known, "2025-06-30", "2025-07-01", "2025-07-29", "2025-07-30") == [
        "in_date",
        "not_started",
        "not_started",
        "overdue",
    ]
    assert at(known, "2025-07-01").is_valid is False


def test_a_rule_that_begins_later_adds_its_reason_on_that_day():
    known = history(rules=(rule(version(requirement="a")), rule(version("2024-02-01", requirement="b"))))
    assert [at(known, on).reasons for on in ("2024-01-31", "2024-02-01")] == [("a",), ("a", "b")]


# Exemptions


def test_when_an_exemption_ends_the_induction_clock_starts_afresh():
    known = history(exemptions=(exempt("2024-02-01", "2024-06-30"),))
    assert states(known, "2024-01-31", "2024-02-01", "2024-06-30", "2024-07-01") == [
        "not_started",
        "exempt",
        "exempt",
        "not_started",
    ]
    assert due(known, "2024-07-01") == "2024-08-26"
    found = at(known, "2024-03-01")
    assert (found.due_on, found.is_counted, found.began_on) == (None, False, day("2024-01-01"))


def test_an_exemption_that_ended_before_the_obligation_began_changes_nothing():
    assert due(history(exemptions=(exempt("2023-01-01", "2023-06-30"),)), "2024-01-01") == "2024-02-26"


def test_an_exemption_without_an_end_lasts():
    assert states(history(exemptions=(exempt("2024-02-01"),)), "2034-01-01") == ["exempt"]


# Leave


LEAVE_IN_THE_WINDOW = (term("2024-01-01", "2025-12-31"), away("2026-01-01", "2026-01-10"), term("2026-01-11"))


def test_leave_in_the_window_moves_the_due_date_by_a_day_a_day_both_ends_counted():
    known = history("2024-02-01", terms=LEAVE_IN_THE_WINDOW)
    assert due(known, "2026-01-20") == "2026-02-11"
    assert at(known, "2026-01-20").valid_until == day("2026-02-01")


def test_leave_shows_as_soon_as_it_is_planned():
    assert due(history("2024-02-01", terms=LEAVE_IN_THE_WINDOW), "2024-06-01") == "2026-02-11"


def test_on_leave_the_standing_is_paused_and_out_of_denominators():
    known = history("2024-02-01", terms=LEAVE_IN_THE_WINDOW)
    assert states(known, "2025-12-31", "2026-01-01", "2026-01-10", "2026-01-11") == [
        "due_soon",
        "paused",
        "paused",
        "due_soon",
    ]
    assert [at(known, on).is_counted for on in ("2025-12-31", "2026-01-01")] == [True, False]


def test_a_person_whose_training_lapsed_while_leave_moved_the_date_is_due_soon_and_not_valid():
    known = history("2024-02-01", terms=LEAVE_IN_THE_WINDOW)
    found = at(known, "2026-02-05")
    assert (found.state, found.is_valid, found.is_counted) == (State.DUE_SOON, False, True)
    assert states(known, "2026-02-11", "2026-02-12") == ["due_soon", "overdue"]


def test_leave_before_the_window_moves_nothing():
    terms = (term("2024-01-01", "2025-01-31"), away("2025-02-01", "2025-12-02"), term("2025-12-03"))
    assert due(history("2024-02-01", terms=terms), "2026-01-20") == "2026-02-01"


def test_only_the_days_of_leave_inside_the_window_count():
    terms = (term("2024-01-01", "2025-11-30"), away("2025-12-01", "2025-12-05"), term("2025-12-06"))
    assert due(history("2024-02-01", terms=terms), "2026-01-20") == "2026-02-04"


def test_leave_moves_a_date_already_moved():
    terms = (
        term("2024-01-01", "2026-01-22"),
        away("2026-01-23", "2026-02-01"),
        term("2026-02-02", "2026-02-10"),
        away("2026-02-11", "2026-02-20"),
        term("2026-02-21"),
    )
    assert due(history("2024-02-01", terms=terms), "2026-01-01") == "2026-02-21"


def test_leave_that_begins_after_the_due_date_comes_too_late():
    terms = (term("2024-01-01", "2026-02-01"), away("2026-02-02", "2026-03-01"), term("2026-03-02"))
    assert states(history("2024-02-01", terms=terms), "2026-03-02") == ["overdue"]


def test_leave_during_induction_moves_the_deadline():
    terms = (term("2024-01-01", "2024-01-31"), away("2024-02-01", "2024-02-29"), term("2024-03-01"))
    known = history(terms=terms)
    assert due(known, "2024-01-01") == "2024-03-26"
    assert states(known, "2024-03-26", "2024-03-27") == ["not_started", "overdue"]


@pytest.mark.parametrize("done_on", ["2022-02-26", "2022-03-01"])
def test_training_that_lapsed_while_leave_early_in_induction_moved_the_date_is_due_soon(done_on):
    terms = (term("2024-01-01", "2024-01-04"), away("2024-01-05", "2024-01-19"), term("2024-01-20"))
    known = history(done_on, terms=terms, rules=(rule(version(window_days=7)),))
    assert due(known, "2024-03-05") == "2024-03-12"
    assert states(known, "2024-03-05", "2024-03-12", "2024-03-13") == ["due_soon", "due_soon", "overdue"]


def test_leave_without_an_end_means_no_due_date():
    known = history("2024-02-01", terms=(term("2024-01-01", "2026-01-31"), away("2026-02-01")))
    assert [at(known, on).due_on for on in ("2026-01-31", "2026-02-01", "2030-01-01")] == [None] * 3
    assert states(known, "2030-01-01") == ["paused"]


def test_a_renewal_after_the_old_end_though_before_a_moved_due_date_runs_from_completion():
    known = history("2024-02-01", "2026-02-05", terms=LEAVE_IN_THE_WINDOW, rules=(rule(from_old_end()),))
    assert at(known, "2026-02-05").valid_until == day("2028-02-05")


def test_leave_alone_does_not_end_an_obligation():
    assert at(history(terms=LEAVE_IN_THE_WINDOW), "2026-03-01").began_on == day("2024-01-01")


# Extensions


def test_an_extension_moves_the_due_date_from_the_day_it_is_granted():
    known = history("2024-02-01", extensions=(extended("2026-02-10", "2026-04-30"),))
    assert states(known, "2026-02-09", "2026-02-10", "2026-04-30", "2026-05-01") == [
        "overdue",
        "due_soon",
        "due_soon",
        "overdue",
    ]
    assert at(known, "2026-03-01").is_valid is False


def test_an_extension_of_the_induction_deadline_is_not_due_soon():
    known = history(extensions=(extended("2024-02-01", "2024-06-30"),))
    assert states(known, "2024-06-30", "2024-07-01") == ["not_started", "overdue"]


def test_an_extension_to_an_earlier_day_brings_nothing_forward():
    assert due(history("2024-02-01", extensions=(extended("2025-01-01", "2025-06-30"),)), "2025-02-01") == "2026-02-01"


def test_leave_after_an_extension_moves_the_extended_date_and_leave_before_it_does_not():
    known = history("2024-02-01", terms=LEAVE_IN_THE_WINDOW, extensions=(extended("2026-01-20", "2026-04-30"),))
    assert due(known, "2026-01-20") == "2026-04-30"
    later = (
        *LEAVE_IN_THE_WINDOW[:2],
        term("2026-01-11", "2026-03-31"),
        away("2026-04-01", "2026-04-05"),
        term("2026-04-06"),
    )
    known = history("2024-02-01", terms=later, extensions=(extended("2026-01-20", "2026-04-30"),))
    assert due(known, "2026-01-20") == "2026-05-05"


# The order of the states


def test_an_attempt_is_in_progress_until_the_day_before_it_ends():
    known = history(attempts=(attempt("2024-01-10", "2024-02-01"),))
    assert states(known, "2024-01-09", "2024-01-10", "2024-01-31", "2024-02-01") == [
        "not_started",
        "in_progress",
        "in_progress",
        "not_started",
    ]


def test_overdue_comes_before_in_progress():
    assert states(history(attempts=(attempt("2024-01-10"),)), "2024-02-26", "2024-02-27") == ["in_progress", "overdue"]


def test_in_progress_comes_before_not_yet_required():
    known = history(rules=(rule(version("2026-04-01")),), attempts=(attempt("2026-03-01"),))
    assert states(known, "2026-03-15") == ["in_progress"]


def test_in_date_comes_before_in_progress_and_before_not_yet_required():
    assert states(history("2024-01-05", attempts=(attempt("2024-01-01"),)), "2024-01-05") == ["in_date"]
    ahead = at(history("2026-03-01", rules=(rule(version("2026-04-01")),)), "2026-03-15")
    assert (ahead.state, ahead.is_counted) == (State.IN_DATE, False)


def test_exempt_comes_before_paused_and_paused_before_the_rest():
    known = history("2024-02-01", terms=LEAVE_IN_THE_WINDOW, exemptions=(exempt("2026-01-05", "2026-01-06"),))
    assert states(known, "2026-01-04", "2026-01-05", "2026-01-07") == ["paused", "exempt", "paused"]
    overdue_then_away = history(
        terms=(term("2024-01-01", "2024-12-31"), away("2025-01-01", "2025-06-30"), term("2025-07-01"))
    )
    assert states(overdue_then_away, "2024-12-31", "2025-01-01", "2025-07-01") == ["overdue", "paused", "overdue"]


def test_there_are_eight_states():
    assert len(State) == 8
