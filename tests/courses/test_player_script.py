"""What the player's script asks for and is told: it is kept, when, and where it leads; and where on the page one is."""

from io import BytesIO

import pytest

from courses.models import Answer, Attempt

PART = "/learning/small/part-1/"
BY_SCRIPT = {"headers": {"X-Player": "1"}}
ANSWER = {"do": "answer", "check": "check-one", "chosen": "yes", "seen": "0"}


@pytest.fixture
def begun(learner):
    learner.post("/learning/small/start/")
    learner.get(PART)
    return learner


def place_of(person):
    return Attempt.objects.of(person).get().last_place


def test_a_script_is_told_that_it_is_kept_and_where_it_leads(begun):
    told = begun.post(PART, ANSWER, **BY_SCRIPT).json()
    assert told["leads_to"] == f"{PART}#check-1"
    assert told["is_signed_in"] is True
    assert f"Saved at {told['at']}" in begun.get(PART).content.decode()


def test_a_script_is_told_when_one_has_been_signed_out(begun):
    begun.cookies.pop("session")
    told = begun.post(PART, ANSWER, **BY_SCRIPT).json()
    assert (told["leads_to"], told["is_signed_in"]) == (f"/account/login/?next={PART}", False)


def test_a_script_is_shown_what_cannot_be_kept(begun):
    page = begun.post(PART, ANSWER | {"chosen": ""}, **BY_SCRIPT)
    assert page["Content-Type"].startswith("text/html")
    assert "Choose" in page.content.decode()


def test_one_comes_back_to_where_one_was_reading(begun, amira):
    assert 'id="at-1"' in begun.get(PART).content.decode()
    assert begun.post(PART, {"do": "place", "place": "at-1"}).status_code == 204
    assert begun.post("/learning/small/start/").url == f"{PART}#at-1"


@pytest.mark.parametrize("place", ["at-99", "", "main-content", "story-1"])
def test_a_place_that_the_page_does_not_have_is_no_place(begun, amira, place):
    begun.post(PART, {"do": "place", "place": place})
    assert place_of(amira) == ""


def test_a_window_left_behind_on_another_lesson_moves_nothing(begun, amira):
    begun.get("/learning/small/part-2/")
    begun.post(PART, {"do": "place", "place": "at-1"})
    assert place_of(amira) == ""
    assert Attempt.objects.of(amira).get().last_lesson == "part-2"


def test_half_of_a_form_is_no_answer(begun, amira):
    whole = "do=answer&check=check-two&seen=0&chosen=yes&chosen=also"
    half = BytesIO(whole.removesuffix("&chosen=also").encode())
    sent = {"wsgi.input": half, "CONTENT_LENGTH": len(whole), "CONTENT_TYPE": "application/x-www-form-urlencoded"}
    begun.get("/learning/small/part-2/")
    assert begun.request(PATH_INFO="/learning/small/part-2/", REQUEST_METHOD="POST", **sent).status_code == 400
    assert not Answer.objects.of(amira).exists()


def test_a_script_is_never_told_that_what_is_of_another_attempt_is_kept(begun, amira):
    sent = ANSWER | {"attempt": "00000000-0000-0000-0000-000000000000"}
    assert begun.post(PART, sent, **BY_SCRIPT).status_code == 409
    assert begun.post(PART, sent).url == PART
    assert not Answer.objects.of(amira).exists()
