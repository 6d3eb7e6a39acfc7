"""Requests lead on: to whom a champion names, to the next best, and to a mail where nobody has answered."""

from datetime import timedelta

import pytest

from champions.errors import AskedEnough
from champions.models import CARDS_A_DAY, MOST_WAITING, CardLook, ContactRequest, ReaderDay
from champions.services import requests
from champions.services.listing import rest
from champions.services.requests import ask, block, delete_request, remind_of_requests, reply
from tests.champions.conftest import BY, EVERYTHING
from training.notices.models import Notice

WHY = "test"


@pytest.fixture
def asked(amira, pola, moment) -> ContactRequest:
    """Amira has asked Pola, with something to say."""
    return ask(sender=amira, champion=pola, about="worry", urgency="week", words="Are you free?", by=BY, at=moment)


def test_a_champion_names_another_whom_the_sender_then_asks_with_the_same_words(sign_in, amira, pola, hana, asked):
    address = f"/champions/requests/{asked.uid}/"
    assert "Hana Roster" in sign_in(pola.person).get(address).content.decode()
    sign_in(pola.person).post(address, {"choice": "not_me", "suggested": str(hana.uid)})
    page = sign_in(amira).get(address).content.decode()
    assert "You could try Hana Roster instead" in page
    form = sign_in(amira).get(f"/champions/{hana.uid}/ask/?again={asked.uid}").content.decode()
    assert "Are you free?" in form


def test_a_champion_reads_again_whom_they_named_until_they_find_them_no_longer(sign_in, pola, hana, asked, moment):
    address, client = f"/champions/requests/{asked.uid}/", sign_in(pola.person)
    page = client.post(address, {"choice": "not_me", "suggested": str(hana.uid)}, follow=True).content.decode()
    assert "You named Hana Roster instead" in page
    assert "Ask Hana" not in page
    block(owner=hana.person, person=pola.person, by=BY, at=moment)
    assert "instead" not in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("choice", "words", "said"),
    [
        ("call", "", "Write where to call you"),
        ("meet", "", "Write where and when to meet"),
        ("", "", "Choose an answer"),
    ],
)
def test_an_answer_that_says_too_little_is_asked_for_more(sign_in, pola, asked, choice, words, said):
    page = sign_in(pola.person).post(f"/champions/requests/{asked.uid}/", {"choice": choice, "words": words})
    assert said in page.content.decode()


def test_nobody_outside_the_list_can_be_named(sign_in, pola, hana, asked, stranger):
    body = {"choice": "not_me", "suggested": str(stranger.uid)}
    page = sign_in(pola.person).post(f"/champions/requests/{asked.uid}/", body).content.decode()
    assert "Choose from the list" in page


def test_the_next_best_is_who_shows_most_of_the_same(sign_in, amira, network, world, pola, hana, asked, moment):
    network.champion(world.agency, "Nia", network.south, EVERYTHING)
    address = f"/champions/requests/{asked.uid}/next/"
    ContactRequest.objects.everywhere(reason=WHY).update(asked_at=asked.late_from)
    reply(request=asked, choice="not_me", words="", by=BY, at=moment)
    page = sign_in(amira).get(address, follow=True).content.decode()
    assert "Ask Nia Roster" in page
    assert "Are you free?" in page


def test_before_an_answer_is_late_there_is_no_next(sign_in, amira, pola, asked):
    ContactRequest.objects.everywhere(reason=WHY).update(asked_at=asked.asked_at.replace(year=2126))
    address = f"/champions/requests/{asked.uid}/"
    assert sign_in(amira).get(f"{address}next/").status_code == 404
    assert "Ask somebody else" not in sign_in(amira).get(address).content.decode()


def test_where_there_is_nobody_else_the_page_says_so(sign_in, amira, pola, asked, moment):
    reply(request=asked, choice="not_me", words="", by=BY, at=moment)
    page = sign_in(amira).get(f"/champions/requests/{asked.uid}/next/", follow=True).content.decode()
    assert "There is nobody else to ask at the moment" in page


def test_a_champion_is_reminded_once_and_in_neutral_words(asked, pola, moment):
    late = moment + timedelta(days=3)
    assert [remind_of_requests(at=at) for at in (late - timedelta(seconds=1), late, late)] == [0, 1, 0]
    first, reminder = Notice.objects.everywhere(reason=WHY).order_by("pk")
    assert (reminder.user, reminder.subject) == (pola.person.user, "A message for you")
    assert reminder.body == first.body


