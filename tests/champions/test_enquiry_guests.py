"""A specialist from outside answers what was asked of the network: one link, one question, once, read over first."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from champions.errors import NotOpen
from champions.models import Enquiry, EnquiryGuest, KeptAnswer
from champions.services.enquiries import answer_enquiry, ask_network, forget_enquiries, take, take_back_enquiry
from champions.services.enquiry_guests import answer_as_specialist, ask_specialist, guest_at
from champions.services.requests import block
from tests.champions.conftest import BY
from training.notices.models import Notice

TO = "expert@clinic.example"
WHY = "test"


def html(answer) -> str:
    return answer.content.decode()


def mails() -> list[Notice]:
    return list(Notice.objects.everywhere(reason=WHY).filter(kind="enquiry").order_by("pk"))


def path(mail: Notice) -> str:
    return next(line for line in mail.body.splitlines() if "://" in line).split("://", 1)[1].partition("/")[2]


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def asked(amira, world, now) -> Enquiry:
    return ask_network(asker=amira, partnership=world.partnership, words="Which forms?", by=BY, at=now)


@pytest.fixture
def desk(asked) -> str:
    return f"/champions/network/severnshire/enquiries/{asked.uid}/"


@pytest.fixture
def link(sign_in, cy, desk, client) -> str:
    """Where the mail leads; nobody is signed in."""
    answer = sign_in(cy).post(f"{desk}specialist/", {"address": TO.upper(), "question": "Which forms are there?"})
    assert answer.status_code == 302
    client.logout()
    (mail,) = mails()
    return f"/{path(mail)}"


def test_the_answer_waits_for_the_coordinator_and_is_kept_as_a_specialists(client, sign_in, cy, link, desk, amira):
    opened = client.get(link)
    assert opened["Referrer-Policy"] == "same-origin", "with none at all browsers send no origin, and no form is taken"
    page = html(opened)
    assert "Which forms are there?" in page and "<title>A short answer" in page and "Amira" not in page
    assert "Your answer is kept" in html(client.post(link, {"words": "Two, F1 and F2."}))
    assert not KeptAnswer.objects.exists(), "nothing is kept before it was read over"
    read = sign_in(cy).get(desk)
    assert "Two, F1 and F2." in html(read) and "Hand it back" not in html(read)
    assert read.context["form"]["said_by"].value() == "specialist"
    said = {"question": "Which forms?", "answer": "Two.", "said_by": "specialist", "decision": "kept"}
    sign_in(cy).post(desk, said)
    assert KeptAnswer.objects.get().get_said_by_display() == "A specialist"


def test_the_mail_says_nothing_of_it_and_the_link_is_kept_as_a_hash(link):
    (mail,) = mails()
    assert (mail.address, mail.subject) == (TO, "A message for you") and "orms" not in mail.body
    assert "hampion" not in mail.body and "enquir" not in mail.body
    assert link.rstrip("/").rpartition("/")[2] not in repr(EnquiryGuest.objects.values().get())


def _used(link, asked, now):
    answer_as_specialist(guest=guest_at(link.rstrip("/").rpartition("/")[2], at=now), words="Two.", at=now)


ENDS = {
    "used": lambda t: _used(t.link, t.asked, t.now),
    "old": lambda t: EnquiryGuest.objects.update(open_until=t.now - timedelta(seconds=1)),
    "taken back": lambda t: t.client.post(f"{t.desk}specialist/take-back/"),
    "answered by a champion": lambda t: _by_champion(t.asked, t.pola, t.now),
    "the asker took it back": lambda t: take_back_enquiry(enquiry=t.asked, by=BY, at=t.now),
    "the asker keeps them away": lambda t: block(owner=t.asked.asker, address=TO, by=BY, at=t.now),
    "cut short": lambda t: setattr(t, "link", t.link[:-9] + "/"),
}


def _by_champion(asked, pola, now):
    take(enquiry=asked, champion=pola, by=BY, at=now)
    answer_enquiry(enquiry=asked, champion=pola, words="Ask HR.", by=BY, at=now)


class Then:
    """What an end needs."""

    def __init__(self, **found) -> None:
        self.__dict__.update(found)


@pytest.mark.parametrize("how", ENDS)
def test_a_link_that_works_no_longer_is_one_plain_page(client, sign_in, cy, link, asked, desk, pola, now, how):
    then = Then(link=link, asked=asked, desk=desk, pola=pola, now=now, client=sign_in(cy))
    ENDS[how](then)
    client.logout()
    before = Enquiry.objects.everywhere(reason=WHY).values_list("answer", flat=True).get()
    for answer in (client.get(then.link), client.post(then.link, {"words": "Late."})):
        assert answer.status_code == 404 and "does not open anything" in html(answer)
        assert "orms" not in html(answer)
    assert Enquiry.objects.everywhere(reason=WHY).values_list("answer", flat=True).get() == before


def test_one_is_asked_at_a_time_and_another_once_the_time_is_over(sign_in, cy, link, desk):
    again = {"address": "second@clinic.example", "question": "Which?"}
    assert "A specialist is being asked" in html(sign_in(cy).post(f"{desk}specialist/", again))
    EnquiryGuest.objects.update(open_until=timezone.now())
    sign_in(cy).post(f"{desk}specialist/", again)
    assert [each.address for each in mails()] == [TO, "second@clinic.example"]
    assert [each.address for each in EnquiryGuest.objects.all()] == ["", "second@clinic.example"]


def test_whom_the_asker_keeps_away_gets_no_mail_and_the_coordinator_cannot_tell(sign_in, cy, asked, desk, now):
    block(owner=asked.asker, address=TO, by=BY, at=now)
    answer = sign_in(cy).post(f"{desk}specialist/", {"address": TO, "question": "Which?"}, follow=True)
    assert "Their answer comes to you first" in html(answer) and TO in html(answer)
    assert not mails()


def test_a_link_that_was_sent_on_opens_nothing_for_whom_the_asker_keeps_away(sign_in, link, asked, pola, now):
    client = sign_in(pola.person)
    assert client.get(link).status_code == 200
    block(owner=asked.asker, person=pola.person, by=BY, at=now)
    assert client.get(link).status_code == client.post(link, {"words": "Here."}).status_code == 404


@pytest.mark.parametrize("answers", [True, False])
def test_the_address_goes_as_soon_as_they_have_answered_or_it_is_closed(sign_in, cy, link, desk, asked, now, answers):
    if answers:
        _used(link, asked, now)
    else:
        sign_in(cy).post(desk, {"question": "Which?", "answer": "", "said_by": "coordinator", "decision": "declined"})
        assert sign_in(cy).get(link).status_code == 404
    assert EnquiryGuest.objects.get().address == ""


def test_what_was_put_to_a_specialist_goes_with_the_words_and_the_address_with_the_enquiry(link, asked, now):
    take_back_enquiry(enquiry=asked, by=BY, at=now)
    assert EnquiryGuest.objects.values_list("question", "address").get() == ("", "")
    forget_enquiries(at=now + timedelta(days=31))
    assert not EnquiryGuest.objects.exists()


@pytest.mark.parametrize("words", ["", "   ", "a\0b", "x" * 100_000])
def test_bad_input_gets_a_plain_answer_and_the_link_still_works(client, link, words):
    answer = client.post(link, {"words": words})
    assert answer.status_code == 200 and "There is a problem" in html(answer)
    assert client.get(link).status_code == 200


def test_an_answered_enquiry_is_put_to_nobody(sign_in, cy, asked, desk, pola, now):
    _by_champion(asked, pola, now)
    assert sign_in(cy).get(f"{desk}specialist/").status_code == 404
    with pytest.raises(NotOpen, match="answered or taken back meanwhile"):
        ask_specialist(enquiry=asked, address=TO, question="Which?", by=BY, at=now)


def test_the_database_keeps_no_words_of_a_question_taken_back(link):
    with pytest.raises(IntegrityError, match="a_question_taken_back_from_a_specialist_keeps_no_words"):
        EnquiryGuest.objects.update(withdrawn_at=timezone.now())
