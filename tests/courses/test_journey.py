"""From the first page to the ledger, as a learner clicks through it."""

import pytest

from courses.draw import drawn
from courses.editions import final_of
from courses.models import Attempt, FinalTry
from training.ledger.models import Completion


def answer_final(client, person, chosen="yes"):
    """Answer every question of the open try."""
    answer = client.post("/learning/small/part-9/")
    for number in (1, 2):
        assert answer.url == f"/learning/small/part-9/{number}/"
        assert client.get(answer.url).status_code == 200
        answer = client.post(answer.url, {"chosen": chosen})
    assert answer.url == "/learning/small/part-9/answers/"
    return client.get(answer.url)


def ledger_of(person):
    return list(Completion.objects.of(person))


def test_from_the_first_page_to_one_entry_in_the_ledger(learner, amira, course, module):
    first = learner.get("/learning/small/")
    assert b"<title>Learning</title>" in first.content
    assert b"Stop any time." in first.content
    assert learner.post("/learning/small/start/").url == "/learning/small/part-1/"

    for number in (1, 2):
        page = learner.get(f"/learning/small/part-{number}/")
        assert f"Text of part {number}" in page.content.decode()
        assert (
            learner.post(f"/learning/small/part-{number}/", {"do": "continue"}).url
            == f"/learning/small/part-{number + 1}/"
        )
    learner.get("/learning/small/part-3/")
    learner.post("/learning/small/part-3/", {"do": "tomorrow", "chosen": ["look"]})
    assert learner.post("/learning/small/part-3/", {"do": "continue"}).url == "/learning/small/part-9/"

    failed = answer_final(learner, amira, "no").content.decode()
    assert "Not yet: 0 of 2" in failed
    assert "Worth reading again" in failed
    assert learner.post("/learning/small/finish/").url == "/learning/small/"
    assert ledger_of(amira) == []

    passed = answer_final(learner, amira, "yes").content.decode()
    assert "You have passed: 2 of 2" in passed
    assert learner.post("/learning/small/finish/").url == "/learning/small/done/"
    assert learner.post("/learning/small/finish/").url == "/learning/small/done/"

    (completion,) = ledger_of(amira)
    attempt = Attempt.objects.of(amira).get()
    assert (completion.module, completion.method, completion.edition) == (module, "online", "1.0 (1)")
    assert completion.minutes == attempt.edition.content["minutes"] != module.minutes, "how long this course takes"
    assert completion.idempotency_key == f"attempt:{attempt.uid}"
    done = learner.get("/learning/small/done/").content.decode()
    assert "Look up a champion" in done
    assert "Ask who my lead is" not in done


def test_a_final_check_passed_before_the_lessons_asks_for_a_look_at_them(learner, amira):
    learner.post("/learning/small/start/")
    learner.get("/learning/small/part-2/")
    page = answer_final(learner, amira).content.decode()
    assert "the parts you have not opened yet" in page
    assert "Finish and get my certificate" not in page
    learner.post("/learning/small/finish/")
    assert ledger_of(amira) == []
    for number in (1, 3):
        learner.get(f"/learning/small/part-{number}/")
    assert learner.post("/learning/small/finish/").url == "/learning/small/done/"
    assert len(ledger_of(amira)) == 1


def test_an_answer_of_the_final_check_is_kept_at_once_and_gone_on_with(learner, amira):
    learner.post("/learning/small/start/")
    learner.post("/learning/small/part-9/")
    learner.post("/learning/small/part-9/1/", {"chosen": "yes"})
    again = learner.get("/learning/small/part-9/").content.decode()
    assert "Go on with the questions" in again
    assert learner.post("/learning/small/part-9/").url == "/learning/small/part-9/2/"
    assert FinalTry.objects.of(amira).count() == 1


def test_a_question_left_blank_says_so_and_keeps_nothing(learner, amira):
    learner.post("/learning/small/start/")
    learner.post("/learning/small/part-9/")
    page = learner.post("/learning/small/part-9/1/", {}).content.decode()
    assert "Choose one answer" in page
    assert "<title>Error: Learning</title>" in page


def test_the_same_try_asks_the_same_questions_however_often_it_is_opened(learner, amira, course):
    learner.post("/learning/small/start/")
    attempt = Attempt.objects.of(amira).get()
    check = final_of(attempt.edition, "part-9")
    assert drawn(check, attempt.uid, 1) == drawn(check, attempt.uid, 1)
    tries = {tuple(question.key for question in drawn(check, attempt.uid, number)) for number in range(1, 30)}
    assert len(tries) == 3
    assert {len(keys) for keys in tries} == {2}


def test_going_again_after_finishing_makes_a_second_completion(learner, amira):
    for _ in range(2):
        learner.post("/learning/small/start/")
        for number in (1, 2, 3):
            learner.get(f"/learning/small/part-{number}/")
        answer_final(learner, amira)
        learner.post("/learning/small/finish/")
    assert [attempt.state for attempt in Attempt.objects.of(amira).order_by("id")] == ["complete", "complete"]
    assert len(ledger_of(amira)) == 2


@pytest.mark.parametrize("address", ["part-1/", "part-9/", "done/", "part-9/1/", "part-9/answers/", "no-such-part/"])
def test_nothing_of_a_course_opens_before_one_has_begun(learner, address):
    answer = learner.get(f"/learning/small/{address}")
    assert answer.status_code == 404 or answer.url == "/learning/small/"


def test_a_course_that_does_not_exist_is_not_found(learner):
    for address in ("", "part-1/", "done/", "another-way/"):
        assert learner.get(f"/learning/no-such-course/{address}").status_code == 404
    for address in ("start/", "finish/"):
        assert learner.post(f"/learning/no-such-course/{address}").status_code == 404


def test_the_last_page_leads_to_the_certificate(learner, amira):
    learner.post("/learning/small/start/")
    for number in (1, 2, 3):
        learner.get(f"/learning/small/part-{number}/")
    answer_final(learner, amira)
    learner.post("/learning/small/finish/")
    (completion,) = ledger_of(amira)
    link = f"/certificates/of/{completion.uid}/"
    assert f'href="{link}"' in learner.get("/learning/small/done/").content.decode()
    assert f'href="{link}"' in learner.get("/learning/small/").content.decode()
    assert learner.get(link, follow=True).status_code == 200