@pytest.mark.parametrize(
    ("urgency", "late"), [("today", {"hours": 4}), ("week", {"days": 3}), ("whenever", {"days": 7})]
)
def test_what_is_late_is_sifted_by_the_database(django_assert_num_queries, asked, moment, urgency, late):
    ContactRequest.objects.everywhere(reason=WHY).update(urgency=urgency)
    asked.refresh_from_db()
    rows, at = ContactRequest.objects.everywhere(reason=WHY), moment + timedelta(**late)
    assert asked.late_from == at
    assert list(rows.late(at)) == [asked]
    assert list(rows.late(at - timedelta(seconds=1))) == []
    with django_assert_num_queries(1):
        remind_of_requests(at=at - timedelta(seconds=1))


def test_what_is_late_is_told_of_a_few_at_a_time(monkeypatch, amira, pola, hana, asked, moment):
    ask(sender=amira, champion=hana, about="worry", urgency="week", words="", by=BY, at=moment)
    monkeypatch.setattr(requests, "REMINDED_AT_A_TIME", 1)
    late = moment + timedelta(days=3)
    assert [remind_of_requests(at=late) for _ in range(3)] == [1, 1, 0]


def test_names_of_whom_to_try_count_as_looked_at(sign_in, pola, hana, asked):
    address, client = f"/champions/requests/{asked.uid}/", sign_in(pola.person)
    assert "Hana Roster" in client.get(address).content.decode()
    day = ReaderDay.objects.everywhere(reason=WHY).get()
    assert (day.user, day.looks, day.cards) == (pola.person.user, 1, 1)
    assert not CardLook.objects.of(hana).exists()
    ReaderDay.objects.everywhere(reason=WHY).update(cards=CARDS_A_DAY)
    for answer in (client.get(address), client.post(address, {"choice": "call"})):
        assert answer.status_code == 200
        assert "Hana" not in answer.content.decode()
    assert client.post(address, {"choice": "not_me", "suggested": str(hana.uid)}).status_code == 302


@pytest.mark.parametrize("gone", ["answered", "deleted"])
def test_what_was_answered_or_deleted_brings_no_reminder(asked, moment, gone):
    if gone == "answered":
        reply(request=asked, choice="meet", words="Noon", by=BY, at=moment)
    else:
        delete_request(request=asked, by=BY, at=moment)
    assert remind_of_requests(at=moment + timedelta(days=20)) == 0


def test_a_champion_has_so_many_requests_waiting_and_no_more(sign_in, network, world, pola, moment):
    senders = [network.colleague(world.agency, f"Ann{number}", duty=False) for number in range(MOST_WAITING + 1)]
    said = {"champion": pola, "about": "team", "urgency": "week", "words": "", "by": BY, "at": moment}
    for sender in senders[:-1]:
        last = ask(sender=sender, **said)
    with pytest.raises(AskedEnough, match="many requests"):
        ask(sender=senders[-1], **said)
    assert "Pola" not in sign_in(senders[-1]).get("/champions/").content.decode()
    reply(request=last, choice="not_me", words="", by=BY, at=moment)
    ask(sender=senders[-1], **said)


def test_not_this_week_takes_one_press_and_so_does_coming_back(sign_in, amira, pola, moment):
    sign_in(pola.person).post("/champions/me/rest/")
    assert "Pola" not in sign_in(amira).get("/champions/").content.decode()
    assert "You rest up to" in sign_in(pola.person).get("/champions/me/").content.decode()
    sign_in(pola.person).post("/champions/me/rest/", {"wake": "1"})
    assert "Pola Roster" in sign_in(amira).get("/champions/").content.decode()


def test_rest_ends_by_itself(pola, amira, moment):
    rest(champion=pola, until=moment.date(), by=BY, at=moment)
    said = {"sender": amira, "champion": pola, "about": "team", "urgency": "week", "words": "", "by": BY}
    with pytest.raises(AskedEnough, match="no new requests"):
        ask(at=moment, **said)
    ask(at=moment + timedelta(days=1), **said)


def test_a_hundred_kilobytes_are_refused_and_nothing_typed_is_lost(sign_in, amira, pola):
    words = "so long " * 12_800
    page = sign_in(amira).post(f"/champions/{pola.uid}/ask/", {"about": "worry", "urgency": "today", "words": words})
    assert "Write 600 characters or fewer" in page.content.decode()
    assert words in page.content.decode()


def test_a_link_is_shown_as_words(sign_in, amira, pola, moment):
    words = "See https://example.org/x and <a href='https://evil.example'>this</a>"
    sent = ask(sender=amira, champion=pola, about="team", urgency="week", words=words, by=BY, at=moment)
    page = sign_in(pola.person).get(f"/champions/requests/{sent.uid}/").content.decode()
    assert "See https://example.org/x and &lt;a href=" in page
    assert 'href="https://example.org/x"' not in page
    assert "href='https://evil" not in page
