"""An answer sent twice, from two windows or once more from an old page counts once and lowers nothing."""

import pytest

from courses.models import Answer, FinalTry

PART = "/learning/small/part-1/"
LAST = "/learning/small/part-9/"


@pytest.fixture
def begun(learner):
    learner.post("/learning/small/start/")
    return learner


def send(client, chosen, seen):
    return client.post(PART, {"do": "answer", "check": "check-one", "chosen": chosen, "seen": seen})


def kept(person):
    row = Answer.objects.of(person).get()
    return row.chosen, row.times


def test_the_same_page_sent_twice_counts_once(begun, amira):
    for _ in range(2):
        assert send(begun, "no", 0).url == f"{PART}#check-1"
    assert kept(amira) == (["no"], 1)
    assert "on another page" not in begun.get(PART).content.decode()


def test_an_old_page_sent_again_does_not_undo_a_later_answer(begun, amira):
    send(begun, "no", 0)
    send(begun, "yes", 1)
    send(begun, "no", 0)
    assert kept(amira) == (["yes"], 2)
    page = begun.get(PART).content.decode()
    assert "answered on another page meanwhile" in page
    assert 'name="seen" value="2"' in page


@pytest.mark.parametrize("seen", ["", "-1", "many", "9" * 30])
def test_a_count_that_is_no_count_is_refused_or_left_aside(begun, amira, seen):
    answer = send(begun, "yes", seen)
    assert answer.status_code in {200, 302}


def test_a_try_begun_from_an_old_page_is_not_begun(begun, amira):
    begun.post(LAST, {"after": 0})
    for number in (1, 2):
        begun.post(f"{LAST}{number}/", {"chosen": "no", "try": 1})
    begun.post(LAST, {"after": 0})
    assert FinalTry.objects.of(amira).count() == 1
    begun.post(LAST, {"after": 1})
    begun.post(LAST, {"after": 1})
    assert FinalTry.objects.of(amira).count() == 2


def test_an_answer_to_an_earlier_try_is_none_to_this_one(begun, amira):
    begun.post(LAST, {"after": 0})
    for number in (1, 2):
        begun.post(f"{LAST}{number}/", {"chosen": "no", "try": 1})
    begun.post(LAST, {"after": 1})
    assert begun.post(f"{LAST}1/", {"chosen": "yes", "try": 1}).url == f"{LAST}1/"
    assert not Answer.objects.of(amira).filter(final_try=2).exists()


def test_a_final_answer_sent_again_from_an_old_page_says_what_is_kept(begun, amira):
    begun.post(LAST, {"after": 0})
    begun.post(f"{LAST}1/", {"chosen": "no", "try": 1, "seen": 0})
    begun.post(f"{LAST}1/", {"chosen": "yes", "try": 1, "seen": 1})
    assert begun.post(f"{LAST}1/", {"chosen": "no", "try": 1, "seen": 0}).url == f"{LAST}1/"
    assert Answer.objects.of(amira).get().chosen == ["yes"]
    assert "answered on another page meanwhile" in begun.get(f"{LAST}1/").content.decode()
