"""Agencies are written to when a quarter opens, a week before its returns are due, and when they are late."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories import MembershipFactory, RoleGrantFactory
from tests.returns.conftest import BY, SUMMER, actor
from training.notices.models import Notice
from training.returns import services as returns
from training.returns.errors import NotAsked, ReturnError
from training.returns.models import ReturnTerms
from training.returns.quarters import quarter_of
from training.returns.selectors.asked import terms_of
from training.returns.selectors.partnership import closed_at, returns_on_time

pytestmark = pytest.mark.django_db


def on(month, day):
    return datetime(2026, month, day, 12, tzinfo=UTC)


def mailed():
    return sorted(Notice.objects.everywhere(reason="test").values_list("address", flat=True))


@pytest.mark.parametrize(
    ("first", "second", "mails"),
    [
        (on(10, 1), on(10, 21), 1),  # opens; not yet a week before the 28th
        (on(10, 22), on(10, 28), 1),
        (on(10, 29), on(12, 31), 1),
        (on(10, 1), on(10, 22), 2),
        (on(10, 22), on(10, 29), 2),
        (on(9, 30), on(9, 30), 1),  # of the quarter before, which is late
    ],
)
def test_each_time_brings_one_mail_however_often_the_worker_looks(asking, bea, first, second, mails):
    for at in (first, first, second, second):
        returns.remind_of_returns(at=at)
    assert mailed() == ["bea@svh.example"] * mails


def test_what_is_due_on_the_last_day_of_the_next_quarter_is_late_the_day_after(asking, bea):
    ReturnTerms.objects.update(due_days=90)  # the return of October to December 2026 is due on 31 March 2027
    dues = [datetime(2027, *day, 12, tzinfo=UTC) for day in ((3, 31), (4, 1), (4, 1))]
    assert [returns.remind_of_returns(at=at) for at in dues] == [1, 2, 0]  # in April the next one opens, too
    said = Notice.objects.everywhere(reason="test").values_list("body", flat=True)
    assert sum("2026-q4" in body and "is late" in body for body in said) == 1


def test_only_agencies_whose_return_is_missing_are_written_to(signed, bea, dot):
    Notice.objects.everywhere(reason="test").delete()
    returns.remind_of_returns(at=on(11, 3))
    assert mailed() == ["dot@svp.example"]
    words = Notice.objects.everywhere(reason="test").get()
    assert (words.subject, "/agency/SVP/returns/severnshire/2026-q3/" in words.body) == ("Learning", True)


def test_a_closed_quarter_is_called_to_mind_until_it_is_due_and_not_when_it_is_late(asking, bea):
    returns.close_quarter(partnership=asking.partnership, quarter=SUMMER, by=BY, at=on(10, 10))
    assert [returns.remind_of_returns(at=at) for at in (on(10, 12), on(10, 22), on(11, 3))] == [1, 1, 0]


def test_nobody_is_reminded_where_nothing_is_asked(asking, bea):
    ReturnTerms.objects.all().delete()
    assert returns.remind_of_returns(at=on(9, 1)) == 0


def test_looking_when_there_is_nothing_to_do_takes_few_queries(asking, bea, django_assert_num_queries):
    returns.remind_of_returns(at=on(10, 1))
    with django_assert_num_queries(3):
        returns.remind_of_returns(at=on(10, 2))


def test_an_agency_that_joined_after_the_quarter_is_not_asked(asking, moment):
    joined = MembershipFactory(partnership=asking.partnership, starts_on=SUMMER.opens_on)
    RoleGrantFactory(user__email="new@ag.example", role_code="agency_hr", agency=joined.agency)
    returns.remind_of_returns(at=moment)
    assert mailed() == []
    with pytest.raises(NotAsked):
        returns.begin(agency=joined.agency, partnership=asking.partnership, quarter=SUMMER, by=BY, at=moment)


def test_terms_begin_with_a_quarter_and_leave_those_before(asking, moment):
    now = quarter_of(moment.date())
    set_terms = lambda quarter, days: returns.set_terms(  # noqa: E731
        partnership=asking.partnership, quarter=quarter, due_days=days, by=BY, at=moment
    )
    set_terms(now, 14)
    assert [terms_of(asking.partnership).days(each) for each in (SUMMER.back(2), SUMMER, now, now.back(-4))] == [
        None,
        28,
        14,
        14,
    ]
    set_terms(now, 21)
    assert terms_of(asking.partnership).days(now) == 21
    for refused in (lambda: set_terms(SUMMER, 7), lambda: set_terms(now, 0), lambda: set_terms(now, 91)):
        with pytest.raises(ReturnError):
            refused()


def test_nothing_was_due_before_it_was_known_to_be_asked(asking, moment):
    given = {"on": date(2026, 11, 2)}
    assert returns_on_time(asking.partnership, at=moment, **given).quarter == SUMMER
    assert returns_on_time(asking.partnership, at=moment - timedelta(seconds=1), **given) is None


def test_a_quarter_is_closed_once_and_when_it_is_over(asking, bea, moment):
    for at in (moment, moment + timedelta(days=1)):
        returns.close_quarter(partnership=asking.partnership, quarter=SUMMER, by=actor(bea), at=at)
    assert closed_at(asking.partnership, SUMMER) == moment
    with pytest.raises(NotAsked):
        returns.close_quarter(partnership=asking.partnership, quarter=SUMMER.back(-1), by=BY, at=moment)
