"""Questions on the way: marked on the server, answered as often as one likes."""

import pytest

from courses.models import Answer, Attempt

PART = "/learning/small/part-1/"
SEVERAL = "/learning/small/part-2/"


@pytest.fixture
def begun(learner):
    learner.post("/learning/small/start/")
    return learner


def answer(client, page, check, chosen):
    return client.post(page, {"do": "answer", "check": check, "chosen": chosen})


def test_a_right_answer_comes_back_to_its_place_with_what_it_means(begun, amira):
    assert answer(begun, PART, "check-one", ["yes"]).url == f"{PART}#check-1"
    page = begun.get(PART).content.decode()
    assert "That is right." in page
    assert "Explanation of check-one" in page
    assert "Feedback on check-one yes" in page


def test_a_wrong_answer_says_so_in_words_and_where_to_read_again(begun):
    answer(begun, PART, "check-one", ["no"])
    page = begun.get(PART).content.decode()
    assert "Not this one." in page
    assert "Feedback on check-one no" in page
    assert "Explanation of check-one" not in page
    assert "It is explained above, on this page." in page
    answer(begun, SEVERAL, "check-two", ["no"])
    assert 'It is explained in <a class="govuk-link" href="/learning/small/part-1/">Lesson 1</a>' in (
        begun.get(SEVERAL).content.decode()
    )


def test_an_answer_can_be_given_again_and_the_times_are_counted(begun, amira):
    for chosen in (["no"], ["no"], ["yes"]):
        answer(begun, PART, "check-one", chosen)
    row = Answer.objects.of(amira).get()
    assert (row.chosen, row.is_correct, row.times) == (["yes"], True, 3)


@pytest.mark.parametrize(
    ("chosen", "is_correct"),
    [(["yes", "also"], True), (["yes"], False), (["yes", "also", "no"], False), (["no"], False)],
)
def test_several_answers_are_right_only_all_together(begun, amira, chosen, is_correct):
    answer(begun, SEVERAL, "check-two", chosen)
    assert Answer.objects.of(amira).get().is_correct is is_correct


@pytest.mark.parametrize(
    ("check", "chosen", "message"),
    [
        ("check-one", [], "Choose one answer"),
        ("check-one", ["yes", "no"], "Choose one answer"),
        ("check-one", ["never-heard-of"], "Choose from the answers shown."),
    ],
)
def test_an_answer_that_cannot_be_is_explained_and_not_kept(begun, amira, check, chosen, message):
    page = answer(begun, PART, check, chosen).content.decode()
    assert page.count(f"{message}</") == 2  # in the summary and beside the question
    assert 'href="#check-1-1"' in page
    assert not Answer.objects.of(amira).exists()


def test_a_question_of_another_lesson_is_no_question_here(begun, amira):
    assert answer(begun, PART, "check-two", ["yes"]).url == PART
    assert not Answer.objects.of(amira).exists()


def test_a_finished_attempt_keeps_its_answers_as_they_were(begun, amira, moment):
    answer(begun, PART, "check-one", ["yes"])
    Attempt.objects.of(amira).update(state="complete", completed_at=moment)
    answer(begun, PART, "check-one", ["no"])
    assert Answer.objects.of(amira).get().chosen == ["yes"]
    assert "Answer again" not in begun.get(PART).content.decode()


def test_right_and_wrong_stand_nowhere_in_an_unanswered_page(begun):
    page = begun.get(PART).content.decode()
    for telling in ("Feedback on", "Explanation of", "Right", "Not this one"):
        assert telling not in page
