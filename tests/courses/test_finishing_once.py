"""However often and from however many windows the last button is pressed, the ledger gets one entry."""

from datetime import timedelta

import pytest

from courses.editions import outline_of
from courses.models import Attempt, FinalTry, Visit
from courses.services.final import NotFinished, finish_attempt
from courses.services.progress import start_attempt
from training.access.actor import Actor
from training.ledger.models import Completion

ME = Actor("user", "amira")


@pytest.fixture
def passed(amira, course, moment) -> Attempt:
    """Everything is done but the last button."""
    attempt = start_attempt(amira, course, at=moment)
    for lesson in ("part-1", "part-2", "part-3"):
        Visit.objects.create(attempt=attempt, lesson=lesson, opened_at=moment)
    FinalTry.objects.create(attempt=attempt, number=1, begun_at=moment, marked_at=moment, is_passed=True)
    return attempt


def finish(attempt, at):
    return finish_attempt(attempt, outline_of(attempt.edition), by=ME, at=at)


def test_pressing_again_on_another_day_answers_with_the_first_entry(passed, amira, moment, day):
    first = finish(passed, moment)
    again = finish(Attempt.objects.of(amira).get(), moment + timedelta(days=3))
    stale = finish(passed, moment + timedelta(days=4))
    assert first.uid == again.uid == stale.uid
    assert first.completed_on == day
    assert Attempt.objects.of(amira).get().completed_at == moment


def test_an_attempt_that_has_not_passed_is_refused(passed, amira, moment):
    FinalTry.objects.of(amira).update(is_passed=False)
    with pytest.raises(NotFinished, match="not passed"):
        finish(passed, moment)


def test_one_that_has_not_looked_at_everything_is_refused(passed, amira, moment):
    Visit.objects.of(amira).filter(lesson="part-2").delete()
    with pytest.raises(NotFinished, match="not opened"):
        finish(passed, moment)


def test_an_entry_that_cannot_be_written_leaves_the_attempt_open(passed, amira, moment, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("no ledger")

    monkeypatch.setattr("training.ledger.services.record_completion", broken)
    with pytest.raises(RuntimeError):
        finish(passed, moment)
    assert Attempt.objects.of(amira).get().is_open


def test_another_window_that_gets_there_first_is_joined(passed, amira, moment, monkeypatch):
    """The other window finishes between our look and our writing."""
    from courses.services import final

    real, others = final.lessons_unopened, []

    def late(attempt, outline):
        monkeypatch.setattr(final, "lessons_unopened", real)
        others.append(finish(Attempt.objects.of(amira).get(), moment))
        return real(attempt, outline)

    monkeypatch.setattr(final, "lessons_unopened", late)
    ours = finish(passed, moment + timedelta(days=1))
    assert [ours.uid] == [other.uid for other in others]
    assert Completion.objects.of(amira).count() == 1


def test_who_has_passed_is_led_to_the_one_button_that_is_left(passed, amira, learner):
    Visit.objects.create(attempt=passed, lesson="part-9", opened_at=passed.started_at)
    Visit.objects.of(amira).update(done_at=passed.started_at)
    assert learner.post("/learning/small/start/").url == "/learning/small/part-9/"
    assert learner.get("/learning/small/part-9/").url == "/learning/small/part-9/answers/"
    assert "One step is left" in learner.get("/learning/small/").content.decode()
