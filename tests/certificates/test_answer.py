"""What a certificate is worth on a day."""

from datetime import date, timedelta

import pytest

from certificates.answer import Answer, Kind, answer_on

LAST = date(2029, 3, 2)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (LAST - timedelta(days=1), "In date until 2 March 2029"),
        (LAST, "In date until 2 March 2029"),
        (LAST + timedelta(days=1), "Ran out on 2 March 2029"),
    ],
)
def test_the_last_day_still_counts(on, words):
    assert answer_on(on, valid_until=LAST, is_voided=False, revoked_on=None).words == words


def test_what_has_no_end_says_so():
    answer = answer_on(LAST, valid_until=None, is_voided=False, revoked_on=None)
    assert (answer.kind, answer.words) == (Kind.NO_END, "In date, with no end date")


def test_what_was_voided_is_withdrawn_even_after_its_end():
    answer = answer_on(LAST + timedelta(days=9), valid_until=LAST, is_voided=True, revoked_on=None)
    assert answer == Answer(Kind.WITHDRAWN)


def test_a_revocation_ends_it_the_day_before_it_takes_effect():
    taken = date(2027, 5, 1)
    before = answer_on(taken - timedelta(days=1), valid_until=LAST, is_voided=False, revoked_on=taken)
    after = answer_on(taken, valid_until=LAST, is_voided=False, revoked_on=taken)
    assert before == Answer(Kind.IN_DATE, date(2027, 4, 30))
    assert after == Answer(Kind.WITHDRAWN)
