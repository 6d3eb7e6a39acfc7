"""What a rule says, in words for those who keep it."""

from datetime import date

import pytest

from training.pathways.rules import Basis, Kind, RuleVersion
from training.rules.wording import WAYS, period_words, said_rows, way_of


def version(**said):
    return RuleVersion(requirement=1, module=2, starts_on=date(2026, 1, 1), **said)


CASES = [
    ({"kind": Kind.ONCE}, "once", "Once", "Once, and then for good"),
    (
        {"validity_months": 24},
        "from_completion",
        "24 months",
        "Every 24 months, counted from the day it was finished",
    ),
    (
        {"validity_months": 1, "basis": Basis.FROM_OLD_END},
        "from_old_end",
        "1 month",
        "Every 1 month, counted on from the old end when renewed in time",
    ),
    (
        {"basis": Basis.FIXED_DATE, "fixed_day": 31, "fixed_month": 3},
        "fixed_date",
        "31 March",
        "By 31 March every year, for everyone",
    ),
    (
        {"kind": Kind.ATTENDANCE, "attendance_count": 2, "attendance_months": 12},
        "attendance",
        "2 in 12 months",
        "By attending on separate days: 2 in 12 months",
    ),
    (
        {"kind": Kind.ROLLING_HOURS, "rolling_hours": 6, "rolling_months": 24},
        "rolling_hours",
        "6 hours in 24 months",
        "By hours of training: 6 hours in 24 months",
    ),
    ({"kind": Kind.TRIGGERED}, "triggered", "After events", "Once after each event"),
]


@pytest.mark.parametrize(("said", "way", "period", "met"), CASES)
def test_each_way_of_meeting_a_rule_is_said(said, way, period, met):
    row = version(**said)
    assert (way_of(row).code, period_words(row), said_rows(row)[0]["value"]) == (way, period, met)


def test_every_kind_has_a_way():
    assert {way.kind for way in WAYS} == set(Kind)
    assert {way.code for way in WAYS} == {way for _, way, _, _ in CASES}
