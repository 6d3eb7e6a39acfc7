"""What is asked of an agency: its partnership's rules, with its own laid over them."""

from datetime import date

from training.pathways.rulebook import overlaid
from training.pathways.rules import Rule, RuleVersion
from training.pathways.spans import FOR_GOOD, Span, outside


def version(starts_on, ends_on=None, months=36, requirement=1):
    return RuleVersion(requirement=requirement, module=7, starts_on=starts_on, ends_on=ends_on, validity_months=months)


def rule(*versions, **audience):
    return Rule(requirement=versions[0].requirement, module=7, versions=versions, role_group=3, **audience)


JAN, JUN, DEC = date(2026, 1, 1), date(2026, 6, 1), date(2026, 12, 31)


def test_an_agencys_version_takes_the_place_of_the_partnerships_from_its_first_day():
    found = overlaid(rule(version(JAN)), [rule(version(JUN, months=24, requirement=2), agency=5)])
    assert found.versions == (version(JAN, date(2026, 5, 31)), version(JUN, months=24))


def test_the_partnerships_version_comes_back_when_the_agencys_ends():
    found = overlaid(rule(version(JAN)), [rule(version(JUN, DEC, months=24, requirement=2), agency=5)])
    assert found.versions == (
        version(JAN, date(2026, 5, 31)),
        version(JUN, DEC, months=24),
        version(date(2027, 1, 1)),
    )


def test_without_an_own_rule_nothing_changes():
    assert overlaid(rule(version(JAN)), []) == rule(version(JAN))


def test_days_taken_out_leave_the_days_between():
    days = Span(JAN, FOR_GOOD)
    taken = [Span(date(2025, 1, 1), date(2026, 1, 10)), Span(JUN, DEC)]
    assert list(outside(days, taken)) == [Span(date(2026, 1, 11), date(2026, 5, 31)), Span(date(2027, 1, 1), FOR_GOOD)]
    assert list(outside(Span(JUN, DEC), [Span(JAN, FOR_GOOD)])) == []
