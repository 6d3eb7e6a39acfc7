"""Asking the network: answered once, read over, and kept without anybody's name."""

from datetime import timedelta

import pytest
from django.utils import timezone

from champions.errors import NotOpen
from champions.models import Enquiry, KeptAnswer
from champions.selectors.enquiries import similar
from champions.services.enquiries import answer_enquiry, ask_network, decide, forget_enquiries, take
from champions.services.requests import block
from champions.words import stems
from tests.champions.conftest import BY
from training.notices.models import Notice

ASK, ANSWER, DESK = "/champions/ask/", "/champions/enquiries/", "/champions/network/severnshire/enquiries/"
WORDS = "How do I ask about stalking at the front desk?"
KEEP = {"question": WORDS, "answer": "Quietly, and apart.", "said_by": "champion", "decision": "kept"}


def html(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def enquiry(amira, pola, now) -> Enquiry:
    """Asked by amira, of pola's network."""
    return ask_network(asker=amira, partnership=pola.partnership, words=WORDS, by=BY, at=now)


@pytest.fixture
def kept(enquiry, now) -> KeptAnswer:
    """Answered and kept."""
    decide(enquiry=enquiry, by=BY, at=now, **KEEP)
    return KeptAnswer.objects.get()


def test_what_is_asked_goes_from_hand_to_hand_without_a_name_and_is_kept_for_all(sign_in, amira, pola, cy):
    client = sign_in(amira)
    looked = html(client.post(ASK, {"words": WORDS, "look": "1"}))
    assert "Nothing like it" in looked and not Enquiry.objects.everywhere(reason="test").exists()
    client.post(ASK, {"words": WORDS, "send": "1"})
    uid = Enquiry.objects.everywhere(reason="test").get().uid
    client = sign_in(pola.person)
    assert WORDS in html(client.get(ANSWER)) and "Amira" not in html(client.get(f"{ANSWER}{uid}/"))
    client.post(f"{ANSWER}{uid}/", {"does": "take"})
    client.post(f"{ANSWER}{uid}/", {"does": "answer", "words": "Quietly."})
    client = sign_in(cy)
    for page in (DESK, f"{DESK}{uid}/"):
        shown = html(client.get(page))
        assert WORDS in shown and "Amira" not in shown and "Pola" not in shown
    client.post(f"{DESK}{uid}/", KEEP)
    mail = Notice.objects.everywhere(reason="test").filter(address=amira.user.email).get()
    assert mail.subject == "A message for you" and "stalking" not in mail.body
    client = sign_in(amira)
    assert "Quietly, and apart." in html(client.get(f"{ASK}{uid}/"))
    assert "Quietly, and apart." in html(client.post(ASK, {"words": "Somebody is stalked at our desk", "look": "1"}))


def test_an_answer_that_is_not_read_over_yet_is_shown_to_nobody(sign_in, amira, pola, hana, enquiry, now):
    take(enquiry=enquiry, champion=pola, by=BY, at=now)
    answer_enquiry(enquiry=enquiry, champion=pola, words="Secret", by=BY, at=now)
    assert "Secret" not in html(sign_in(amira).get(f"{ASK}{enquiry.uid}/"))
    assert sign_in(hana.person).get(f"{ANSWER}{enquiry.uid}/").status_code == 404


def test_one_champion_at_a_time_takes_it_and_after_three_days_it_is_free_again(pola, hana, enquiry, now):
    take(enquiry=enquiry, champion=pola, by=BY, at=now)
    with pytest.raises(NotOpen):
        take(enquiry=enquiry, champion=hana, by=BY, at=now + timedelta(days=2))
    take(enquiry=enquiry, champion=hana, by=BY, at=now + timedelta(days=3, minutes=1))
    with pytest.raises(NotOpen):
        answer_enquiry(enquiry=enquiry, champion=pola, words="x", by=BY, at=now)


@pytest.mark.parametrize("by_address", [True, False])
def test_between_two_who_are_kept_apart_nothing_passes_either_way(sign_in, amira, pola, enquiry, now, by_address):
    who = {"address": amira.user.email} if by_address else {"person": amira}
    block(owner=pola.person, by=BY, at=now, **who)
    assert WORDS not in html(sign_in(pola.person).get(ANSWER))
    assert sign_in(pola.person).get(f"{ANSWER}{enquiry.uid}/").status_code == 404


def test_an_asker_who_keeps_a_champion_away_is_not_answered_by_them(sign_in, amira, pola, hana, enquiry, now):
    block(owner=amira, person=pola.person, by=BY, at=now)
    assert WORDS not in html(sign_in(pola.person).get(ANSWER))
    assert WORDS in html(sign_in(hana.person).get(ANSWER))


def test_nobody_answers_themselves_and_no_colleague_answers(sign_in, amira, pola, now):
    own = ask_network(asker=pola.person, partnership=pola.partnership, words=WORDS, by=BY, at=now)
    assert WORDS not in html(sign_in(pola.person).get(ANSWER))
    for page in (ANSWER, f"{ANSWER}{own.uid}/", f"{ASK}{own.uid}/"):
        assert sign_in(amira).get(page).status_code == 404


def test_declining_needs_no_answer_and_keeps_nothing(sign_in, amira, cy, enquiry):
    sign_in(cy).post(f"{DESK}{enquiry.uid}/", {"decision": "declined"})
    assert "cannot answer this" in html(sign_in(amira).get(f"{ASK}{enquiry.uid}/"))
    assert not KeptAnswer.objects.exists()


def test_an_answer_handed_back_waits_for_its_champion(sign_in, pola, cy, enquiry, now):
    take(enquiry=enquiry, champion=pola, by=BY, at=now)
    answer_enquiry(enquiry=enquiry, champion=pola, words="Too short", by=BY, at=now)
    sign_in(cy).post(f"{DESK}{enquiry.uid}/", {"hand_back": "1"})
    assert "Too short" in html(sign_in(pola.person).get(f"{ANSWER}{enquiry.uid}/"))


def test_three_a_day_the_same_once_and_bad_input_gets_a_plain_answer(sign_in, amira, pola):
    client = sign_in(amira)
    for words in ("One", "One", "Two", "Three", "Four"):
        last = html(client.post(ASK, {"words": words, "send": "1"}))
    assert Enquiry.objects.everywhere(reason="test").count() == 3 and "ask again tomorrow" in last
    for words in ("", "   ", "a\0b", "x" * 100_000, "' \" % _ \\", "<b>" * 9, "لماذا", "？" * 600):
        assert client.post(ASK, {"words": words, "look": "1"}).status_code == 200


def test_taken_back_its_words_are_gone_and_it_is_forgotten_in_time(sign_in, amira, enquiry, now):
    sign_in(amira).post(f"{ASK}{enquiry.uid}/take-back/")
    rows = Enquiry.objects.everywhere(reason="test")
    assert rows.get().words == "" and sign_in(amira).get(f"{ASK}{enquiry.uid}/").status_code == 404
    assert forget_enquiries(at=now + timedelta(days=29)) == 0
    assert forget_enquiries(at=now + timedelta(days=31)) == 1


def test_a_withdrawn_answer_is_found_no_longer(sign_in, amira, cy, kept):
    assert similar(kept.partnership, WORDS) == (kept,)
    sign_in(cy).post(f"{DESK}answers/{kept.uid}/withdraw/")
    assert similar(kept.partnership, WORDS) == ()
    assert "Quietly, and apart" not in html(sign_in(amira).get(ASK))


def test_stems_are_plain_and_short_words_are_passed_over():
    assert stems("Stalked, STALKING! in Łódź to") == ("stalk", "lodz")
