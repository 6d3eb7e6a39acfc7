"""Leaving and coming back: the place is kept, and every step is."""

import pytest
from django.utils import timezone

from courses.models import Attempt, Visit
from courses.selectors import attempts_of
from tests.factories import PersonFactory, RequirementFactory, RequirementVersionFactory, RoleGroupFactory
from training.ledger.rebuild import rebuild_standings


@pytest.fixture
def begun(learner):
    learner.post("/learning/small/start/")
    return learner


def test_one_comes_back_to_the_lesson_one_left(begun):
    begun.get("/learning/small/part-2/")
    assert begun.post("/learning/small/start/").url == "/learning/small/part-2/"


def test_the_place_on_the_page_is_kept_with_an_answer(begun, amira):
    begun.get("/learning/small/part-1/")
    begun.post("/learning/small/part-1/", {"do": "answer", "check": "check-one", "chosen": "no"})
    assert Attempt.objects.of(amira).get().last_place == "check-1"
    begun.get("/learning/small/part-2/")
    assert Attempt.objects.of(amira).get().last_place == ""


def test_one_comes_back_to_the_place_on_the_page(begun):
    begun.get("/learning/small/part-1/")
    begun.post("/learning/small/part-1/", {"do": "answer", "check": "check-one", "chosen": "no"})
    assert begun.post("/learning/small/start/").url == "/learning/small/part-1/#check-1"


def test_any_lesson_opens_at_any_time(begun):
    for number in (3, 1, 2, 9):
        assert begun.get(f"/learning/small/part-{number}/").status_code == 200


def test_a_lesson_is_done_by_going_on_and_stays_done(begun, amira):
    begun.get("/learning/small/part-1/")
    begun.post("/learning/small/part-1/", {"do": "continue"})
    first = Visit.objects.of(amira).get(lesson="part-1").done_at
    begun.post("/learning/small/part-1/", {"do": "continue"})
    assert Visit.objects.of(amira).get(lesson="part-1").done_at == first
    page = begun.get("/learning/small/").content.decode()
    assert "1 of 4 parts done. About 15 minutes left." in page


def test_starting_twice_makes_one_attempt(begun, amira):
    begun.post("/learning/small/start/")
    assert Attempt.objects.of(amira).count() == 1


def test_the_learners_page_hears_how_far_one_is(begun, amira, module):
    begun.get("/learning/small/part-1/")
    begun.post("/learning/small/part-1/", {"do": "continue"})
    begun.get("/learning/small/part-2/")
    (row,) = attempts_of(amira)
    assert (row.module_id, row.state, row.lessons_done, row.lessons_total) == (module.pk, "open", 1, 4)
    assert (row.minutes_left, row.resume_args, row.resume_anchor) == (15, ("small", "part-2"), "")


def test_a_course_that_is_not_asked_of_her_can_be_carried_on_from_her_page(begun, amira, moment):
    begun.get("/learning/small/part-1/")
    begun.post("/learning/small/part-1/", {"do": "continue"})
    begun.get("/learning/small/part-2/")
    row = '<a class="govuk-link" href="/learning/small/part-2/">Module A1</a>: about 15 minutes left'
    assert row in begun.get("/learning/").content.decode().partition('id="carry-on"')[2]
    Attempt.objects.of(amira).update(state="complete", completed_at=moment)
    assert 'id="carry-on"' not in begun.get("/learning/").content.decode()


def test_a_course_that_is_asked_of_her_stands_there_once(begun, amira, module):
    rule = RequirementFactory(module=module, role_group=RoleGroupFactory(code="MIDWIFE"))
    RequirementVersionFactory(requirement=rule)
    rebuild_standings(at=timezone.now())
    page = begun.get("/learning/").content.decode()
    assert "Go on where you left" in page
    assert 'id="carry-on"' not in page


def test_nobody_elses_course_is_carried_on(begun, amira):
    Attempt.objects.of(amira).update(person=PersonFactory())
    assert 'id="carry-on"' not in begun.get("/learning/").content.decode()


def test_the_ledger_hears_that_one_has_begun_until_one_has_finished(begun, amira, amira_post, module, day, moment):
    from courses.open_attempts import open_attempts
    from training.access.clock import today
    from training.people.models import StalePost

    assert open_attempts([amira.pk]) == {(amira.pk, module.pk): (today(), None)}
    assert StalePost.objects.everywhere(reason="test").filter(post=amira_post).exists()
    assert open_attempts([amira.pk + 1]) == {}
    Attempt.objects.of(amira).update(state="complete", completed_at=moment)
    assert open_attempts([amira.pk]) == {}
