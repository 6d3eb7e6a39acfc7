"""The quiet other way: one choice, no reason, and nobody else learns which."""

from datetime import UTC, date, datetime, timedelta

import pytest

from courses.models import Attempt
from courses.services.other_way import Moved, do_it_later
from tests.factories import completion
from training.access.actor import Actor
from training.access.clock import today
from training.audit.models import AuditEvent
from training.ledger.models import StandingStep
from training.pathways.models import Extension
from training.people.models import StalePost
from training.ui.templatetags.ui import uk_date

ADDRESS = "/learning/small/another-way/"
ME = Actor("user", "amira")
DUE = date(2026, 12, 1)


@pytest.fixture
def due(amira_post, module, moment):
    """Amira has to do the module by 1 December."""
    return StandingStep.objects.create(
        post=amira_post,
        module=module,
        from_on=date(2026, 10, 1),
        state="not_started",
        is_valid=False,
        due_on=DUE,
        began_on=date(2026, 10, 1),
        worked_out_at=moment,
    )


def extensions():
    return list(Extension.objects.everywhere(reason="test").order_by("id").values_list("due_on", flat=True))


def test_text_only_leaves_the_stories_out_and_puts_them_back(learner, amira):
    assert learner.post(ADDRESS, {"do": "text"}).url == "/learning/small/"
    page = learner.get("/learning/small/part-2/").content.decode()
    assert "The story" not in page
    assert "A hard story." not in page
    assert "Text of part 2" in page
    assert "Question check-two?" in page
    learner.post(ADDRESS, {"do": "full"})
    assert "The story" in learner.get("/learning/small/part-2/").content.decode()
    assert Attempt.objects.of(amira).count() == 1


def test_text_only_is_on_no_record_but_the_learners_own(learner):
    before = AuditEvent.objects.count()
    learner.post(ADDRESS, {"do": "text"})
    assert AuditEvent.objects.count() == before


def test_later_moves_the_date_by_four_weeks_and_says_nothing_more(amira, amira_post, module, due, moment):
    assert do_it_later(amira, module, by=ME, at=moment) == Moved(DUE + timedelta(days=28))
    assert extensions() == [date(2026, 12, 29)]
    event = AuditEvent.objects.get()
    assert (event.verb, event.detail) == ("due date moved", {"module": "DA-A1", "due_on": "2026-12-29"})
    assert StalePost.objects.everywhere(reason="test").filter(post=amira_post).exists()


def test_a_date_long_past_moves_to_four_weeks_from_today(amira, module, due, moment):
    StandingStep.objects.everywhere(reason="test").update(due_on=date(2026, 1, 1), state="overdue")
    assert do_it_later(amira, module, by=ME, at=moment).due_on == date(2026, 11, 30)


def test_pressed_twice_on_one_day_it_moves_once(amira, module, due, moment):
    first = do_it_later(amira, module, by=ME, at=moment)
    assert do_it_later(amira, module, by=ME, at=moment + timedelta(hours=1)) == first
    assert len(extensions()) == 1


def test_the_third_time_a_person_looks_at_it(amira, module, due, moment):
    for day in (0, 10):
        assert do_it_later(amira, module, by=ME, at=moment + timedelta(days=day)).is_refused is False
    assert do_it_later(amira, module, by=ME, at=moment + timedelta(days=20)) == Moved(None, is_refused=True)
    assert len(extensions()) == 2
    event = AuditEvent.objects.get(verb="third move of a due date asked for")
    assert (event.agency_code, event.object_uid, event.detail) == ("SVH", "", {})


def test_a_completion_gives_both_moves_back(amira, module, due, moment):
    for day in (0, 1):
        do_it_later(amira, module, by=ME, at=moment + timedelta(days=day))
    completion(amira, module, on=date(2026, 11, 4), at=datetime(2026, 11, 4, 12, tzinfo=UTC))
    assert do_it_later(amira, module, by=ME, at=moment + timedelta(days=5)).is_refused is False


@pytest.mark.parametrize("state", ["in_date", "exempt", "paused", "not_yet_required"])
def test_without_a_date_to_meet_there_is_nothing_to_move(amira, module, due, moment, state):
    StandingStep.objects.everywhere(reason="test").update(state=state)
    assert do_it_later(amira, module, by=ME, at=moment) == Moved(None)
    assert extensions() == []


def test_the_page_says_what_happened(learner, due):
    ahead = today() + timedelta(days=200)
    StandingStep.objects.everywhere(reason="test").update(from_on=date(2020, 1, 1), due_on=ahead)
    page = learner.post(ADDRESS, {"do": "later"}, follow=True).content.decode()
    assert f"Your date is now {uk_date(ahead + timedelta(days=28))}. Nobody is told why." in page


def test_without_a_date_the_page_says_so(learner):
    page = learner.post(ADDRESS, {"do": "later"}, follow=True).content.decode()
    assert "take as long as you like" in page
    assert "Leave the stories out" in learner.get(ADDRESS).content.decode()
