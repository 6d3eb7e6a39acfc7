"""An agency is told of a review twice before its day and once after, and not when it has done its part."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.pledges.conftest import BY, POLICY
from training.access.clock import LONDON
from training.notices.models import Notice
from training.people.models import Membership, RoleGrant
from training.pledges import services
from training.pledges.models import Kind, Pledge, ReviewReminder
from training.pledges.reminders import remind_of_reviews, stage_on

REVIEW = POLICY.review_on
Stage = ReviewReminder.Stage


def at(days: int) -> datetime:
    """Noon, so many days after the review."""
    return datetime(2027, 3, 1, 12, tzinfo=LONDON) + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "stage"),
    [
        (-61, None),
        (-60, Stage.FIRST),
        (-15, Stage.FIRST),
        (-14, Stage.SECOND),
        (0, Stage.SECOND),
        (1, Stage.OVER),
        (30, Stage.OVER),
        (31, None),
    ],
)
def test_each_reminder_has_its_days(days, stage):
    assert stage_on(REVIEW, REVIEW + timedelta(days=days)) == stage


def test_hr_is_told_once_of_each_with_a_neutral_subject(pledged, bea, dot):
    pledged(Kind.POLICY)
    told = [remind_of_reviews(at=at(days)) for days in (-61, -60, -59, -14, -13, 0, 1, 2, 40)]
    assert told == [0, 1, 0, 1, 0, 0, 1, 0, 0]
    sent = Notice.objects.everywhere(reason="test")
    assert set(sent.values_list("address", "subject")) == {("bea@svh.example", "Learning")}
    assert not [each for each in sent if "abuse" in each.body or "olicy" in each.body]


def renew(pledge):
    services.report(
        agency=pledge.agency,
        partnership=pledge.partnership,
        kind=Kind.POLICY,
        said=replace(POLICY, made_on=date(2026, 10, 1), review_on=date(2028, 10, 1)),
        by=BY,
        at=at(-70),
        is_confirmed=False,
    )


def withdraw(pledge):
    services.withdraw(pledge=pledge, from_on=date(2026, 10, 1), by=BY, at=at(-70))


def leave(pledge):
    Membership.objects.filter(agency=pledge.agency).update(ends_on=date(2026, 12, 1))


def nobody_left(pledge):
    RoleGrant.objects.update(ends_on=date(2026, 12, 1))


def test_to_say_later_that_there_is_none_keeps_no_reminder_back(pledged, bea):
    pledge = pledged(Kind.POLICY)
    none = Pledge(
        agency=pledge.agency, partnership=pledge.partnership, kind=Kind.POLICY, is_none=True, made_on=date(2026, 10, 1)
    )
    none.recorded_at = at(-70)
    none.save()
    assert remind_of_reviews(at=at(-14)) == 1


@pytest.mark.parametrize("change", [renew, withdraw, leave, nobody_left])
def test_a_reminder_without_a_reason_is_not_sent(pledged, bea, change):
    change(pledged(Kind.POLICY))
    assert remind_of_reviews(at=at(-14)) == 0
    assert not Notice.objects.everywhere(reason="test").exists()
