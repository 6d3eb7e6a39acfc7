"""What somebody chose to do tomorrow comes back after a week, for them alone, until they put it away."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.keeping.tomorrow import to_remember
from courses.models import Attempt

LESSON = "/learning/small/part-2/"
CHOSEN = "Look up a champion"


@pytest.fixture
def chosen(begun):
    begun.post(LESSON, {"do": "tomorrow", "chosen": "look"})
    return begun


@pytest.mark.parametrize(("days", "is_shown"), [(0, False), (6.9, False), (7, True), (34, True), (35, False)])
def test_it_is_shown_after_a_week_and_not_for_ever(chosen, amira, attempt, days, is_shown):
    at = Attempt.objects.of(amira).get().tomorrow_at
    assert bool(to_remember(amira, at=at + timedelta(days=days))) == is_shown


@pytest.fixture
def a_week_later(chosen, amira):
    Attempt.objects.of(amira).update(tomorrow_at=timezone.now() - timedelta(days=8))
    return chosen


def test_the_learners_page_folds_it_away_until_asked(a_week_later):
    drawn = a_week_later.get("/learning/").content.decode()
    folded = drawn[drawn.index("Something you chose to do") :]
    assert CHOSEN in folded[: folded.index("</details>")]
    assert CHOSEN not in drawn[: drawn.index("Something you chose to do")]


def test_it_can_be_put_away_and_stays_among_ones_notes(a_week_later, attempt):
    assert a_week_later.post(f"/learning/tomorrow/{attempt.uid}/").url == "/learning/"
    assert CHOSEN not in a_week_later.get("/learning/").content.decode()
    assert CHOSEN in a_week_later.get("/learning/notes/").content.decode()


def test_a_protected_record_shows_nothing_on_the_learners_page(a_week_later, amira):
    amira.is_protected = True
    amira.save()
    assert CHOSEN not in a_week_later.get("/learning/").content.decode()


def test_nobody_else_can_put_it_away(a_week_later, colleague, attempt):
    assert colleague.post(f"/learning/tomorrow/{attempt.uid}/").status_code == 404
    assert CHOSEN in a_week_later.get("/learning/").content.decode()


def test_choosing_nothing_takes_it_back(a_week_later, amira):
    a_week_later.post(LESSON, {"do": "tomorrow"})
    assert Attempt.objects.of(amira).get().tomorrow_at is None
