"""Rolling hours, attendance and events: the kinds that count more than one completion, or more than days."""

from tests.ledger.cases import REFRESHER, attendance, day, exempt, fact, history, rule, term, version
from training.ledger.history import History, Trigger
from training.ledger.standing import standing
from training.ledger.steps import steps
from training.pathways.rules import Kind, RuleVersion, problems


def hours(needed: int = 6, months: int = 12, **fields) -> RuleVersion:
    """A version that asks for so many hours in any so many months."""
    said = {"kind": Kind.ROLLING_HOURS, "rolling_hours": needed, "rolling_months": months, "validity_months": None}
    return version(**said | fields)


def on_event(**fields) -> RuleVersion:
    """A version that asks anew at each event."""
    return version(**{"kind": Kind.TRIGGERED, "validity_months": None} | fields)


def event(happened_on: str, days: int = 28) -> Trigger:
    """Something happened on a day, and the module is due so many days later."""
    return Trigger(requirement="R1", happened_on=day(happened_on), days_to_complete=days)


def states(known: History, *days: str) -> list[str]:
    """The state on each of these days; 'nothing' where nothing is asked."""
    found = [standing(known, on=day(on)) for on in days]
    return [each.state.value if each else "nothing" for each in found]


def test_hours_are_counted_over_the_months_that_end_on_the_day():
    done = (fact("2024-02-01", minutes=240), fact("2024-06-01", minutes=120))
    known = history(*done, rules=(rule(hours()),))
    assert states(known, "2024-05-31", "2024-06-01", "2025-02-01", "2025-02-02") == [
        "overdue",
        "in_date",
        "due_soon",
        "overdue",
    ]


def test_a_later_hour_carries_on_where_the_first_drop_out():
    done = (fact("2024-02-01", minutes=240), fact("2024-06-01", minutes=120), fact("2025-01-31", minutes=240))
    known = history(*done, rules=(rule(hours()),))
    assert states(known, "2025-02-02", "2025-06-01", "2025-06-02") == ["in_date", "due_soon", "overdue"]


def test_one_module_twice_on_a_day_counts_its_longer_time_once():
    twice = (fact("2024-02-01", uid="a", minutes=200), fact("2024-02-01", uid="b", minutes=180))
    assert states(history(*twice, rules=(rule(hours()),)), "2024-02-01") == ["not_started"]
    two = (fact("2024-02-01", minutes=180), fact("2024-02-01", uid="r", module=REFRESHER, minutes=180))
    assert states(history(*two, rules=(rule(hours()),)), "2024-02-01") == ["in_date"]


def test_revoked_hours_stop_counting_on_their_day():
    done = (fact("2024-02-01", minutes=360, revoked_on="2024-09-01"),)
    known = history(*done, rules=(rule(hours(window_days=0)),))
    assert states(known, "2024-08-31", "2024-09-01") == ["in_date", "overdue"]


def test_an_event_asks_for_the_module_by_its_own_deadline():
    known = history(rules=(rule(on_event()),), triggers=(event("2024-05-01"), event("2024-09-01", 9)))
    assert states(known, "2024-04-30", "2024-05-01", "2024-05-29", "2024-05-30") == [
        "not_yet_required",
        "not_started",
        "not_started",
        "overdue",
    ]
    later = history("2024-05-20", rules=(rule(on_event()),), triggers=known.triggers)
    assert states(later, "2024-05-20", "2024-08-31", "2024-09-10", "2024-09-11") == [
        "in_date",
        "in_date",
        "not_started",
        "overdue",
    ]


def test_training_done_before_the_event_does_not_meet_it():
    known = history("2024-04-30", rules=(rule(on_event()),), triggers=(event("2024-05-01"),))
    assert states(known, "2024-05-01", "2024-05-30") == ["not_started", "overdue"]


def test_a_second_event_does_not_put_off_the_first():
    known = history(rules=(rule(on_event()),), triggers=(event("2024-05-01"), event("2024-05-20")))
    assert str(standing(known, on=day("2024-05-21")).due_on) == "2024-05-29"
    both = history("2024-05-25", rules=(rule(on_event()),), triggers=known.triggers)
    assert states(both, "2024-05-25", "2030-01-01") == ["in_date", "in_date"]


def test_without_an_event_nothing_is_asked():
    assert steps(history("2024-04-30", rules=(rule(on_event()),))) == ()


def test_an_event_on_a_day_on_which_the_rule_does_not_ask_the_post_asks_nothing():
    elsewhere = (term("2024-01-01", "2024-06-30", role_group="OFFICE"), term("2024-07-01", role_group="GP"))
    known = history(terms=elsewhere, rules=(rule(on_event(), role_group="GP"),), triggers=(event("2024-05-01"),))
    assert steps(known) == ()


def test_the_end_of_an_exemption_starts_an_events_clock_afresh():
    known = history(
        rules=(rule(on_event()),), triggers=(event("2024-05-01"),), exemptions=(exempt("2024-05-10", "2024-06-30"),)
    )
    assert str(standing(known, on=day("2024-07-01")).due_on) == "2024-07-29"


def test_days_of_attendance_are_counted_over_the_months_that_end_on_the_day():
    known = history("2024-02-01", "2024-06-01", rules=(rule(attendance(2, 12)),))
    assert states(known, "2024-06-01", "2025-02-01", "2025-02-02") == ["in_date", "due_soon", "overdue"]


def test_the_editor_refuses_hours_without_a_number_or_months():
    assert problems(hours()) == []
    assert len(problems(hours(0, 0))) == 2
    assert problems(hours(6, 1, window_days=60)) == ["The window must be shorter than the months in which hours count."]


def test_hours_of_another_module_do_not_count():
    known = history(fact("2024-02-01", module="other", minutes=600), rules=(rule(hours()),))
    assert states(known, "2024-02-01") == ["not_started"]
