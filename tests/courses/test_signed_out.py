"""The sign-in runs out in the middle of a lesson: what was chosen is held, and kept once by the one who chose it."""

import pytest

from courses.models import Answer, Attempt
from courses.views.signed_out import HELD, SIGN_IN_AGAIN
from tests.courses.conftest import signed_in
from tests.sso.conftest import sign_in

PART = "/learning/small/part-1/"


@pytest.fixture
def chosen(learner, amira):
    """What the page of Amira's attempt sends."""
    learner.post("/learning/small/start/")
    attempt = Attempt.objects.of(amira).get()
    return {"do": "answer", "check": "check-one", "chosen": "yes", "seen": "0", "attempt": str(attempt.uid)}


@pytest.fixture
def out(learner):
    """The same browser, signed out."""
    learner.get(PART)
    learner.cookies.pop("session")
    return learner


def test_after_signing_in_again_the_answer_is_there_and_counted_once(chosen, out, amira):
    answer = out.post(PART, chosen)
    assert answer.url == f"/account/login/?next={PART}"
    assert SIGN_IN_AGAIN in out.get(answer.url).content.decode()
    assert sign_in(out, amira.user.email, next=PART).status_code == 302
    assert out.get(PART).url == f"{PART}#check-1"
    out.get(PART)
    row = Answer.objects.of(amira).get()
    assert (row.question, row.is_correct, row.times) == ("check-one", True, 1)


def test_what_one_learner_chose_is_not_kept_for_the_next_who_signs_in(chosen, out, amira, bea, world):
    from tests.factories import PersonFactory, TermFactory

    other = PersonFactory(user=bea)
    TermFactory(post__employment__person=other, post__employment__agency=world.agency)
    signed_in(other).post("/learning/small/start/")
    out.post(PART, chosen)
    sign_in(out, bea.email)
    assert out.get(PART).url == PART
    assert HELD not in out.session
    assert not Answer.objects.everywhere(reason="test").exists()


@pytest.mark.parametrize(
    "sent",
    [
        {"attempt": "no-such-attempt"},
        {"attempt": "00000000-0000-0000-0000-000000000000"},
        {"text": "words of one's own"},
        {"chosen": "x" * 5000},
    ],
)
def test_nothing_else_is_held_for_somebody_signed_out(chosen, out, sent):
    assert out.post(PART, chosen | sent).url == f"/account/login/?next={PART}"
    assert HELD not in out.session


def test_a_page_of_a_run_that_is_over_changes_nothing_in_the_next(learner, amira, chosen, moment):
    Attempt.objects.of(amira).update(state="complete", completed_at=moment)
    learner.post("/learning/small/start/")
    assert learner.post(PART, chosen).url == PART
    assert not Answer.objects.of(amira).exists()


def test_an_answer_of_the_final_check_is_held_too(learner, amira, chosen):
    begun = learner.post("/learning/small/part-9/").url
    learner.cookies.pop("session")
    learner.post(begun, {"chosen": "yes", "try": "1", "seen": "0", "attempt": chosen["attempt"]})
    sign_in(learner, amira.user.email)
    assert learner.get(begun).url == "/learning/small/part-9/2/"
    assert Answer.objects.of(amira).get().final_try == 1


@pytest.mark.parametrize("deed", ["start", "finish", "said", "looked"])
def test_a_button_pressed_while_signed_out_leads_to_the_courses_first_page(learner, client, amira, deed):
    address = f"/learning/small/{deed}/"
    assert client.post(address).url == f"/account/login/?next={address}"
    client.force_login(amira.user)
    assert client.get(address).url == "/learning/small/"
    assert not Attempt.objects.of(amira).exists()
